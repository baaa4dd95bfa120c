import type { PlaceEnd, PlaceWitness } from "@gatehouse/shared/contracts/space-vehicles";
import { type Instant, minutes } from "@gatehouse/shared/time";

/** A session's vehicle that is known to stand in a space. */
export interface Place {
  readonly sessionId: string;
  readonly spaceId: string;
  /** The stay in the space that it was said of; null where nothing watched the space. */
  readonly stayId: string | null;
}

/** Somebody says that a session's vehicle stands in a space. */
export interface PlaceWord extends Place {
  readonly witness: PlaceWitness;
}

/** Where vehicles are known to stand, as far as a word touches it. */
export interface KnownPlaces<P extends Place> {
  /** Who is known to stand in the space of the word. */
  readonly there: P | undefined;
  /** Where the session of the word is known to stand. */
  readonly before: P | undefined;
  /** The stay that `before` was said of still goes on. */
  readonly isStayOn: boolean;
}

export type PlaceStep<P extends Place> =
  /** It was known already. */
  | { readonly kind: "known" }
  /** What is known speaks against it, and whoever said it may err: nothing changes. */
  | { readonly kind: "doubtful"; readonly why: "space-taken" | "stands-elsewhere" }
  /** It is so from now on; these places end. */
  | {
      readonly kind: "stands";
      readonly ends: readonly { readonly place: P; readonly as: PlaceEnd }[];
    };

/**
 * What a word about a vehicle's place changes. A space has one vehicle at a time and a vehicle one space. A person is
 * believed. A camera reads the plate of the neighbour too, so it is not believed against a stay that goes on; an
 * assignment says only where a vehicle was sent, and yields to everything.
 */
export function hearPlace<P extends Place>(
  word: PlaceWord,
  { there, before, isStayOn }: KnownPlaces<P>,
): PlaceStep<P> {
  if (there?.sessionId === word.sessionId) return { kind: "known" };
  const isSameStay = there !== undefined && there.stayId !== null && there.stayId === word.stayId;
  if (word.witness !== "person") {
    const isWeak = word.witness === "assignment";
    if (there !== undefined && (isWeak || isSameStay)) return doubtful("space-taken");
    if (before !== undefined && (isWeak || isStayOn)) return doubtful("stands-elsewhere");
  }
  // In one stay stands one vehicle: who was said to be there before never was.
  const endThere = isSameStay ? "corrected" : "another-vehicle";
  return {
    kind: "stands",
    ends: [
      ...(there === undefined ? [] : [{ place: there, as: endThere } as const]),
      ...(before === undefined ? [] : [{ place: before, as: "moved" } as const]),
    ],
  };
}

const doubtful = (why: "space-taken" | "stands-elsewhere") => ({ kind: "doubtful", why }) as const;

/** A space's own sensors and cameras have a new answer. */
export interface SpaceTurn {
  readonly was: "free" | "occupied" | "unknown";
  readonly is: "free" | "occupied" | "unknown";
  /** The stay that goes on with it; null: none. */
  readonly stayId: string | null;
  readonly at: Instant;
}

/** A vehicle is often seen by a person or a camera before the space's sensor has made up its mind. */
export const catchUp = minutes(3);

/**
 * What a space's new answer makes of the vehicle that is known to stand there: it goes on, it goes on and the stay is
 * its own, or it has left. A stay that begins soon after the word, or after nobody knew, is the one that was meant;
 * any other is of another vehicle.
 *
 * @param saidAt when the vehicle was said to stand there
 */
export function placeAfter(
  { stayId }: Place,
  saidAt: Instant,
  turn: SpaceTurn,
): "stays" | "takes-stay" | "ends" {
  if (turn.is === "free") return "ends";
  if (turn.is === "unknown" || turn.stayId === stayId) return "stays";
  if (stayId !== null) return "ends";
  return turn.was === "unknown" || turn.at - saidAt <= catchUp ? "takes-stay" : "ends";
}

/** Whether a vehicle ever stood where it was said to. */
export const wasThere = (as: PlaceEnd | null): boolean => as !== "corrected" && as !== "taken-back";
