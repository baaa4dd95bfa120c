import { type Instant, isoOf, later } from "@gatehouse/shared/time";
import { billedTotal, billingOf, creditedOf, owedOf } from "../domain/money/billing.ts";
import { exitGraceOf, type Quote } from "../domain/quote.ts";
import { mayBecome } from "../domain/session.ts";
import type { Tx } from "../store/book.ts";
import { saveSession, type Session } from "../store/sessions.ts";
import { clearAlert, moneyToReturn, raiseAlert } from "./alerts.ts";
import { chargeSession } from "./money/charging.ts";
import { quoteSession, tariffOf } from "./session-quote.ts";
import { become, type SessionDeps } from "./sessions.ts";
import { settleDebt } from "./money/debt-settling.ts";

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
  return chargeSession(tx, deps, session, target, quote.price.taxes, at);
}

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

/** What a session of the time before the books was charged stays what it had paid then. */
const withPaid = (session: Session, paidAmount: number): Session => ({
  ...session,
  paidAmount,
  billing: { ...billingOf(session) },
});

/** Money that an ended session has too much is shown to a person until it was given back. */
export function noteCredit(
  tx: Tx,
  { random }: Pick<SessionDeps, "random">,
  session: Session,
  at: Instant,
): void {
  const credit = -owedOf(session);
  const { sessionId } = session;
  if (credit <= 0 || session.exitTime === null) return clearAlert(tx, at, moneyToReturn, sessionId);
  raiseAlert(tx, random, at, {
    type: moneyToReturn,
    subject: sessionId,
    severity: "warning",
    details: { session_id: sessionId, plate: session.vehicleLicense, credit_minor: credit },
  });
}
