import { contains, type Point } from "@gatehouse/shared/polygon";

/** A polygon on the ground through which vehicles come in or leave; `area` means neither. */
export interface GroundZone {
  readonly id: string;
  readonly kind: "entry" | "exit" | "area";
  readonly polygon: readonly Point[];
}

/** How far a vehicle has come through a camera's zones. */
export interface ZoneCourse {
  /** Zones that the last picture had it in. */
  readonly within: ReadonlySet<string>;
  readonly hasEntered: boolean;
  readonly hasLeft: boolean;
}

export const unseenCourse: ZoneCourse = { within: new Set(), hasEntered: false, hasLeft: false };

export interface Crossing {
  readonly kind: "entry" | "exit";
  readonly zoneId: string;
}

/**
 * Follows a vehicle through the entry and exit zones (requirements T22). It enters once and leaves once, each when
 * two pictures in a row have it in such a zone; one that was inside before the camera started leaves without having
 * entered.
 *
 * @param position where it touches the ground, in the pixels of the zones
 */
export function cross(
  course: ZoneCourse,
  zones: readonly GroundZone[],
  position: Point,
): { readonly course: ZoneCourse; readonly crossings: readonly Crossing[] } {
  const now = zones.filter(({ polygon }) => contains(polygon, position));
  const believed = now.filter(({ id }) => course.within.has(id));
  const entered = course.hasEntered ? undefined : believed.find(({ kind }) => kind === "entry");
  const left = course.hasLeft ? undefined : believed.find(({ kind }) => kind === "exit");
  const crossings: Crossing[] = [];
  if (entered !== undefined) crossings.push({ kind: "entry", zoneId: entered.id });
  if (left !== undefined) crossings.push({ kind: "exit", zoneId: left.id });
  return {
    course: {
      within: new Set(now.map(({ id }) => id)),
      hasEntered: course.hasEntered || entered !== undefined,
      hasLeft: course.hasLeft || left !== undefined,
    },
    crossings,
  };
}
