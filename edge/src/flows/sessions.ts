import type { Actor } from "@gatehouse/shared/contracts/event";
import { type Instant, isoOf, later, milliseconds } from "@gatehouse/shared/time";
import type { Tariff } from "@gatehouse/shared/contracts/tariff";
import type { VehicleClass } from "@gatehouse/shared/vehicle";
import { check } from "@gatehouse/shared/check";
import { insideStatuses, mayBecome, type SessionStatus } from "../domain/session.ts";
import { billedTotal, billingOf, creditedOf, owedOf } from "../domain/money/billing.ts";
import type { TaxShare } from "../domain/money/tax.ts";
import { exitGraceOf, type Quote, quoteHeldFor, quoteStay } from "../domain/quote.ts";
import type { Reader, Tx } from "../store/book.ts";
import { findTariff } from "../store/rights.ts";
import { saveSession, type Session } from "../store/sessions.ts";
import { clearAlert, deniedInside, raiseAlert } from "./alerts.ts";
import { noteCameIn, noteLeft } from "./access-presence.ts";
import type { LaneDeps } from "./lane-deps.ts";
import { chargeSession } from "./money/charging.ts";
import { settleDebt } from "./money/debt-settling.ts";
import type { SteadyTime } from "./steady-time.ts";
import { earlierStays, spaceTypeOf } from "./stay-history.ts";
import { endTicketOf } from "./parking-ticket-ends.ts";

/** `laneId` beside it: the lane where it happens. */
export type SessionDeps = Pick<
  LaneDeps,
  "steady" | "counters" | "random" | "currency" | "calendar"
>;

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
  const owed = quote.total - creditedOf(session);
  const status: SessionStatus = owed > 0 ? "closed-unpaid" : "closed";
  end(tx, deps, laneId, session, at, status, quote);
}

/**
 * The exit was never seen: the session ends, and opens again when its plate turns up at an exit.
 *
 * @param total what the stay has cost, where it is known when the vehicle left; else what was charged for it
 */
export function assumeClosed(
  tx: Tx,
  deps: SessionDeps,
  laneId: string,
  session: Session,
  at: Instant,
  total = billedTotal(billingOf(session)),
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
  const shares = priceShares(quoteSession(tx, deps, session));
  const charged = chargeSession(tx, deps, become(session, status), price.total, shares, at);
  const owed = Math.max(0, owedOf(charged));
  const ended: Session = {
    ...charged,
    exitTime: at,
    exitLane: laneId,
    paymentStatus: owed > 0 ? "unpaid" : charged.totalAmount > 0 ? "paid" : "none",
  };
  saveSession(tx, ended);
  settleDebt(tx, ended, at);
  noteCredit(tx, deps, ended, at);
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
      total_minor: ended.totalAmount,
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
  deps: Pick<SessionDeps, "calendar"> & { readonly steady: Pick<SteadyTime, "now"> },
  session: Session,
): Quote {
  const tariff = tariffOf(reader, session);
  return quoteStay({
    tariff,
    zone: deps.calendar,
    vehicleClass: session.vehicleClass as VehicleClass,
    spaceType: spaceTypeOf(reader, session),
    history: earlierStays(reader, tariff, session),
    entry: session.entryTime as Instant,
    entrySteady: session.entrySteady,
    nowSteady: Math.max(session.entrySteady, deps.steady.now()),
    paid: creditedOf(session),
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
  const { allowed } = billingOf(session);
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
      total_minor: Math.max(0, quote.total - allowed),
      currency,
      honoured_until: isoOf((at + quoteHeldFor) as Instant),
    },
  });
  return quoted;
}

/** Money that was captured for a session, and what the driver had been told when it was asked for. */
export interface SessionCredit {
  readonly amount: number;
  /** All that was due then; missing: this amount. */
  readonly due?: number | undefined;
  /** The whole price then; missing: what is credited now. */
  readonly total?: number | undefined;
}

/**
 * Credits captured money to its session, and charges the session for it. When it was all that was asked for, the
 * driver may leave within the tariff's grace, or is leaving already; a part of it leaves the rest due. A session
 * that has ended meanwhile stays ended: what it does not owe is a credit until it is given back.
 */
export function creditSession(
  tx: Tx,
  deps: SessionDeps,
  laneId: string,
  session: Session,
  { amount, due = amount, total }: SessionCredit,
  at: Instant,
): Session {
  const quote = quoteSession(tx, deps, session);
  const credited = withPaid(session, session.paidAmount + amount);
  if (!mayBecome(session.status, "paid-grace")) return creditEnded(tx, deps, credited, at);
  const charged = chargeLive(tx, deps, credited, total ?? creditedOf(credited), quote, at);
  if (amount >= due) return settleSession(tx, deps, laneId, charged, at);
  const part: Session = { ...charged, paymentStatus: "due" };
  saveSession(tx, part);
  return part;
}

function settleSession(
  tx: Tx,
  deps: SessionDeps,
  laneId: string,
  session: Session,
  at: Instant,
): Session {
  const tariff = tariffOf(tx, session);
  const grace = exitGraceOf(tariff);
  const graceUntilSteady = Math.round(deps.steady.now() + grace);
  const settled: Session = {
    ...(session.status === "exiting" ? session : become(session, "paid-grace")),
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
      paid_minor: session.paidAmount,
      grace_until: isoOf(later(at, grace)),
      grace_until_steady_ms: graceUntilSteady,
    },
  });
  return settled;
}

/** A vehicle that is still here is charged for no more than it has paid: the rest is not owed before it leaves. */
function chargeLive(
  tx: Tx,
  deps: SessionDeps,
  session: Session,
  total: number,
  quote: Quote,
  at: Instant,
): Session {
  const billed = billedTotal(billingOf(session));
  const target = Math.max(billed, Math.min(total, creditedOf(session)));
  return chargeSession(tx, deps, session, target, priceShares(quote), at);
}

/** What a session of the time before the books was charged stays what it had paid then. */
const withPaid = (session: Session, paidAmount: number): Session => ({
  ...session,
  paidAmount,
  billing: { ...billingOf(session) },
});

function creditEnded(tx: Tx, deps: SessionDeps, credited: Session, at: Instant): Session {
  const isPaid = owedOf(credited) <= 0;
  const ended: Session = {
    ...credited,
    paymentStatus: isPaid && credited.totalAmount > 0 ? "paid" : credited.paymentStatus,
  };
  saveSession(tx, ended);
  settleDebt(tx, ended, at);
  noteCredit(tx, deps, ended, at);
  return ended;
}

/**
 * What was credited counts no longer: a payment was taken back. A vehicle that is still here is charged for it when it
 * pays again; a session that has ended is unpaid.
 */
export function uncreditSession(
  tx: Tx,
  deps: SessionDeps,
  session: Session,
  amount: number,
  at: Instant,
): Session {
  const less = withPaid(session, session.paidAmount - amount);
  const owes = owedOf(less) > 0;
  const uncredited =
    session.exitTime !== null
      ? { ...less, paymentStatus: owes ? ("unpaid" as const) : session.paymentStatus }
      : owes
        ? dueAgain(tx, deps, less, at)
        : less;
  saveSession(tx, uncredited);
  noteCredit(tx, deps, uncredited, at);
  return uncredited;
}

function dueAgain(tx: Tx, deps: SessionDeps, session: Session, at: Instant): Session {
  const { shares } = billingOf(session);
  const charged = chargeSession(tx, deps, session, creditedOf(session), shares, at);
  return {
    ...(session.status === "paid-grace" ? become(charged, "open") : charged),
    graceUntilSteady: null,
    paymentStatus: "due",
  };
}

/** Money that an ended session has too much is shown to a person until it was given back. */
export function noteCredit(
  tx: Tx,
  { random }: Pick<SessionDeps, "random">,
  session: Session,
  at: Instant,
): void {
  const credit = -owedOf(session);
  const { sessionId } = session;
  if (credit <= 0 || session.exitTime === null)
    return clearAlert(tx, at, "money-to-return", sessionId);
  raiseAlert(tx, random, at, {
    type: "money-to-return",
    subject: sessionId,
    severity: "warning",
    details: { session_id: sessionId, plate: session.vehicleLicense, credit_minor: credit },
  });
}

/** What a price is made of, by tax rate. */
const priceShares = ({ price }: Quote): readonly TaxShare[] => price.taxes;

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
