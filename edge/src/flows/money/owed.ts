import type { PaymentPurpose } from "@gatehouse/shared/contracts/money-terms";
import { billedTotal, billingOf, owedOf } from "../../domain/money/billing.ts";
import { balanceOf } from "../../store/books.ts";
import type { Reader } from "../../store/book.ts";
import { findSession, type Session } from "../../store/sessions.ts";
import { findValueAccount } from "../../store/value-accounts.ts";
import { findViolation } from "../../store/violations.ts";
import { type Refusal, refusal } from "../desk.ts";
import { isInside } from "../sessions.ts";
import { quoteSession } from "../session-quote.ts";
import type { MoneyDeps } from "./money-deps.ts";
import { violationDue } from "./violation-settling.ts";

/** What somebody wants to pay. */
export interface Payable {
  readonly purpose: PaymentPurpose;
  /** Of the session, the violation, the account, the subscription. */
  readonly subjectId: string;
}

export interface Owed {
  readonly sessionId: string | null;
  readonly subjectId: string | null;
  readonly due: number;
  /** The whole price, of which what was paid is taken away. */
  readonly total: number;
  readonly paid: number;
  readonly session: Session | undefined;
}

/**
 * What is owed for something now: for a vehicle that is still inside the price of this moment, for one that has left
 * what the books say.
 */
export function owedFor(
  reader: Reader,
  deps: Pick<MoneyDeps, "steady" | "calendar" | "clock">,
  { purpose, subjectId }: Payable,
): Owed | Refusal {
  const account = purpose === "top-up" ? findValueAccount(reader, subjectId) : undefined;
  if (purpose === "top-up" && account === undefined)
    return refusal("no-such-account", "There is no such account.");
  if (account?.isActive === false)
    return refusal("account-closed", `The account of ${account.holder} is blocked or closed.`);
  const violation = purpose === "violation" ? findViolation(reader, subjectId) : undefined;
  if (violation !== undefined) {
    const due = violationDue(reader, violation, deps.clock.now());
    return { sessionId: null, subjectId, due, total: due, paid: 0, session: undefined };
  }
  if (purpose !== "stay") {
    const due = Math.max(0, balanceOf(reader, "receivable", subjectId));
    return { sessionId: null, subjectId, due, total: due, paid: 0, session: undefined };
  }
  const session = findSession(reader, subjectId);
  if (session === undefined) return noSuchSession;
  const { paidAmount: paid } = session;
  const about = { sessionId: session.sessionId, subjectId: null, paid, session };
  if (isInside(session)) {
    const { due, total } = quoteSession(reader, deps, session);
    return { ...about, due, total };
  }
  const total = billedTotal(billingOf(session));
  return { ...about, due: Math.max(0, owedOf(session)), total };
}

const noSuchSession = refusal("no-such-session", "There is no such session.");
export const nothingDue = refusal("nothing-due", "Nothing is owed any more.");
