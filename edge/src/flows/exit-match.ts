import { earlier, hours, type Instant } from "@gatehouse/shared/time";
import type { VehicleClass } from "@gatehouse/shared/vehicle";
import { learntCosts } from "../domain/plate-confusions.ts";
import { plateDistance } from "../domain/plate-distance.ts";
import {
  doubtOf,
  type KnownVehicle,
  matchPlate,
  type PlateMatch,
  type PlateSighting,
  type RankedVehicle,
  rankByPlate,
} from "../domain/plate-match.ts";
import type { Reader } from "../store/book.ts";
import { confusionsOf } from "../store/plates.ts";
import {
  findAssumedClosed,
  findInsideByPlate,
  findSession,
  platesInside,
  type Session,
} from "../store/sessions.ts";
import { isInside } from "./sessions.ts";

/** A session that was assumed closed may turn up at an exit for so long. */
const assumedFor = hours(24 * 7);
/** Who has left, as far as anybody knows, comes after who is inside. */
const leftDoubt = 0.5;
/** To a person are shown those that differ no more than this. */
export const shownFarthest = 2.5;

/** Where and when a vehicle stands whose session is looked for. */
export interface ExitPlace {
  readonly laneId: string;
  /** The camera that read it: what it is known to mistake counts. */
  readonly readerId: string;
  readonly now: Instant;
  /** Steady milliseconds. */
  readonly steadyNow: number;
}

/** Whose session the vehicle at an exit has. One that is just leaving through another lane is not here. */
export function matchSession(
  reader: Reader,
  place: ExitPlace,
  sighting: PlateSighting,
): PlateMatch<Session> {
  const { plate, candidates } = sighting;
  if (plate === "") return { kind: "none", found: [], margin: Infinity };
  const guessed = candidates.flatMap((guess) => findInsideByPlate(reader, guess.plate));
  // Nearly always the plate is there as it was read: then the thousands of others are left alone.
  const same = sameInside(reader, place, plate);
  const known = same.length > 0 ? same : nearby(reader, place, plate);
  const all = [...new Map([...known, ...guessed].map((one) => [one.sessionId, one])).values()];
  const here = all.filter((one) => mayBeHere(one, place.laneId));
  return matchPlate(sighting, here, vehicleAt(place), costsOf(reader, place));
}

/**
 * Whom a person may choose from, likeliest first; of a vehicle without a readable plate nobody can be told.
 *
 * @param limit so many at most
 */
export function rankSessions(
  reader: Reader,
  place: ExitPlace,
  sighting: PlateSighting,
  limit: number,
): RankedVehicle<Session>[] {
  const { plate, candidates } = sighting;
  const costs = costsOf(reader, place);
  const near = [...platesInside(reader, earlier(place.now, assumedFor)).entries()]
    .map(([id, known]) => ({ id, distance: plateDistance(plate, known, costs, shownFarthest) }))
    .filter(({ distance }) => distance <= shownFarthest)
    .toSorted((a, b) => a.distance - b.distance)
    .slice(0, 4 * limit)
    .flatMap(({ id }) => findSession(reader, id) ?? []);
  const guessed = candidates.flatMap((guess) => findInsideByPlate(reader, guess.plate));
  const all = [...new Map([...near, ...guessed].map((one) => [one.sessionId, one])).values()];
  const here = all.filter((one) => mayBeHere(one, place.laneId) && isRecent(one, place.now));
  return rankByPlate(sighting, here, vehicleAt(place), costs, 2 * shownFarthest).slice(0, limit);
}

/** Whether a session's vehicle may stand at this exit. */
export const mayBeHere = (session: Session, laneId: string): boolean =>
  isInside(session)
    ? session.status !== "exiting" || session.exitLane === laneId
    : session.status === "closed-assumed";

function sameInside(reader: Reader, { laneId, now }: ExitPlace, plate: string): Session[] {
  const inside = findInsideByPlate(reader, plate).filter((one) => mayBeHere(one, laneId));
  if (inside.length > 0) return inside;
  const assumed = findAssumedClosed(reader, plate, earlier(now, assumedFor));
  return assumed === undefined ? [] : [assumed];
}

const nearby = (reader: Reader, { now }: ExitPlace, plate: string): Session[] =>
  platesInside(reader, earlier(now, assumedFor))
    .near(plate)
    .flatMap((id) => findSession(reader, id) ?? [])
    .filter((session) => isRecent(session, now));

const isRecent = ({ exitTime }: Session, now: Instant): boolean =>
  exitTime === null || exitTime >= earlier(now, assumedFor);

const costsOf = (reader: Reader, { readerId }: ExitPlace) =>
  learntCosts(confusionsOf(reader, readerId));

const vehicleAt =
  ({ steadyNow }: ExitPlace) =>
  (session: Session): KnownVehicle => {
    const hasLeft = session.status === "closed-assumed";
    const stay = {
      sinceEntryMs: steadyNow - session.entrySteady,
      isPending: session.status === "pending",
    };
    return {
      plate: session.vehicleLicense ?? "",
      vehicleClass: session.vehicleClass as VehicleClass,
      doubt: doubtOf(stay) + (hasLeft ? leftDoubt : 0),
      hasLeft,
    };
  };
