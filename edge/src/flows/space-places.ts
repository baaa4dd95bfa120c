import type { Actor } from "@gatehouse/shared/contracts/actor";
import type { PlaceEnd, PlaceWitness } from "@gatehouse/shared/contracts/space-vehicles";
import { type Instant, isoOf } from "@gatehouse/shared/time";
import {
  hearPlace,
  placeAfter,
  type PlaceStep,
  type SpaceTurn,
  wasThere,
} from "../domain/space-place.ts";
import type { Tx } from "../store/book.ts";
import {
  activeStayIn,
  openSegment,
  saveSegment,
  type Segment,
  segmentInSpace,
  segmentsOf,
} from "../store/segments.ts";
import { findSession, saveSession, type Session } from "../store/sessions.ts";

/*
 * Every change of where a session's vehicle stands, with its ledger line. `parking_sessions.space_id` is where it
 * stands or stood last; whether it stands there still, its segments tell.
 */

/** Somebody says that a session's vehicle stands in a space. */
export interface PlaceTold {
  readonly session: Session;
  readonly spaceId: string;
  readonly witness: PlaceWitness;
  readonly by: Actor;
  readonly at: Instant;
  /** Now, in steady milliseconds. */
  readonly steadyNow: number;
  readonly readId?: string | undefined;
  readonly note?: string | undefined;
  readonly requestId?: string | undefined;
}

/** Who ends a place, and why. */
export interface PlaceEnded {
  readonly as: PlaceEnd;
  readonly by: Actor;
  readonly at: Instant;
  readonly note?: string | undefined;
  readonly requestId?: string | undefined;
}

const itself: Actor = { kind: "system" };

/** Writes that a vehicle stands in a space, unless that is known or doubtful. */
export function tellPlace(tx: Tx, told: PlaceTold): PlaceStep<Segment> {
  const { session, spaceId, witness, by, at } = told;
  const { sessionId } = session;
  const stayId = activeStayIn(tx, spaceId)?.stayId ?? null;
  const before = openSegment(tx, sessionId);
  const there = segmentInSpace(tx, spaceId);
  const goesOn = before && activeStayIn(tx, before.spaceId);
  const isStayOn = goesOn !== undefined && goesOn.stayId === before?.stayId;
  const step = hearPlace({ sessionId, spaceId, stayId, witness }, { there, before, isStayOn });
  if (step.kind !== "stands") return step;
  for (const { place, as } of step.ends) endPlace(tx, place, { as, by, at });
  beginPlace(tx, told);
  return step;
}

/** In one stay stands one vehicle: it stands there since the stay began, if it was inside by then. */
function beginPlace(tx: Tx, told: PlaceTold): void {
  const { session, spaceId, at, witness, by, readId = null, note, requestId = null } = told;
  const { sessionId, entryTime, entrySteady } = session;
  const stay = activeStayIn(tx, spaceId);
  const from = Math.min(at, Math.max(entryTime, stay?.entryTime ?? at)) as Instant;
  const segment: Segment = {
    sessionId,
    number: (segmentsOf(tx, sessionId).at(-1)?.number ?? 0) + 1,
    spaceId,
    stayId: stay?.stayId ?? null,
    fromTime: from,
    fromSteady: Math.round(Math.max(entrySteady, told.steadyNow - (at - from))),
    untilTime: null,
    saidAt: at,
    witness,
    saidBy: by,
    endedAs: null,
    requestId,
    endRequestId: null,
  };
  saveSegment(tx, segment);
  moveSession(tx, sessionId, spaceId);
  tx.append(at, {
    type: "session-in-space",
    body: {
      session_id: sessionId,
      segment: segment.number,
      space_id: spaceId,
      plate: session.vehicleLicense ?? "",
      from: isoOf(from),
      stay_id: segment.stayId,
      witness,
      read_id: readId,
      ...(note === undefined || note === "" ? {} : { note }),
      by,
    },
  });
}

/** A vehicle stands in its space no longer, or never stood there. */
export function endPlace(
  tx: Tx,
  segment: Segment,
  { as, by, at, note, requestId }: PlaceEnded,
): void {
  const { sessionId, number, spaceId, fromTime } = segment;
  const untilTime = Math.max(fromTime, at);
  saveSegment(tx, { ...segment, untilTime, endedAs: as, endRequestId: requestId ?? null });
  const lastSpaceId =
    segmentsOf(tx, sessionId).findLast(({ endedAs }) => wasThere(endedAs))?.spaceId ?? null;
  moveSession(tx, sessionId, lastSpaceId);
  tx.append(at, {
    type: "session-out-of-space",
    body: {
      session_id: sessionId,
      segment: number,
      space_id: spaceId,
      plate: findSession(tx, sessionId)?.vehicleLicense ?? "",
      as,
      last_space_id: lastSpaceId,
      ...(note === undefined || note === "" ? {} : { note }),
      by,
    },
  });
}

/** The session has ended: its vehicle stands nowhere any more. */
export function leavePlace(tx: Tx, sessionId: string, at: Instant): void {
  const segment = openSegment(tx, sessionId);
  if (segment !== undefined) endPlace(tx, segment, { as: "session-ended", by: itself, at });
}

/** What a space's new answer makes of who is known to stand there; said while the answer is saved. */
export function followTurn(tx: Tx, spaceId: string, turn: SpaceTurn): void {
  const segment = segmentInSpace(tx, spaceId);
  if (segment === undefined) return;
  switch (placeAfter(segment, segment.saidAt as Instant, turn)) {
    case "stays":
      return;
    case "takes-stay":
      return saveSegment(tx, { ...segment, stayId: turn.stayId });
    case "ends":
      return endPlace(tx, segment, {
        as: turn.is === "free" ? "space-free" : "another-vehicle",
        by: itself,
        at: turn.at,
      });
  }
}

/** One vehicle was taken for two: what was said of where the later session's stands is true of the earlier one. */
export function handPlaceOver(
  tx: Tx,
  later: Segment | undefined,
  earlierId: string,
  by: Actor,
  at: Instant,
): void {
  const session = findSession(tx, earlierId);
  if (later === undefined || session === undefined) return;
  const { spaceId, witness } = later;
  tellPlace(tx, {
    session,
    spaceId,
    witness,
    by,
    at,
    steadyNow: later.fromSteady + (at - later.fromTime),
  });
}

function moveSession(tx: Tx, sessionId: string, spaceId: string | null): void {
  const session = findSession(tx, sessionId);
  if (session !== undefined && session.spaceId !== spaceId)
    saveSession(tx, { ...session, spaceId });
}
