import { areaOf, type Point } from "../polygon.ts";
import type { CameraView } from "./camera-view.ts";

/** What can be wrong with one thing that is drawn. */
export type DrawingFlaw =
  /** A corner lies outside the picture. */
  | "outside"
  /** Too small to see anything in it. */
  | "tiny"
  /** Its sides cross. */
  | "crossed"
  /** The facility has no space of this number. */
  | "unknown-space"
  /** Another shape has the same number or name. */
  | "twice";

export interface DrawingComplaint {
  readonly kind: "space" | "zone" | "line";
  readonly id: string;
  readonly flaw: DrawingFlaw;
}

/** A space of fewer square pixels shows no vehicle. */
export const leastSpacePx = 64;
/** A counting line of fewer pixels cannot be crossed in order. */
const leastLinePx = 8;
/** A corner may stand on the very edge; rounding may put it this far beyond, in pixels. */
const edgePx = 1;

/** The number of the space that a bay stands for. */
export const spaceNumberOf = (bay: string, spaceOfBay: Readonly<Record<string, string>>): string =>
  Object.hasOwn(spaceOfBay, bay) ? (spaceOfBay[bay] ?? bay) : bay;

/**
 * What is wrong with a drawing, shape by shape; nothing when it can be put in force. Only the first frame is
 * looked at: it is the only one of a drawing that a person made.
 *
 * @param isSpace whether the facility has a space of this number
 */
export function complaintsAbout(
  view: Pick<CameraView, "frames" | "zones" | "lines">,
  spaceOfBay: Readonly<Record<string, string>>,
  isSpace: (number: string) => boolean,
): DrawingComplaint[] {
  const [frame] = view.frames;
  if (frame === undefined) return [];
  const complaints: DrawingComplaint[] = [];
  const about = (kind: DrawingComplaint["kind"]) => (id: string, flaw: DrawingFlaw | undefined) => {
    if (flaw !== undefined) complaints.push({ kind, id, flaw });
  };
  const [ofSpace, ofZone, ofLine] = [about("space"), about("zone"), about("line")];
  const numbers = counted(frame.spaces.map(({ id }) => spaceNumberOf(id, spaceOfBay)));
  for (const { id, polygon } of frame.spaces) {
    const number = spaceNumberOf(id, spaceOfBay);
    ofSpace(id, flawOf(polygon, frame));
    ofSpace(id, isSpace(number) ? undefined : "unknown-space");
    ofSpace(id, (numbers.get(number) ?? 0) > 1 ? "twice" : undefined);
  }
  const zoneIds = counted(view.zones.map(({ id }) => id));
  for (const { id, polygon } of view.zones) {
    ofZone(id, flawOf(polygon, frame));
    ofZone(id, (zoneIds.get(id) ?? 0) > 1 ? "twice" : undefined);
  }
  const lineIds = counted(view.lines.map(({ id }) => id));
  for (const { id, from, to } of view.lines) {
    const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
    ofLine(id, isInside([from, to], frame) ? undefined : "outside");
    ofLine(id, length < leastLinePx ? "tiny" : undefined);
    ofLine(id, (lineIds.get(id) ?? 0) > 1 ? "twice" : undefined);
  }
  return complaints;
}

function flawOf(
  polygon: readonly Point[],
  frame: { readonly width: number; readonly height: number },
): DrawingFlaw | undefined {
  if (!isInside(polygon, frame)) return "outside";
  if (isCrossed(polygon)) return "crossed";
  return areaOf(polygon) < leastSpacePx ? "tiny" : undefined;
}

const isInside = (
  points: readonly Point[],
  { width, height }: { readonly width: number; readonly height: number },
): boolean =>
  points.every(
    ([x, y]) => x >= -edgePx && y >= -edgePx && x <= width + edgePx && y <= height + edgePx,
  );

/** Whether two sides that are not neighbours meet. */
export function isCrossed(polygon: readonly Point[]): boolean {
  const sides = polygon.map((from, index) => [from, polygon[(index + 1) % polygon.length] ?? from]);
  return sides.some(([a = origin, b = origin], first) =>
    sides.some(([c = origin, d = origin], second) => {
      const apart = Math.abs(first - second);
      const areNeighbours = apart <= 1 || apart === sides.length - 1;
      return !areNeighbours && doCross(a, b, c, d);
    }),
  );
}

const origin: Point = [0, 0];

/** Whether the stretches a–b and c–d cross: each has the other's ends on both its sides. */
function doCross(a: Point, b: Point, c: Point, d: Point): boolean {
  return sideOf(a, b, c) * sideOf(a, b, d) < 0 && sideOf(c, d, a) * sideOf(c, d, b) < 0;
}

const sideOf = (a: Point, b: Point, point: Point): number =>
  (b[0] - a[0]) * (point[1] - a[1]) - (b[1] - a[1]) * (point[0] - a[0]);

function counted(names: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}
