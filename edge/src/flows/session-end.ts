import { type Instant, isoOf, milliseconds } from "@gatehouse/shared/time";
import { billedTotal, billingOf, creditedOf, owedOf } from "../domain/money/billing.ts";
import type { Quote } from "../domain/quote.ts";
import type { Tx } from "../store/book.ts";
import { saveSession, type Session } from "../store/sessions.ts";
import { clearAlert, deniedInside } from "./alerts.ts";
import { noteLeft } from "./access-presence.ts";
import { chargeSession } from "./money/charging.ts";
import { settleDebt } from "./money/debt-settling.ts";
import { endTicketOf } from "./parking-ticket-ends.ts";
import { noteCredit } from "./session-credit.ts";
import { quoteSession } from "./session-quote.ts";
import { become, type SessionDeps } from "./sessions.ts";
import { leavePlace } from "./space-places.ts";

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
  const status = owed > 0 ? "closed-unpaid" : "closed";
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
  const { taxes } = quoteSession(tx, deps, session).price;
  const charged = chargeSession(tx, deps, become(session, status), price.total, taxes, at);
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
  leavePlace(tx, session.sessionId, at);
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
