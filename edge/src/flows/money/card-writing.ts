import { check } from "@gatehouse/shared/check";
import type { TerminalReceipt } from "@gatehouse/shared/ports/terminal";
import { earlier, hours, type Instant } from "@gatehouse/shared/time";
import {
  isAccepted,
  isUndecided,
  paymentMayBecome,
  type PaymentStatus,
} from "../../domain/payment.ts";
import type { Tx } from "../../store/book.ts";
import {
  findPayment,
  findPaymentByRequest,
  type Payment,
  paymentsFor,
  paymentsOf,
  receiptUsed,
  savePayment,
} from "../../store/payments.ts";
import { findSession } from "../../store/sessions.ts";
import { isRefusal, type Refusal, refusal } from "../desk.ts";
import { giveQuote, quoteSession } from "../session-quote.ts";
import { askedDetails } from "./crediting.ts";
import type { MoneyDeps } from "./money-deps.ts";
import { nothingDue, owedFor, type Payable } from "./owed.ts";
import {
  capturePayment,
  doubtPayment,
  endUnpaid,
  losePayment,
  startPayment,
} from "./payment-writing.ts";

/** Receipt numbers wrap at 9999: within this time one number is one receipt. */
const receiptUniqueFor = hours(24);

/** Whether only a person can tell what became of it: the terminal has been asked and does not know. */
export const isLeftToPerson = (payment: Payment): boolean =>
  payment.paymentDetails["undecided"] === true;

/**
 * Every step of a payment by card, each durable when its call returns.
 *
 * Every call may throw a Fault `disk-full`: then the payment stands where it stood.
 */
export class CardWriting {
  readonly #deps: MoneyDeps;

  constructor(deps: MoneyDeps) {
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
    const { book, clock, currency } = this.#deps;
    return book.write<Payment | undefined>((tx) => {
      const at = clock.now();
      const session = findSession(tx, sessionId);
      check(session !== undefined, `a session that is collected for exists: ${sessionId}`);
      const quote = quoteSession(tx, this.#deps, session);
      if (quote.due === 0) return undefined;
      giveQuote(tx, this.#deps, laneId, session, quote, at, currency);
      const details = { since_receipt: lastReceipt ?? null };
      return startPayment(
        tx,
        this.#deps,
        {
          method: "card",
          purpose: "stay",
          sessionId,
          subjectId: null,
          amount: quote.due,
          place: terminalId,
          details: { ...details, ...askedDetails(quote) },
        },
        at,
      );
    });
  }

  /**
   * Writes what somebody is about to be asked for at a terminal that an attendant chose. The same press again is the
   * same payment.
   *
   * @param amount of a top-up; elsewhere what is due counts
   */
  startAt(
    { purpose, subjectId }: Payable,
    terminalId: string,
    lastReceipt: string | undefined,
    { requestId, amount }: { readonly requestId: string; readonly amount: number | undefined },
  ): { readonly payment: Payment; readonly isNew: boolean } | Refusal {
    const { book, clock } = this.#deps;
    return book.write<{ readonly payment: Payment; readonly isNew: boolean } | Refusal>((tx) => {
      const known = findPaymentByRequest(tx, requestId);
      if (known !== undefined) return { payment: known, isNew: false };
      const owed = owedFor(tx, this.#deps, { purpose, subjectId });
      if (isRefusal(owed)) return owed;
      const asked = purpose === "top-up" ? (amount ?? 0) : owed.due;
      if (asked === 0) return nothingDue;
      const isStay = purpose === "stay";
      const others = isStay ? paymentsOf(tx, subjectId) : paymentsFor(tx, purpose, subjectId);
      if (others.some(isAskedHere)) return unresolved;
      const order = {
        method: "card",
        purpose,
        sessionId: isStay ? subjectId : null,
        subjectId: isStay ? null : subjectId,
        amount: asked,
        place: terminalId,
        requestId,
        details: { since_receipt: lastReceipt ?? null, ...askedDetails(owed) },
      } as const;
      return { payment: startPayment(tx, this.#deps, order, clock.now()), isNew: true };
    });
  }

  capture(payment: Payment, receipt: TerminalReceipt, knownBy: "answer" | "enquiry"): void {
    const { book, clock } = this.#deps;
    book.write((tx) => {
      const now = findPayment(tx, payment.paymentId) ?? payment;
      if (isAccepted(now.status)) {
        // The terminal tells that the money is there before it tells what is to be printed.
        keepPapers(tx, now, receipt);
        return;
      }
      const at = clock.now();
      const since = earlier(payment.startedAt as Instant, receiptUniqueFor);
      const { terminalId, receiptNumber } = receipt;
      // The terminal's last receipt pays for something else: it says nothing about this payment.
      if (knownBy === "enquiry" && receiptUsed(tx, terminalId, receiptNumber, since)) {
        doubtPayment(tx, this.#deps, now, { receipt: receiptNumber }, at);
        return;
      }
      capturePayment(tx, this.#deps, now, proofOf(receipt), knownBy, at);
    });
  }

  decline(payment: Payment, resultCode: string, reason: string): void {
    this.#endUnpaid(payment, "declined", resultCode, reason);
  }

  /** Surely nothing was booked. */
  fail(payment: Payment, reason: string): void {
    this.#endUnpaid(payment, "failed", "not-booked", reason);
  }

  /** The answer was lost: what became of the charge is not known. */
  lose(payment: Payment, detail: string): void {
    const { book, clock } = this.#deps;
    book.write((tx) => {
      const now = findPayment(tx, payment.paymentId) ?? payment;
      if (now.status === "started") losePayment(tx, this.#deps, now, detail, clock.now());
    });
  }

  /** The terminal cannot tell either: a person decides. */
  leaveToPerson(payment: Payment, detail: string): void {
    const { book, clock } = this.#deps;
    book.write((tx) => {
      const at = clock.now();
      const now = findPayment(tx, payment.paymentId) ?? payment;
      const lost = now.status === "started" ? losePayment(tx, this.#deps, now, detail, at) : now;
      doubtPayment(tx, this.#deps, lost, { detail }, at);
    });
  }

  statusOf(payment: Payment): PaymentStatus {
    return findPayment(this.#deps.book, payment.paymentId)?.status ?? payment.status;
  }

  #endUnpaid(
    payment: Payment,
    status: "declined" | "failed",
    resultCode: string,
    reason: string,
  ): void {
    const { book, clock } = this.#deps;
    book.write((tx) => {
      const now = findPayment(tx, payment.paymentId) ?? payment;
      if (!paymentMayBecome(now.status, status)) return;
      endUnpaid(tx, this.#deps, now, status, { resultCode, reason }, clock.now());
    });
  }
}

/** What the terminal wants the driver to have on paper, beside what our own receipt says. */
function keepPapers(tx: Tx, payment: Payment, receipt: TerminalReceipt): void {
  const text = driverText(receipt);
  const { transactionId, paymentDetails } = payment;
  if (text.length === 0 || receipt.receiptNumber !== transactionId) return;
  if (paymentDetails["terminal_text"] !== undefined) return;
  savePayment(tx, { ...payment, paymentDetails: { ...paymentDetails, terminal_text: text } });
}

const driverText = ({ papers = [] }: TerminalReceipt): string[] =>
  papers.filter((paper) => paper.for === "customer").flatMap(({ lines }) => lines);

/** Whether it may be taken already; a page of a gateway keeps nobody from paying here. */
export const isAskedHere = ({ status, paymentMethod }: Payment): boolean =>
  isUndecided(status) && paymentMethod !== "online";

export const unresolved = refusal(
  "payment-unresolved",
  "A payment for this is not decided yet; nobody may be charged twice. Wait, or decide about it first.",
);

const proofOf = (receipt: TerminalReceipt) => ({
  receiptNumber: receipt.receiptNumber,
  traceNumber: receipt.traceNumber,
  cardLastFour: receipt.cardLastFour,
  place: receipt.terminalId,
  details: {
    card_name: receipt.cardName ?? null,
    ...(driverText(receipt).length === 0 ? {} : { terminal_text: driverText(receipt) }),
  },
});
