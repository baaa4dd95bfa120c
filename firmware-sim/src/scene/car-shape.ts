/** What a vehicle is called in labels. */
export type VehicleKind = "car" | "truck" | "bus" | "motorcycle" | "van" | "bicycle";

/** The outline of a car body, as shares of its length (0 the front) and height. */
export interface CarShape {
  readonly kind: VehicleKind;
  /** Metres. */
  readonly length: number;
  readonly width: number;
  readonly height: number;
  /** Ground clearance and wheel radius in metres. */
  readonly clearance: number;
  readonly wheel: number;
  /** Height of the bonnet at the nose, at the windscreen's foot, and of the tail's lid. */
  readonly nose: number;
  readonly cowl: number;
  readonly tail: number;
  /** Along the length: foot and head of the windscreen, end of the roof, foot of the rear window. */
  readonly screenFoot: number;
  readonly screenHead: number;
  readonly roofEnd: number;
  readonly rearFoot: number;
  /** Width of the roof over the body's. */
  readonly roof: number;
  /** Panel van: no windows behind the front doors. */
  readonly blind?: boolean;
  /** An open bed behind the cabin. */
  readonly bed?: boolean;
}

const car = { kind: "car", clearance: 0.17, wheel: 0.31, tail: 0.66, roof: 0.76 } as const;

/** Shapes by name, each with how often it is met among a hundred. */
export const carShapes: readonly (readonly [share: number, CarShape])[] = [
  [
    26,
    {
      ...car,
      length: 4.05,
      width: 1.76,
      height: 1.47,
      nose: 0.5,
      cowl: 0.63,
      tail: 0.62,
      screenFoot: 0.25,
      screenHead: 0.43,
      roofEnd: 0.86,
      rearFoot: 0.97,
    },
  ],
  [
    20,
    {
      ...car,
      length: 4.7,
      width: 1.83,
      height: 1.44,
      nose: 0.48,
      cowl: 0.64,
      tail: 0.68,
      screenFoot: 0.27,
      screenHead: 0.43,
      roofEnd: 0.7,
      rearFoot: 0.86,
    },
  ],
  [
    10,
    {
      ...car,
      length: 4.7,
      width: 1.82,
      height: 1.48,
      nose: 0.48,
      cowl: 0.63,
      screenFoot: 0.26,
      screenHead: 0.41,
      roofEnd: 0.9,
      rearFoot: 0.98,
    },
  ],
  [
    21,
    {
      ...car,
      length: 4.55,
      width: 1.87,
      height: 1.67,
      clearance: 0.22,
      wheel: 0.36,
      nose: 0.52,
      cowl: 0.64,
      screenFoot: 0.25,
      screenHead: 0.4,
      roofEnd: 0.89,
      rearFoot: 0.985,
      roof: 0.78,
    },
  ],
  [
    7,
    {
      ...car,
      length: 3.6,
      width: 1.64,
      height: 1.5,
      nose: 0.5,
      cowl: 0.62,
      tail: 0.6,
      screenFoot: 0.19,
      screenHead: 0.38,
      roofEnd: 0.9,
      rearFoot: 0.985,
    },
  ],
  [
    3,
    {
      ...car,
      length: 4.4,
      width: 1.85,
      height: 1.3,
      nose: 0.48,
      cowl: 0.66,
      tail: 0.7,
      screenFoot: 0.34,
      screenHead: 0.5,
      roofEnd: 0.64,
      rearFoot: 0.86,
      roof: 0.7,
    },
  ],
  [
    4,
    {
      ...car,
      kind: "van",
      length: 4.95,
      width: 1.93,
      height: 1.95,
      clearance: 0.2,
      wheel: 0.33,
      nose: 0.45,
      cowl: 0.56,
      tail: 0.54,
      screenFoot: 0.14,
      screenHead: 0.29,
      roofEnd: 0.965,
      rearFoot: 0.995,
      roof: 0.84,
    },
  ],
  [
    4,
    {
      ...car,
      kind: "van",
      length: 5.7,
      width: 2.02,
      height: 2.5,
      clearance: 0.2,
      wheel: 0.35,
      nose: 0.38,
      cowl: 0.48,
      tail: 0.46,
      screenFoot: 0.13,
      screenHead: 0.26,
      roofEnd: 0.99,
      rearFoot: 1,
      roof: 0.88,
      blind: true,
    },
  ],
  [
    5,
    {
      ...car,
      length: 5.4,
      width: 1.97,
      height: 1.84,
      clearance: 0.26,
      wheel: 0.4,
      nose: 0.53,
      cowl: 0.64,
      tail: 0.62,
      screenFoot: 0.27,
      screenHead: 0.36,
      roofEnd: 0.58,
      rearFoot: 0.62,
      roof: 0.8,
      bed: true,
    },
  ],
];
