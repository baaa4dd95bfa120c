import { Fault } from "@gatehouse/shared/fault";
import { type Minor, minorUnits } from "@gatehouse/shared/money";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { Random } from "@gatehouse/shared/ports/random";
import type {
  ChargeEnquiry,
  ChargeRequest,
  PaymentTerminal,
  TerminalReceipt,
} from "@gatehouse/shared/ports/terminal";
import { check } from "@gatehouse/shared/check";
import { earlier, hours, type Instant, seconds } from "@gatehouse/shared/time";
import { paymentMayBecome, type PaymentStatus } from "../domain/payment.ts";
import type { Book, Tx } from "../store/book.ts";
import {
  findPayment,
  insertPayment,
  listUnresolved,
  type Payment,
  paymentsOf,
  receiptUsed,
  savePayment,
} from "../store/payments.ts";
import { findSession } from "../store/sessions.ts";
import { clearAlert, raiseAlert } from "./alerts.ts";
import type { Counters } from "./counters.ts";
import { creditSession, giveQuote, quoteSession } from "./sessions.ts";
import type { SteadyTime } from "./steady-time.ts";

export interface PaymentDeps {
  readonly book: Book;
  readonly clock: Clock;
  readonly random: Random;
  readonly counters: Counters;
  readonly steady: SteadyTime;
  readonly currency: string;
  /** Terminals of the facility by id, for charges that a restart left open. */
  readonly terminals: ReadonlyMap<string, PaymentTerminal>;
}

/** How collecting ended; every case has its continuation, so nobody is trapped in silence. */
export type CollectOutcome = "paid" | "declined" | "terminal-unreachable" | "unresolved" | "gone";

/** A driver may try so many cards before an attendant is called. */
const attemptLimit = 3;
const betweenAttempts = seconds(2);
/** While the car waits, a lost answer is asked for this often and this many times; later upkeep goes on asking. */
const betweenEnquiries = seconds(5);
const enquiryLimit = 24;
/** Receipt numbers wrap at 9999: within this time one number is one receipt. */
const receiptUniqueFor = hours(24);

/** Takes money for a session: started in the book before the terminal is asked, and asked about, never repeated, when the answer is lost. */
export class PaymentFlow {
  readonly #deps: PaymentDeps;

  constructor(deps: PaymentDeps) {
    this.#deps = deps;
  }

  /**
   * Collects what a session owes at a lane's terminal.
   *
   * @param wanted false as soon as the vehicle has left or an attendant took over: nothing new is started then
   */
  async collect(
    laneId: string,
    sessionId: string,
    terminal: PaymentTerminal,
    wanted: () => boolean,
  ): Promise<CollectOutcome> {
    for (const open of paymentsOf(this.#deps.book, sessionId).filter(isOpen)) {
      if ((await this.#resolve(open, terminal, wanted)) === "unknown") return "unresolved";
    }
    let outcome: CollectOutcome = "gone";
    for (let attempt = 0; attempt < attemptLimit && wanted(); attempt++) {
      if (attempt > 0) await this.#deps.clock.sleep(betweenAttempts);
      if (!wanted()) return "gone";
      const payment = this.#start(laneId, sessionId, terminal);
      if (payment === undefined) return "paid";
      const status = await this.#charge(payment, terminal, wanted);
      if (status === "captured") return "paid";
      if (status === "unknown") return "unresolved";
      outcome = status === "declined" ? "declined" : "terminal-unreachable";
    }
    return wanted() ? outcome : "gone";
  }

  /** Asks the terminals about every charge whose outcome is not known; upkeep and recovery call it. */
  async resolveAll(): Promise<void> {
    for (const payment of listUnresolved(this.#deps.book)) {
      const terminal = this.#deps.terminals.get(payment.terminalId ?? "");
      if (terminal !== undefined && !this.#underWay.has(payment.paymentId))
        await this.#enquireOnce(payment, terminal);
    }
  }

  readonly #underWay = new Set<string>();

  /** @returns undefined when nothing is owed any more */
  #start(laneId: string, sessionId: string, terminal: PaymentTerminal): Payment | undefined {
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
        terminalId: terminal.id,
        status: "started",
        startedAt: at,
        processedAt: null,
        paymentDetails: { since_receipt: terminal.lastReceipt() ?? null },
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
          terminal_id: terminal.id,
        },
      });
      return payment;
    });
  }

  async #charge(
    payment: Payment,
    terminal: PaymentTerminal,
    wanted: () => boolean,
  ): Promise<PaymentStatus> {
    this.#underWay.add(payment.paymentId);
    try {
      const answer = await terminal.charge(requestOf(payment), (receipt) =>
        this.#capture(payment, receipt, "answer"),
      );
      if (answer.kind === "declined") this.#decline(payment, answer.resultCode, answer.reason);
      else this.#capture(payment, answer.receipt, "answer");
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      if (error.code !== "terminal-answer-lost") this.#fail(payment, error.message);
      else this.#lose(payment, error.message);
    } finally {
      this.#underWay.delete(payment.paymentId);
    }
    const now = this.#statusOf(payment);
    return now === "unknown" ? this.#resolve(payment, terminal, wanted) : now;
  }

  async #resolve(
    payment: Payment,
    terminal: PaymentTerminal,
    wanted: () => boolean,
  ): Promise<PaymentStatus> {
    for (
      let asked = 0;
      asked < enquiryLimit && isOpen({ status: this.#statusOf(payment) });
      asked++
    ) {
      await this.#enquireOnce(payment, terminal);
      if (!isOpen({ status: this.#statusOf(payment) }) || !wanted()) break;
      await this.#deps.clock.sleep(betweenEnquiries);
    }
    const status = this.#statusOf(payment);
    return status === "started" ? "unknown" : status;
  }

  async #enquireOnce(payment: Payment, terminal: PaymentTerminal): Promise<void> {
    this.#underWay.add(payment.paymentId);
    try {
      const since = payment.paymentDetails["since_receipt"];
      const answer = await terminal.enquire(
        requestOf(payment),
        typeof since === "string" ? since : undefined,
        payment.startedAt as Instant,
      );
      this.#believe(payment, answer);
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      this.#lose(payment, error.message);
    } finally {
      this.#underWay.delete(payment.paymentId);
    }
  }

  #believe(payment: Payment, answer: ChargeEnquiry): void {
    if (answer.kind === "captured") return this.#capture(payment, answer.receipt, "enquiry");
    if (answer.kind === "not-booked") return this.#fail(payment, "the terminal booked nothing");
    this.#lose(payment, answer.detail);
    const { book, clock, random } = this.#deps;
    book.write((tx) =>
      raiseAlert(tx, random, clock.now(), {
        type: "payment-undecided",
        subject: payment.paymentId,
        severity: "critical",
        details: { session_id: payment.sessionId, detail: answer.detail },
      }),
    );
  }

  #capture(payment: Payment, receipt: TerminalReceipt, knownBy: "answer" | "enquiry"): void {
    const { book } = this.#deps;
    book.write((tx) => this.#captureIn(tx, payment, receipt, knownBy));
  }

  #captureIn(
    tx: Tx,
    payment: Payment,
    receipt: TerminalReceipt,
    knownBy: "answer" | "enquiry",
  ): void {
    const { clock, counters, random } = this.#deps;
    const at = clock.now();
    const now = findPayment(tx, payment.paymentId) ?? payment;
    if (now.status === "captured") return;
    const used = receiptUsed(
      tx,
      receipt.terminalId,
      receipt.receiptNumber,
      earlier(payment.startedAt as Instant, receiptUniqueFor),
    );
    if (knownBy === "enquiry" && used) {
      raiseAlert(tx, random, at, {
        type: "payment-undecided",
        subject: payment.paymentId,
        severity: "critical",
        details: { receipt: receipt.receiptNumber },
      });
      return;
    }
    this.#become(tx, payment, "captured", at, {
      transactionId: receipt.receiptNumber,
      terminalId: receipt.terminalId,
      paymentDetails: {
        ...now.paymentDetails,
        trace_number: receipt.traceNumber ?? null,
        card_name: receipt.cardName ?? null,
        card_last_four: receipt.cardLastFour ?? null,
      },
    });
    tx.append(at, {
      type: "payment-captured",
      body: {
        payment_id: payment.paymentId,
        session_id: payment.sessionId,
        amount_minor: payment.amount,
        receipt_number: receipt.receiptNumber,
        trace_number: receipt.traceNumber ?? null,
        terminal_id: receipt.terminalId,
        card_last_four: receipt.cardLastFour ?? null,
        known_by: knownBy,
      },
    });
    const session = findSession(tx, payment.sessionId);
    if (session !== undefined)
      creditSession(
        tx,
        this.#deps,
        session.exitLane ?? session.entryLane,
        session,
        payment.amount,
        at,
      );
    clearAlert(tx, at, "payment-undecided", payment.paymentId);
    counters.count("payments_total", { status: "captured" });
  }

  #decline(payment: Payment, resultCode: string, reason: string): void {
    const { book, clock, counters } = this.#deps;
    const at = clock.now();
    book.write((tx) => {
      if (!paymentMayBecome(findPayment(tx, payment.paymentId)?.status ?? "started", "declined"))
        return;
      this.#become(tx, payment, "declined", at, {
        paymentDetails: { ...payment.paymentDetails, result_code: resultCode, reason },
      });
      tx.append(at, {
        type: "payment-declined",
        body: {
          payment_id: payment.paymentId,
          session_id: payment.sessionId,
          result_code: resultCode,
          reason,
        },
      });
      counters.count("payments_total", { status: "declined" });
    });
  }

  /** Surely nothing was booked. */
  #fail(payment: Payment, reason: string): void {
    const { book, clock, counters } = this.#deps;
    const at = clock.now();
    book.write((tx) => {
      if (!paymentMayBecome(findPayment(tx, payment.paymentId)?.status ?? "started", "failed"))
        return;
      this.#become(tx, payment, "failed", at, {
        paymentDetails: { ...payment.paymentDetails, reason },
      });
      tx.append(at, {
        type: "payment-declined",
        body: {
          payment_id: payment.paymentId,
          session_id: payment.sessionId,
          result_code: "not-booked",
          reason,
        },
      });
      clearAlert(tx, at, "payment-undecided", payment.paymentId);
      counters.count("payments_total", { status: "failed" });
    });
  }

  #lose(payment: Payment, detail: string): void {
    const { book, clock, counters } = this.#deps;
    const at = clock.now();
    book.write((tx) => {
      if (findPayment(tx, payment.paymentId)?.status !== "started") return;
      this.#become(tx, payment, "unknown", null, {
        paymentDetails: { ...payment.paymentDetails, detail },
      });
      tx.append(at, {
        type: "payment-unknown",
        body: { payment_id: payment.paymentId, session_id: payment.sessionId, detail },
      });
      counters.count("payments_total", { status: "unknown" });
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
  }

  #statusOf(payment: Payment): PaymentStatus {
    return findPayment(this.#deps.book, payment.paymentId)?.status ?? payment.status;
  }
}

const isOpen = (payment: { readonly status: PaymentStatus }): boolean =>
  payment.status === "started" || payment.status === "unknown";

const requestOf = (payment: Payment): ChargeRequest => ({
  paymentId: payment.paymentId,
  amount: minorUnits(payment.amount) as Minor,
  currency: payment.currency,
});
