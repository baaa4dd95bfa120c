import type { PaymentPurpose } from "@gatehouse/shared/contracts/money-terms";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { Log } from "@gatehouse/shared/ports/log";
import type { Random } from "@gatehouse/shared/ports/random";
import type { Instant } from "@gatehouse/shared/time";
import type { SiteCalendar } from "@gatehouse/shared/site-calendar";
import type { Book, Tx } from "../../store/book.ts";
import type { DebtNote } from "../../store/debt-notes.ts";
import type { Payment } from "../../store/payments.ts";
import type { Refund } from "../../store/refunds.ts";
import type { Counters } from "../counters.ts";
import type { SteadyTime } from "../steady-time.ts";

/** What every flow of money needs. */
export interface MoneyDeps {
  readonly book: Book;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly counters: Counters;
  readonly steady: SteadyTime;
  /** How prices count the facility's days. */
  /** ISO 4217; a facility has one. */
  readonly currency: string;
  readonly calendar: SiteCalendar;
  /** Smallest coin of the drawers, in minor units. */
  readonly cashStep: number;
  /** What else happens in the transaction that captures or refunds a payment. */
  readonly also?: MoneyListeners | undefined;
}

/** Calls in the transaction of the fact; they must not wait, and a throw winds all of it back. */
export interface MoneyListeners {
  /** What is paid, where that is no stay: it is told when money was captured for it, or taken back. */
  readonly paid?: Partial<Record<PaymentPurpose, PaidListener>>;
  /** For the receipt. */
  readonly captured?: (tx: Tx, payment: Payment, at: Instant) => void;
  /** For the refund note. */
  readonly refunded?: (tx: Tx, refund: Refund, at: Instant) => void;
  /** For the paper that a debtor gets. */
  readonly promised?: (tx: Tx, note: DebtNote, at: Instant) => void;
}

/**
 * Calls when the postings of the payment are in the books.
 *
 * @param amount that was paid; below zero: that was taken back
 */
export type PaidListener = (tx: Tx, payment: Payment, amount: number, at: Instant) => void;
