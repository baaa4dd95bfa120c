import { areaOf } from "@gatehouse/shared/polygon";
import type { CameraView } from "./camera-view.ts";
import type { VehicleKind } from "./car-shape.ts";
import type { Vehicle } from "./fleet.ts";
import type { MarkedBay } from "./lot-plan.ts";
import type { Drawn } from "./painted-scene.ts";
import { type Place, rectangle, type Vec2 } from "./vector.ts";

/** A vehicle at its place in a scene. */
export interface Placed {
  readonly owner: number;
  readonly vehicle: Vehicle;
  readonly place: Place;
  readonly bayId?: string;
  readonly plate?: PlateLabel;
}

/** Text as painted, without blanks, and its corners in the picture: top left, top right, bottom right, bottom left. */
export interface PlateLabel {
  readonly text: string;
  readonly corners: readonly Vec2[];
}

export interface SpaceLabel {
  readonly id: string;
  /** Pixels of the picture. */
  readonly polygon: readonly Vec2[];
  readonly occupied: boolean;
  readonly neighbours: readonly string[];
  /** Share of the space's ground that no other space's vehicle and nothing else hides, 0–1. */
  readonly seen: number;
}

export interface VehicleLabel {
  readonly class: VehicleKind;
  /** Left, top, right, bottom edge of its visible pixels. */
  readonly box: readonly [number, number, number, number];
  /** Its footprint: front left, front right, rear right, rear left; may lie outside the picture. */
  readonly ground: readonly Vec2[];
  /** Share of it that stands inside the picture and behind nothing, 0–1. */
  readonly visible: number;
  readonly plate?: PlateLabel;
}

/** The spaces that lie in the picture and are large enough to judge. */
export function visibleBays(view: CameraView, bays: readonly MarkedBay[]): SpaceOutline[] {
  const { width, height } = view.pose;
  return bays.flatMap((bay) => {
    const polygon = bay.corners.map(([x, y]) => view.project([x, y, 0]));
    const inside = polygon.filter(
      (point) =>
        point !== undefined &&
        point[0] > -1 &&
        point[1] > -1 &&
        point[0] < width + 1 &&
        point[1] < height + 1,
    );
    if (inside.length < 4) return [];
    const points = inside.filter((point) => point !== undefined);
    return areaOf(points) >= smallestArea && narrowestOf(points) >= smallestWidth
      ? [{ bay, polygon: points }]
      : [];
  });
}

export interface SpaceOutline {
  readonly bay: MarkedBay;
  readonly polygon: readonly Vec2[];
}

/** Smaller spaces nobody would draw. Square pixels and pixels. */
const smallestArea = 140;
const smallestWidth = 7;

function narrowestOf(polygon: readonly Vec2[]): number {
  const longest = Math.max(
    ...polygon.map(([x, y], i) => {
      const [nx, ny] = polygon[(i + 1) % polygon.length] ?? [x, y];
      return Math.hypot(nx - x, ny - y);
    }),
  );
  return areaOf(polygon) / longest;
}

export function spaceLabels(
  outlines: readonly SpaceOutline[],
  placed: readonly Placed[],
  drawn: Drawn,
  /** Whether scenery hides the ground at a pixel. */
  hidden: (x: number, y: number) => boolean,
): SpaceLabel[] {
  const taken = new Map(
    placed.flatMap(({ bayId, owner }) => (bayId === undefined ? [] : [[bayId, owner]])),
  );
  return outlines.map(({ bay, polygon }) => ({
    id: bay.id,
    polygon: polygon.map(tenths),
    occupied: taken.has(bay.id),
    neighbours: bay.neighbours,
    seen: seenShare(polygon, drawn, taken.get(bay.id), hidden),
  }));
}

function seenShare(
  polygon: readonly Vec2[],
  drawn: Drawn,
  own: number | undefined,
  hidden: (x: number, y: number) => boolean,
): number {
  const [a, b, c, d] = polygon;
  if (a === undefined || b === undefined || c === undefined || d === undefined) return 0;
  let seen = 0;
  for (let i = 1; i <= lattice; i++) {
    for (let k = 1; k <= lattice; k++) {
      const [s, t] = [i / (lattice + 1), k / (lattice + 1)];
      const at = (axis: 0 | 1): number =>
        (a[axis] * (1 - s) + b[axis] * s) * (1 - t) + (d[axis] * (1 - s) + c[axis] * s) * t;
      const [x, y] = [Math.floor(at(0)), Math.floor(at(1))];
      const owner = drawn.owner[y * drawn.width + x] ?? 0;
      if (owner === own || (owner === 0 && !hidden(x, y))) seen++;
    }
  }
  return Math.round((100 * seen) / (lattice * lattice)) / 100;
}

/** A space is looked at in so many points along each side. */
const lattice = 6;

/** The vehicles that show at least a few pixels. */
export function vehicleLabels(
  view: CameraView,
  placed: readonly Placed[],
  drawn: Drawn,
): VehicleLabel[] {
  const boxes = boxesOf(drawn, placed.length);
  return placed.flatMap(({ owner, vehicle, place, plate }) => {
    const box = boxes.slice(owner * 5, owner * 5 + 5);
    const [left = 0, top = 0, right = 0, bottom = 0, pixels = 0] = box;
    if (pixels < fewestPixels) return [];
    const ground = rectangle(place, vehicle.length, vehicle.width).map(([x, y]) =>
      view.project([x, y, 0]),
    );
    const corners = ground.filter((point) => point !== undefined).map(tenths);
    const visible = drawn.unhidden(owner) * insideShare(view, vehicle, place);
    return [
      {
        class: vehicle.kind,
        box: [left, top, right, bottom],
        ground: corners.length === 4 ? corners : [],
        visible: Math.round(visible * 100) / 100,
        ...(plate === undefined ? {} : { plate }),
      },
    ];
  });
}

const fewestPixels = 12;

/** For each owner left, top, right, bottom and number of its pixels. */
function boxesOf({ owner, width, height }: Drawn, owners: number): Int32Array {
  const boxes = new Int32Array((owners + 1) * 5);
  for (let i = 0; i <= owners; i++) boxes.set([width, height, 0, 0, 0], i * 5);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const who = owner[y * width + x] ?? 0;
      if (who === 0) continue;
      const at = who * 5;
      if (x < (boxes[at] ?? 0)) boxes[at] = x;
      if (y < (boxes[at + 1] ?? 0)) boxes[at + 1] = y;
      if (x >= (boxes[at + 2] ?? 0)) boxes[at + 2] = x + 1;
      if (y >= (boxes[at + 3] ?? 0)) boxes[at + 3] = y + 1;
      boxes[at + 4] = (boxes[at + 4] ?? 0) + 1;
    }
  }
  return boxes;
}

/** How much of the vehicle's whole outline, as a box, lies inside the picture. */
function insideShare(view: CameraView, vehicle: Vehicle, place: Place): number {
  const points = rectangle(place, vehicle.length, vehicle.width).flatMap(([x, y]) => [
    view.project([x, y, 0]),
    view.project([x, y, vehicle.height]),
  ]);
  const seen = points.filter((point) => point !== undefined);
  if (seen.length < points.length) return 0.3;
  const [left, right] = [Math.min(...seen.map(([x]) => x)), Math.max(...seen.map(([x]) => x))];
  const [top, bottom] = [Math.min(...seen.map(([, y]) => y)), Math.max(...seen.map(([, y]) => y))];
  const { width, height } = view.pose;
  const wide = Math.max(0, Math.min(right, width) - Math.max(left, 0));
  const high = Math.max(0, Math.min(bottom, height) - Math.max(top, 0));
  return (wide * high) / Math.max(1, (right - left) * (bottom - top));
}

export const tenths = ([x, y]: Vec2): Vec2 => [Math.round(x * 10) / 10, Math.round(y * 10) / 10];
