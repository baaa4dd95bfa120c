/** A point or direction in metres: x to the right, y away, z up. */
export type Vec3 = readonly [number, number, number];
/** A point on the ground in metres, or in a picture in pixels (x to the right, y down). */
export type Vec2 = readonly [number, number];

export const scale = (a: Vec3, by: number): Vec3 => [a[0] * by, a[1] * by, a[2] * by];
export const subtract = (a: Vec3, b: Vec3): Vec3 => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
export const dot = (a: Vec3, b: Vec3): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
export const cross = (a: Vec3, b: Vec3): Vec3 => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];

/** The direction of `a` with length 1; of no length, straight up. */
export function unit(a: Vec3): Vec3 {
  const length = Math.hypot(a[0], a[1], a[2]);
  return length > 0 ? scale(a, 1 / length) : [0, 0, 1];
}

/** Where something stands on the ground: metres, and the turn from the x axis towards y in radians. */
export interface Place {
  readonly x: number;
  readonly y: number;
  readonly turn: number;
}

/** A point given in the place's own axes (x forward, y left), on the ground. */
export function onGround({ x, y, turn }: Place, [forward, left]: Vec2): Vec2 {
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  return [x + forward * cos - left * sin, y + forward * sin + left * cos];
}

/** The corners of a rectangle around a place: front left, front right, rear right, rear left. */
export function rectangle(place: Place, length: number, width: number): readonly Vec2[] {
  const [l, w] = [length / 2, width / 2];
  const corners: readonly Vec2[] = [
    [l, w],
    [l, -w],
    [-l, -w],
    [-l, w],
  ];
  return corners.map((corner) => onGround(place, corner));
}
