import type { PlateRead } from "@gatehouse/shared/ports/credential-reader";
import type { Instant } from "@gatehouse/shared/time";
import type { Tx } from "../store/book.ts";
import { findInsideByPlate, findSession, listPendingAt, type Session } from "../store/sessions.ts";
import type { Newcomer } from "./admission.ts";
import { clearAlert } from "./alerts.ts";
import type { HandOpening } from "./desk.ts";
import { authoriseAt, type EntrySite } from "./entry-scene.ts";
import { admitEntrant, commandEntry, isSameVehicle } from "./entry-session.ts";
import { handDecision, type HandStep } from "./hand-opening.ts";
import type { LaneFlow } from "./lane.ts";
import { bindRead } from "./reads.ts";

/**
 * A person opens an entry: the same session, command and passage as everyone's.
 *
 * @param last read of the vehicle that stands there
 */
export function decideEntryByHand(
  tx: Tx,
  site: EntrySite,
  last: PlateRead | undefined,
  opening: HandOpening,
  now: Instant,
): HandStep {
  const { lane: flow } = site;
  const read = flow.standing?.read;
  const newcomer: Newcomer =
    read === undefined || read.plate === ""
      ? { plate: "", rawPlate: "", vehicleClass: "unknown" }
      : { ...read, grant: authoriseAt(tx, site, read.plate, now).grant };
  const session = standingSession(tx, flow, opening) ?? admitEntrant(tx, flow, now, newcomer, []);
  const { sessionId } = session;
  if (last !== undefined) bindRead(tx, sessionId, last);
  const decisionId = flow.decide(tx, now, handDecision(opening, sessionId, read));
  clearAlert(tx, now, "attendant-needed", flow.deps.lane.id);
  return { decisionId, sessionId, passage: commandEntry(tx, flow, now, decisionId, session) };
}

/** The session of the vehicle that stands before the gate, if it has one already. */
function standingSession(tx: Tx, flow: LaneFlow, opening: HandOpening): Session | undefined {
  const { standing } = flow;
  const { id: laneId } = flow.deps.lane;
  for (const id of [opening.sessionId, standing?.sessionId]) {
    const session = typeof id === "string" ? findSession(tx, id) : undefined;
    if (session?.status === "pending" && session.entryLane === laneId) return session;
  }
  const ticketed = listPendingAt(tx, laneId).find(
    (each) => each.sessionMetadata["ticket"] !== undefined,
  );
  if (ticketed !== undefined) return ticketed;
  const plate = standing?.read?.plate ?? "";
  const inside = plate === "" ? [] : findInsideByPlate(tx, plate);
  return inside.find((session) => isSameVehicle(flow, session));
}
