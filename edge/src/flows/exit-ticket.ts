import type { Actor } from "@gatehouse/shared/contracts/actor";
import type { PlateRead } from "@gatehouse/shared/ports/credential-reader";
import { type Instant, minutes } from "@gatehouse/shared/time";
import { normalisePlate } from "@gatehouse/shared/plate/normalise";
import type { Tx } from "../store/book.ts";
import { tariffInForce } from "../store/rights.ts";
import {
  findInsideByPlate,
  findSession,
  listInside,
  saveSession,
  type Session,
} from "../store/sessions.ts";
import { admit } from "./admission.ts";
import { raiseAlert } from "./alerts.ts";
import { type Refusal, refusal } from "./desk.ts";
import { decideAndWriteExit, type ExitStep } from "./exit-decision.ts";
import { matchSession, mayBeHere } from "./exit-match.ts";
import type { LaneFlow } from "./lane.ts";
import type { ParkingTickets, TicketTrouble } from "./parking-tickets.ts";
import { platesOf } from "./reads.ts";

/** So far off people are when they say when they came in. */
const rememberedWithin = minutes(15);

/** What the driver at an exit shows instead of a plate, or an attendant in their place. */
export type Claim =
  | { readonly kind: "ticket"; readonly shown: string }
  | {
      readonly kind: "lost";
      readonly plate?: string | undefined;
      /** When the driver says that they came in. */
      readonly enteredAt?: Instant | undefined;
      readonly reason: string;
    };

/** Who stands there, who says so, and when. */
interface Told {
  readonly read: PlateRead | undefined;
  readonly actor: Actor;
  readonly now: Instant;
  /** The same id twice is one claim; left out where the driver's own ticket is shown. */
  readonly requestId?: string | undefined;
}

/** Whose session it is by a ticket, or by the want of one; then it pays and leaves as everybody does. */
export function writeClaim(
  tx: Tx,
  flow: LaneFlow,
  tickets: ParkingTickets | undefined,
  claim: Claim,
  told: Told,
): ExitStep | Refusal {
  if (flow.busy) return refusals["lane-busy"];
  if (flow.state.arming === false) return refusals["nobody-there"];
  if (claim.kind === "lost") return writeLost(tx, flow, claim, told);
  const { read, actor, now, requestId } = told;
  const ticket = tickets?.find(tx, claim.shown) ?? "ticket-unknown";
  if (typeof ticket === "string") return refused(tx, flow, ticket, now);
  const session = findSession(tx, ticket.sessionId);
  const laneId = flow.deps.lane.id;
  if (session === undefined || !mayBeHere(session, laneId))
    return refused(tx, flow, "ticket-used", now);
  const other = otherByPlate(tx, flow, session, read, now);
  return decideAndWriteExit(tx, flow, now, {
    match: other === undefined ? "ticket" : "several",
    found: other === undefined ? [session] : [session, other],
    actor,
    read,
    ...(requestId === undefined ? {} : { requestId }),
  });
}

/** The plate that was read here is that of another session: a person sees both. */
function otherByPlate(
  tx: Tx,
  flow: LaneFlow,
  session: Session,
  read: PlateRead | undefined,
  now: Instant,
): Session | undefined {
  if (read === undefined) return undefined;
  const { lane, steady } = flow.deps;
  const place = { laneId: lane.id, readerId: read.readerId, now, steadyNow: steady.now() };
  const { kind, found } = matchSession(tx, place, platesOf(read));
  const [first] = found;
  const isSure = kind === "exact" || kind === "candidate" || kind === "close";
  return isSure && first?.sessionId !== session.sessionId ? first : undefined;
}

/** A person says that the ticket is lost: the vehicle's own session where there is one, else the tariff's rule. */
function writeLost(
  tx: Tx,
  flow: LaneFlow,
  { plate, enteredAt, reason }: Extract<Claim, { kind: "lost" }>,
  { read, actor, now, requestId }: Told,
): ExitStep | Refusal {
  const { lane } = flow.deps;
  const wanted = normalisePlate(plate ?? "");
  const known = wanted === "" ? [] : findInsideByPlate(tx, wanted);
  const here = known.filter((session) => mayBeHere(session, lane.id));
  const session =
    here.length === 1
      ? here[0]
      : (cameInAround(tx, lane.id, enteredAt) ?? lostSession(tx, flow, wanted, enteredAt, now));
  if (session === undefined) return refusals["no-lost-price"];
  tx.append(now, {
    type: "parking-ticket-lost",
    body: {
      session_id: session.sessionId,
      lane_id: lane.id,
      found_by: here.length === 1 ? "plate" : enteredAt === undefined ? "nothing" : "entry-time",
      reason,
      by: actor,
    },
  });
  tx.append(now, {
    type: "session-flagged",
    body: { session_id: session.sessionId, flag: "lost-ticket" },
  });
  return decideAndWriteExit(tx, flow, now, {
    match: "chosen",
    found: [session],
    actor,
    read,
    ...(requestId === undefined ? {} : { requestId }),
  });
}

/** The one vehicle with a ticket and without a plate that came in when the driver says so; none where several did. */
function cameInAround(tx: Tx, laneId: string, at: Instant | undefined): Session | undefined {
  if (at === undefined) return undefined;
  const fitting = listInside(tx).filter(
    (session) =>
      session.sessionMetadata["ticket"] !== undefined &&
      session.vehicleLicense === null &&
      Math.abs(session.entryTime - at) <= rememberedWithin &&
      mayBeHere(session, laneId),
  );
  return fitting.length === 1 ? fitting[0] : undefined;
}

/** @returns undefined when nothing says what it is to cost */
function lostSession(
  tx: Tx,
  flow: LaneFlow,
  plate: string,
  entered: Instant | undefined,
  now: Instant,
): Session | undefined {
  if (entered === undefined && tariffInForce(tx, now)?.lost_ticket === undefined) return undefined;
  const newcomer = { plate, rawPlate: plate, vehicleClass: "unknown" as const };
  const lost = { lost_ticket: entered === undefined ? "flat" : "since" };
  const made = admit(tx, flow.deps, now, newcomer, "open", lost);
  if (entered === undefined) return made;
  const stayed = Math.max(0, now - entered);
  const since = { ...made, entryTime: now - stayed, entrySteady: made.entrySteady - stayed };
  saveSession(tx, since);
  return since;
}

/** The driver is told, and a person comes; the ticket opens nothing. */
function refused(tx: Tx, flow: LaneFlow, reason: TicketTrouble, now: Instant): Refusal {
  const { lane, random, counters } = flow.deps;
  tx.afterCommit(() => counters.count("refused_total", { reason }));
  raiseAlert(tx, random, now, {
    type: "attendant-needed",
    subject: lane.id,
    severity: "warning",
    details: { reason },
  });
  return refusals[reason];
}

const refusals = {
  "lane-busy": refusal("lane-busy", "A vehicle has just been told to pass here; wait for it."),
  "nobody-there": refusal("nobody-there", "No vehicle stands at this lane."),
  "no-lost-price": refusal(
    "no-lost-price",
    "The tariff has no price for a lost ticket: say when the vehicle came in.",
  ),
  "ticket-malformed": refusal("ticket-malformed", "This is no ticket, or only a part of one."),
  "ticket-foreign": refusal("ticket-foreign", "This ticket is of another facility."),
  "ticket-forged": refusal("ticket-forged", "This ticket was not issued here: it is forged."),
  "ticket-unknown": refusal("ticket-unknown", "No ticket with this number was issued here."),
  "ticket-voided": refusal("ticket-voided", "This ticket was voided: its vehicle never came in."),
  "ticket-used": refusal("ticket-used", "This ticket was used: its vehicle has left."),
} as const;
