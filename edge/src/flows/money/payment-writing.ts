import { check } from "@gatehouse/shared/check";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { Random } from "@gatehouse/shared/ports/random";
import type { TerminalReceipt } from "@gatehouse/shared/ports/terminal";
import { earlier, hours, type Instant } from "@gatehouse/shared/time";
import { paymentMayBecome, type PaymentStatus } from "../domain/payment.ts";
import type { Book, Tx } from "../store/book.ts";
import {
  findPayment,
  insertPayment,
  type Payment,
  receiptUsed,
  savePayment,
} from "../store/payments.ts";
import { findSession } from "../store/sessions.ts";
import { clearAlert, raiseAlert } from "./alerts.ts";
import type { Counters } from "./counters.ts";
import { creditSession, giveQuote, quoteSession } from "./sessions.ts";
import type { SteadyTime } from "./steady-time.ts";

export interface PaymentWritingDeps {
  readonly book: Book;
  readonly clock: Clock;
  readonly random: Random;
  readonly counters: Counters;
  readonly steady: SteadyTime;
  readonly currency: string;
}

/** Receipt numbers wrap at 9999: within this time one number is one receipt. */
const receiptUniqueFor = hours(24);

/** Whether only a person can tell what became of it: the terminal has been asked and does not know. */
export const isLeftToPerson = (payment: Payment): boolean =>
  payment.paymentDetails["undecided"] === true;

/**
 * Every step of a payment, each durable when its call returns.
 *
 * Every call may throw a Fault `disk-full`: then the payment stands where it stood.
 */
export class PaymentWriting {
  readonly #deps: PaymentWritingDeps;

  constructor(deps: PaymentWritingDeps) {
    this.#deps = deps;
  }

  /**
   * Writes what the driver is about to be asked for.
   *
   * @param lastReceipt the last receipt that the terminal is known to have given
   * @returns undefined when nothing is owed any more
   */
  start(
    laneId: string,
    sessionId: string,
    terminalId: string,
    lastReceipt: string | undefined,
  ): Payment | undefined {
    const { book, clock, random, currency } = this.#deps;
    return book.write<Payment | undefined>((tx) => {
      const at = clock.now();
      const session = findSession(tx, sessionId);
      check(session !== undefined, `a session that is collected for exists: ${sessionId}`);
      const quote = quoteSession(tx, this.#deps, session);
      if (quote.due === 0) return undefined;
      giveQuote(tx, this.#deps, laneId, session, quote, at, currency);
      const payment: Payment = {
        paymentId: random.id(),
        sessionId,
        userId: null,
        amount: quote.due,
        currency,
        paymentMethod: "card",
        transactionId: null,
        terminalId,
        status: "started",
        startedAt: at,
        processedAt: null,
        paymentDetails: { since_receipt: lastReceipt ?? null },
        purpose: "stay",
        subjectId: null,
        refunded: 0,
        shiftId: null,
        requestId: null,
      };
      insertPayment(tx, payment);
      tx.append(at, {
        type: "payment-started",
        body: {
          payment_id: payment.paymentId,
          session_id: sessionId,
          method: "card",
          amount_minor: quote.due,
          currency,
          terminal_id: terminalId,
        },
      });
      return payment;
    });
  }

  capture(payment: Payment, receipt: TerminalReceipt, knownBy: "answer" | "enquiry"): void {
    this.#deps.book.write((tx) => {
      const now = findPayment(tx, payment.paymentId) ?? payment;
      if (now.status === "captured") return;
      const since = earlier(payment.startedAt as Instant, receiptUniqueFor);
      const { terminalId, receiptNumber } = receipt;
      // The terminal's last receipt pays for something else: it says nothing about this payment.
      if (knownBy === "enquiry" && receiptUsed(tx, terminalId, receiptNumber, since))
        this.#doubt(tx, payment, { receipt: receiptNumber });
      else this.#captureIn(tx, now, receipt, knownBy);
    });
  }

  #captureIn(
    tx: Tx,
    payment: Payment,
    receipt: TerminalReceipt,
    knownBy: "answer" | "enquiry",
  ): void {
    const at = this.#deps.clock.now();
    const { paymentId, sessionId, amount, paymentDetails } = payment;
    this.#become(tx, payment, "captured", at, {
      transactionId: receipt.receiptNumber,
      terminalId: receipt.terminalId,
      paymentDetails: {
        ...paymentDetails,
        trace_number: receipt.traceNumber ?? null,
        card_name: receipt.cardName ?? null,
        card_last_four: receipt.cardLastFour ?? null,
      },
    });
    tx.append(at, {
      type: "payment-captured",
      body: {
        payment_id: paymentId,
        session_id: sessionId,
        amount_minor: amount,
        receipt_number: receipt.receiptNumber,
        trace_number: receipt.traceNumber ?? null,
        terminal_id: receipt.terminalId,
        card_last_four: receipt.cardLastFour ?? null,
        known_by: knownBy,
      },
    });
    const session = findSession(tx, sessionId ?? "");
    if (session !== undefined) {
      const laneId = session.exitLane ?? session.entryLane;
      creditSession(tx, this.#deps, laneId, session, amount, at);
    }
    clearAlert(tx, at, "payment-undecided", paymentId);
  }

  decline(payment: Payment, resultCode: string, reason: string): void {
    this.#endUnpaid(payment, "declined", resultCode, reason);
  }

  /** Surely nothing was booked. */
  fail(payment: Payment, reason: string): void {
    this.#endUnpaid(payment, "failed", "not-booked", reason);
  }

  #endUnpaid(
    payment: Payment,
    status: "declined" | "failed",
    resultCode: string,
    reason: string,
  ): void {
    const { book, clock } = this.#deps;
    const at = clock.now();
    book.write((tx) => {
      if (!paymentMayBecome(this.statusOf(payment), status)) return;
      const { paymentId, sessionId, paymentDetails } = payment;
      this.#become(tx, payment, status, at, {
        paymentDetails: { ...paymentDetails, result_code: resultCode, reason },
      });
      tx.append(at, {
        type: "payment-declined",
        body: { payment_id: paymentId, session_id: sessionId, result_code: resultCode, reason },
      });
      clearAlert(tx, at, "payment-undecided", paymentId);
    });
  }

  /** The answer was lost: what became of the charge is not known. */
  lose(payment: Payment, detail: string): void {
    this.#deps.book.write((tx) => this.#loseIn(tx, payment, detail));
  }

  /** The terminal cannot tell either: a person decides. */
  leaveToPerson(payment: Payment, detail: string): void {
    this.#deps.book.write((tx) => {
      this.#loseIn(tx, payment, detail);
      this.#doubt(tx, payment, { detail });
    });
  }

  statusOf(payment: Payment): PaymentStatus {
    return findPayment(this.#deps.book, payment.paymentId)?.status ?? payment.status;
  }

  #loseIn(tx: Tx, payment: Payment, detail: string): void {
    if (this.statusOf(payment) !== "started") return;
    const at = this.#deps.clock.now();
    const { paymentId, sessionId, paymentDetails } = payment;
    this.#become(tx, payment, "unknown", null, { paymentDetails: { ...paymentDetails, detail } });
    tx.append(at, {
      type: "payment-unknown",
      body: { payment_id: paymentId, session_id: sessionId, detail },
    });
  }

  /** From here on no terminal is asked about it any more. */
  #doubt(tx: Tx, payment: Payment, details: Readonly<Record<string, string>>): void {
    const { random, clock } = this.#deps;
    const { paymentId, sessionId } = payment;
    const now = findPayment(tx, paymentId) ?? payment;
    savePayment(tx, { ...now, paymentDetails: { ...now.paymentDetails, undecided: true } });
    raiseAlert(tx, random, clock.now(), {
      type: "payment-undecided",
      subject: paymentId,
      severity: "critical",
      details: { session_id: sessionId, ...details },
    });
  }

  #become(
    tx: Tx,
    payment: Payment,
    status: PaymentStatus,
    processedAt: Instant | null,
    change: Partial<Payment>,
  ): void {
    const now = findPayment(tx, payment.paymentId) ?? payment;
    check(
      paymentMayBecome(now.status, status),
      `payment ${payment.paymentId} may not go from ${now.status} to ${status}`,
    );
    savePayment(tx, { ...now, ...change, status, processedAt });
    tx.afterCommit(() => this.#deps.counters.count("payments_total", { status }));
  }
}
