import type { Actor } from "@gatehouse/shared/contracts/event";
import { type Instant, isoOf, milliseconds } from "@gatehouse/shared/time";
import type { Tariff } from "@gatehouse/shared/contracts/tariff";
import type { VehicleClass } from "@gatehouse/shared/vehicle";
import { check } from "@gatehouse/shared/check";
import { insideStatuses, mayBecome, type SessionStatus } from "../domain/session.ts";
import { type Quote, quoteHeldFor, quoteStay } from "../domain/quote.ts";
import type { Reader, Tx } from "../store/book.ts";
import { findTariff } from "../store/rights.ts";
import { saveSession, type Session } from "../store/sessions.ts";
import { clearAlert, deniedInside } from "./alerts.ts";
import { noteCameIn, noteLeft } from "./access-presence.ts";
import type { LaneDeps } from "./lane-deps.ts";
import { endTicketOf } from "./parking-ticket-ends.ts";

/** `laneId` beside it: the lane where it happens. */
export type SessionDeps = Pick<LaneDeps, "steady" | "counters">;

/*
 * Every change of a session's state, with its ledger line, in one place: what the book says of a session can
 * be rebuilt from the ledger alone.
 */

/** Whether the session's vehicle may be inside. */
export const isInside = ({ status }: Session): boolean =>
  (insideStatuses as readonly SessionStatus[]).includes(status);

/** The vehicle is inside: seen passing, or assumed when nothing could see it. */
export function openSession(
  tx: Tx,
  deps: SessionDeps,
  session: Session,
  at: Instant,
  assumed: boolean,
): Session {
  const sessionMetadata = assumed
    ? { ...session.sessionMetadata, assumed: true }
    : session.sessionMetadata;
  const opened = become({ ...session, sessionMetadata }, "open");
  saveSession(tx, opened);
  noteCameIn(tx, opened, at, !assumed);
  tx.append(at, {
    type: "session-opened",
    body: {
      session_id: session.sessionId,
      lane_id: session.entryLane,
      entry_at: isoOf(session.entryTime as Instant),
      steady_ms: session.entrySteady,
      assumed,
    },
  });
  tx.afterCommit(() => deps.counters.count("sessions_opened_total"));
  return opened;
}

export function cancelSession(
  tx: Tx,
  deps: SessionDeps,
  session: Session,
  at: Instant,
  reason: string,
): void {
  saveSession(tx, become(session, "cancelled"));
  clearAlert(tx, at, deniedInside, session.sessionId);
  endTicketOf(tx, session.sessionId, "voided", at, reason);
  tx.append(at, {
    type: "session-cancelled",
    body: { session_id: session.sessionId, lane_id: session.entryLane, reason },
  });
  tx.afterCommit(() => deps.counters.count("sessions_cancelled_total", { reason }));
}

/** Closes a session whose vehicle has left; what was not paid stays owed. */
export function closeSession(
  tx: Tx,
  deps: SessionDeps,
  laneId: string,
  session: Session,
  at: Instant,
  quote: Quote,
): void {
  const owed = quote.total - session.paidAmount;
  const status: SessionStatus = owed > 0 ? "closed-unpaid" : "closed";
  end(tx, deps, laneId, session, at, status, quote);
}

/**
 * The exit was never seen: the session ends, and opens again when its plate turns up at an exit.
 *
 * @param total what the stay has cost, where it is known when the vehicle left; else what was paid
 */
export function assumeClosed(
  tx: Tx,
  deps: SessionDeps,
  laneId: string,
  session: Session,
  at: Instant,
  total = session.paidAmount,
): void {
  const stay = milliseconds(Math.max(0, deps.steady.now() - session.entrySteady));
  end(tx, deps, laneId, session, at, "closed-assumed", { stay, total });
}

function end(
  tx: Tx,
  deps: SessionDeps,
  laneId: string,
  session: Session,
  at: Instant,
  status: "closed" | "closed-unpaid" | "closed-assumed",
  price: { readonly stay: number; readonly total: number },
): void {
  const owed = Math.max(0, price.total - session.paidAmount);
  saveSession(tx, {
    ...become(session, status),
    exitTime: at,
    exitLane: laneId,
    totalAmount: price.total,
    paymentStatus: owed > 0 ? "unpaid" : price.total > 0 ? "paid" : "none",
  });
  noteLeft(tx, session, laneId, at, status !== "closed-assumed");
  if (status !== "closed-assumed") {
    endTicketOf(tx, session.sessionId, "used", at, status);
    clearAlert(tx, at, deniedInside, session.sessionId);
  }
  tx.append(at, {
    type: "session-closed",
    body: {
      session_id: session.sessionId,
      lane_id: laneId,
      exit_at: isoOf(at),
      duration_s: Math.round(price.stay / 1000),
      total_minor: price.total,
      paid_minor: session.paidAmount,
      owed_minor: owed,
      outcome: status,
    },
  });
  tx.afterCommit(() => deps.counters.count("sessions_closed_total", { outcome: status }));
}

/** What the driver owes at this moment. */
export function quoteSession(
  reader: Reader,
  deps: Pick<SessionDeps, "steady">,
  session: Session,
): Quote {
  return quoteStay({
    tariff: tariffOf(reader, session),
    vehicleClass: session.vehicleClass as VehicleClass,
    entrySteady: session.entrySteady,
    nowSteady: Math.max(session.entrySteady, deps.steady.now()),
    paid: session.paidAmount,
    hasPermit: session.permitId !== null,
    ...(session.quotedTotal === null || session.quoteUntilSteady === null
      ? {}
      : { given: { total: session.quotedTotal, untilSteady: session.quoteUntilSteady } }),
    graceUntilSteady: session.graceUntilSteady ?? undefined,
    isLost: session.sessionMetadata["lost_ticket"] === "flat",
  });
}

export function tariffOf(reader: Reader, session: Session): Tariff {
  const tariff = findTariff(reader, session.tariffId, session.tariffVersion);
  check(
    tariff !== undefined,
    `a session's tariff is kept for ever: ${session.tariffId} v${session.tariffVersion}`,
  );
  return tariff;
}

/** Writes the quote that is being shown to the driver; it is honoured for a while. */
export function giveQuote(
  tx: Tx,
  deps: SessionDeps,
  laneId: string,
  session: Session,
  quote: Quote,
  at: Instant,
  currency: string,
): Session {
  const quoted: Session = {
    ...session,
    quotedDue: quote.due,
    quotedTotal: quote.total,
    quoteUntilSteady: Math.round(deps.steady.now() + quoteHeldFor),
    paymentStatus: "due",
  };
  saveSession(tx, quoted);
  tx.append(at, {
    type: "session-quoted",
    body: {
      session_id: session.sessionId,
      lane_id: laneId,
      duration_s: Math.round(quote.stay / 1000),
      due_minor: quote.due,
      total_minor: quote.total,
      currency,
      honoured_until: isoOf((at + quoteHeldFor) as Instant),
    },
  });
  return quoted;
}

/** Money has been captured: the driver may leave within the tariff's grace, or is leaving already. */
export function settleSession(
  tx: Tx,
  deps: SessionDeps,
  laneId: string,
  session: Session,
  amount: number,
  at: Instant,
): Session {
  const tariff = tariffOf(tx, session);
  const graceUntilSteady = Math.round(deps.steady.now() + tariff.exit_grace_s * 1000);
  const paidAmount = session.paidAmount + amount;
  const settled: Session = {
    ...(session.status === "exiting" ? session : become(session, "paid-grace")),
    paidAmount,
    totalAmount: Math.max(session.totalAmount, paidAmount),
    graceUntilSteady,
    quotedDue: null,
    quotedTotal: null,
    quoteUntilSteady: null,
    paymentStatus: "paid",
  };
  saveSession(tx, settled);
  tx.append(at, {
    type: "session-settled",
    body: {
      session_id: session.sessionId,
      lane_id: laneId,
      paid_minor: paidAmount,
      grace_until: isoOf((at + tariff.exit_grace_s * 1000) as Instant),
      grace_until_steady_ms: graceUntilSteady,
    },
  });
  return settled;
}

/**
 * Credits captured money to its session. A session that has ended meanwhile stays ended: the money is in its
 * account, and whoever asks for a refund finds it there.
 */
export function creditSession(
  tx: Tx,
  deps: SessionDeps,
  laneId: string,
  session: Session,
  amount: number,
  at: Instant,
): Session {
  if (mayBecome(session.status, "paid-grace"))
    return settleSession(tx, deps, laneId, session, amount, at);
  const paidAmount = session.paidAmount + amount;
  const credited = {
    ...session,
    paidAmount,
    paymentStatus: paidAmount >= session.totalAmount ? ("paid" as const) : session.paymentStatus,
  };
  saveSession(tx, credited);
  return credited;
}

/** The session was of the same vehicle as another one, which goes on. */
export function supersedeSession(
  tx: Tx,
  session: Session,
  kept: Session,
  by: Actor,
  at: Instant,
): void {
  saveSession(tx, { ...become(session, "superseded"), exitTime: at });
  noteLeft(tx, session, session.entryLane, at, false);
  endTicketOf(tx, session.sessionId, "voided", at, "superseded");
  tx.append(at, {
    type: "session-superseded",
    body: { session_id: session.sessionId, kept_id: kept.sessionId, by },
  });
}

/** A session that was assumed closed turns up at an exit after all. */
export function reopenSession(tx: Tx, session: Session, at: Instant): Session {
  const reopened: Session = { ...become(session, "open"), exitTime: null, exitLane: null };
  saveSession(tx, reopened);
  noteCameIn(tx, reopened, at, true);
  tx.append(at, {
    type: "session-flagged",
    body: { session_id: session.sessionId, flag: "reopened" },
  });
  return reopened;
}

/** The exit gate was commanded for this session: what it costs now is what it costs when the vehicle has passed. */
export function beginExit(
  tx: Tx,
  deps: Pick<SessionDeps, "steady">,
  laneId: string,
  session: Session,
  quote: Quote,
): void {
  saveSession(tx, {
    ...become(session, "exiting"),
    exitLane: laneId,
    quotedDue: quote.due,
    quotedTotal: quote.total,
    quoteUntilSteady: Math.round(deps.steady.now() + quoteHeldFor),
  });
}

/** Nobody passed the exit: the session is where it was before. */
export function returnFromExit(tx: Tx, session: Session): void {
  if (session.status !== "exiting") return;
  const status = session.graceUntilSteady === null ? "open" : "paid-grace";
  saveSession(tx, { ...become(session, status), exitLane: null });
}

function become(session: Session, status: SessionStatus): Session {
  check(
    mayBecome(session.status, status),
    `session ${session.sessionId} may not go from ${session.status} to ${status}`,
  );
  return { ...session, status };
}
