import type { ViewLine, ViewZone } from "@gatehouse/shared/contracts/camera-view";
import type { FlowMark } from "@gatehouse/shared/ports/sight-feed";
import { contains, type Point } from "@gatehouse/shared/polygon";
import type { Track } from "./track.ts";

/** What is drawn for the traffic, in pixels of the pictures that come. */
export interface FlowMap {
  readonly zones: readonly ViewZone[];
  readonly lines: readonly ViewLine[];
}

/** A followed vehicle in one picture, and the bay it stands in. */
export interface Placed {
  readonly track: Track;
  readonly bay: string | undefined;
}

/** What happened, in the words of the bays; the daemon knows which space each is. */
export type BayFlow = Omit<FlowMark, "spaceId" | "fromSpaceId" | "trackId" | "vehicleClass"> & {
  readonly track: Track;
  readonly bay?: string;
  readonly fromBay?: string;
};

/** Pictures in a row that must say the same zone or bay: a box that trembles on an edge crosses nothing. */
const picturesToBelieve = 2;

/** A line counts as crossed once the vehicle is past it by this share of its height. */
const pastLine = 0.1;

interface Course {
  last: Point;
  /** Zones it is believed to be in, and how many pictures have said otherwise. */
  readonly inside: Map<string, { isInside: boolean; against: number }>;
  /** By line: where it last stood clear of it. */
  readonly clearOf: Map<string, { readonly side: 1 | -1; readonly at: Point }>;
  bay: string | undefined;
  nextBay: { readonly bay: string; readonly pictures: number } | undefined;
  hasEntered: boolean;
  hasLeft: boolean;
}

/**
 * Tells what followed vehicles do: come in and leave through zones, cross counting lines, change their space.
 *
 * A vehicle is where the middle of its lower edge is: that is where it touches the ground. It enters once and leaves
 * once; a car that was parked since before the camera started leaves without having entered.
 */
export class Flow {
  readonly #courses = new Map<number, Course>();

  /** @param placed every vehicle that counts in this picture */
  update(placed: readonly Placed[], { zones, lines }: FlowMap): BayFlow[] {
    const happened = placed.flatMap(({ track, bay }) => {
      const at = footOf(track);
      const course = this.#courses.get(track.id) ?? newCourse(at);
      this.#courses.set(track.id, course);
      const marks = [
        ...zones.flatMap((zone) => inZone(course, zone, at)),
        ...lines.flatMap((line) => overLine(course, line, at, track)),
        ...toBay(course, bay),
      ];
      course.last = at;
      return marks.map((mark) => ({
        ...mark,
        track,
        confidence: track.last.score,
        position: at,
      }));
    });
    return happened;
  }

  /** Forgets vehicles that are followed no longer. */
  keep(trackIds: ReadonlySet<number>): void {
    for (const id of this.#courses.keys()) if (!trackIds.has(id)) this.#courses.delete(id);
  }
}

type Mark = Omit<BayFlow, "track" | "confidence" | "position">;

const newCourse = (at: Point): Course => ({
  last: at,
  inside: new Map(),
  clearOf: new Map(),
  bay: undefined,
  nextBay: undefined,
  hasEntered: false,
  hasLeft: false,
});

function inZone(course: Course, { id, kind, polygon }: ViewZone, at: Point): Mark[] {
  const isInside = contains(polygon, at);
  const known = course.inside.get(id) ?? { isInside: false, against: 0 };
  course.inside.set(id, known);
  known.against = isInside === known.isInside ? 0 : known.against + 1;
  if (known.against < picturesToBelieve) return [];
  known.isInside = isInside;
  known.against = 0;
  if (!isInside) return [];
  if (kind === "entry" && !course.hasEntered) {
    course.hasEntered = true;
    return [{ kind: "entry", markId: id }];
  }
  if (kind === "exit" && !course.hasLeft) {
    course.hasLeft = true;
    return [{ kind: "exit", markId: id }];
  }
  return [];
}

function overLine(course: Course, line: ViewLine, at: Point, track: Track): Mark[] {
  const distance = distanceFrom(line, at);
  const margin = pastLine * (track.last.bottom - track.last.top);
  if (Math.abs(distance) < margin) return [];
  const side = distance > 0 ? 1 : -1;
  const before = course.clearOf.get(line.id);
  course.clearOf.set(line.id, { side, at });
  if (before === undefined || before.side === side) return [];
  if (!crosses(line, before.at, at)) return [];
  const direction = side === 1 ? ("forward" as const) : ("reverse" as const);
  return [{ kind: "line-crossed", markId: line.id, direction }];
}

function toBay(course: Course, bay: string | undefined): Mark[] {
  if (bay === undefined || bay === course.bay) {
    course.nextBay = undefined;
    return [];
  }
  const pictures = course.nextBay?.bay === bay ? course.nextBay.pictures + 1 : 1;
  course.nextBay = { bay, pictures };
  if (pictures < picturesToBelieve) return [];
  const fromBay = course.bay;
  course.bay = bay;
  course.nextBay = undefined;
  return fromBay === undefined ? [] : [{ kind: "space-change", bay, fromBay }];
}

const footOf = ({ last }: Track): Point => [(last.left + last.right) / 2, last.bottom];

/** Signed: above 0 to the right of the line, seen from `from` towards `to` (y runs down). */
function distanceFrom({ from, to }: ViewLine, [x, y]: Point): number {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const length = Math.hypot(dx, dy);
  return length === 0 ? 0 : (dx * (y - from[1]) - dy * (x - from[0])) / length;
}

/** Whether the way from `a` to `b`, which lie on two sides of the line, leads past it between its ends. */
function crosses({ from, to }: ViewLine, a: Point, b: Point): boolean {
  const way = {
    id: "",
    from: [a[0], a[1]] as [number, number],
    to: [b[0], b[1]] as [number, number],
  };
  return distanceFrom(way, from) * distanceFrom(way, to) <= 0;
}
