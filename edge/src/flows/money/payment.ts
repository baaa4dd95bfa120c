import { Fault } from "@gatehouse/shared/fault";
import { minorUnits } from "@gatehouse/shared/money";
import type { Part } from "@gatehouse/shared/part";
import type {
  ChargeAnswer,
  ChargeEnquiry,
  ChargeRequest,
  PaymentTerminal,
} from "@gatehouse/shared/ports/terminal";
import { type Instant, seconds } from "@gatehouse/shared/time";
import { isUndecided, type PaymentStatus } from "../../domain/payment.ts";
import {
  findPayment,
  findPaymentByRequest,
  listUnresolved,
  type Payment,
  paymentsOf,
} from "../../store/payments.ts";
import { isRefusal, type Refusal } from "../desk.ts";
import { CardWriting, isAskedHere, isLeftToPerson, unresolved } from "./card-writing.ts";
import type { MoneyDeps } from "./money-deps.ts";
import type { Payable } from "./owed.ts";

export interface PaymentDeps extends MoneyDeps {
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

/**
 * Takes money for a session: started in the book before the terminal is asked, and asked about, never repeated,
 * when the answer is lost.
 */
export class PaymentFlow implements Part {
  readonly name = "payments";
  readonly #deps: PaymentDeps;
  readonly #writing: CardWriting;
  /** Payments that a terminal is being asked about now; nobody else asks meanwhile. */
  readonly #underWay = new Map<string, Promise<unknown>>();
  #stopped = false;

  constructor(deps: PaymentDeps) {
    this.#deps = deps;
    this.#writing = new CardWriting(deps);
  }

  async start(): Promise<void> {
    this.#stopped = false;
  }

  /** What a terminal says after this is left to the next start: it asks again. */
  async stop(): Promise<void> {
    this.#stopped = true;
  }

  /**
   * Collects what a session owes at a lane's terminal.
   *
   * @param wanted false as soon as the vehicle has left or an attendant took over: nothing new is started then
   * @throws Fault `disk-full`: what the terminal was asked for last, it is asked about again
   */
  async collect(
    laneId: string,
    sessionId: string,
    terminal: PaymentTerminal,
    wanted: () => boolean,
  ): Promise<CollectOutcome> {
    const earlier = await this.#resolveEarlier(sessionId, terminal, wanted);
    if (earlier !== "resolved") return earlier;
    let outcome: CollectOutcome = "gone";
    for (let attempt = 0; attempt < attemptLimit && wanted(); attempt++) {
      if (attempt > 0) await this.#deps.clock.sleep(betweenAttempts);
      if (!wanted() || this.#stopped) return "gone";
      const last = terminal.lastReceipt();
      const payment = this.#writing.start(laneId, sessionId, terminal.id, last);
      if (payment === undefined) return "paid";
      const status = await this.#charge(payment, terminal, wanted);
      if (status === "captured") return "paid";
      if (isUndecided(status)) return "unresolved";
      outcome = status === "declined" ? "declined" : "terminal-unreachable";
    }
    return wanted() ? outcome : "gone";
  }

  /**
   * Asks for one payment at a terminal that an attendant chose, once: another card is another press.
   *
   * @returns the payment as it stands when the terminal has told, or when nobody can tell
   */
  async payAt(
    terminal: PaymentTerminal,
    payable: Payable,
    press: { readonly requestId: string; readonly amount: number | undefined },
  ): Promise<Payment | Refusal> {
    const { book } = this.#deps;
    const known = findPaymentByRequest(book, press.requestId);
    if (known !== undefined) {
      await this.#underWay.get(known.paymentId);
      return findPayment(book, known.paymentId) ?? known;
    }
    const sessionId = payable.purpose === "stay" ? payable.subjectId : "";
    const earlier = await this.#resolveEarlier(sessionId, terminal, () => true);
    if (earlier !== "resolved") return unresolved;
    const begun = this.#writing.startAt(payable, terminal.id, terminal.lastReceipt(), press);
    if (isRefusal(begun)) return begun;
    const { payment, isNew } = begun;
    if (isNew) await this.#charge(payment, terminal, () => true);
    else await this.#underWay.get(payment.paymentId);
    return findPayment(book, payment.paymentId) ?? payment;
  }

  /**
   * Waits for what is being asked at a terminal for a session, after somebody has ended it there.
   *
   * @returns whether nothing of it is open any more, so that it can be paid another way
   */
  async release(sessionId: string): Promise<boolean> {
    const { book } = this.#deps;
    const open = () => paymentsOf(book, sessionId).filter(isAskedHere);
    for (const { paymentId } of open()) await this.#underWay.get(paymentId);
    return open().length === 0;
  }

  /** Asks the terminals about every charge whose outcome is not known; upkeep calls it. */
  async resolveAll(): Promise<void> {
    for (const payment of listUnresolved(this.#deps.book)) {
      if (isLeftToPerson(payment)) continue;
      const terminal = this.#deps.terminals.get(payment.terminalId ?? "");
      if (terminal !== undefined) await this.#enquire(payment, terminal);
    }
  }

  /**
   * Clears what an earlier try has left open: of this session, because it may be paid already, and of this
   * terminal, because it can only tell about its last receipt.
   *
   * @returns `unresolved` when this session may have been paid and nobody can tell; `terminal-unreachable` when
   *   the terminal did not tell of an earlier charge: the next receipt would hide its outcome for ever
   */
  async #resolveEarlier(
    sessionId: string,
    terminal: PaymentTerminal,
    wanted: () => boolean,
  ): Promise<"resolved" | "unresolved" | "terminal-unreachable"> {
    const { book, terminals } = this.#deps;
    for (const open of paymentsOf(book, sessionId).filter(isAskedHere)) {
      const asked = terminals.get(open.terminalId ?? "");
      if (asked === undefined || isLeftToPerson(open)) return "unresolved";
      if (this.#underWay.has(open.paymentId)) return "unresolved";
      if (isUndecided(await this.#resolve(open, asked, wanted))) return "unresolved";
    }
    for (const other of listUnresolved(book)) {
      if (other.terminalId !== terminal.id || isLeftToPerson(other)) continue;
      await this.#underWay.get(other.paymentId);
      if (!isUndecided(this.#writing.statusOf(other))) continue;
      if (!(await this.#enquire(other, terminal))) return "terminal-unreachable";
    }
    return "resolved";
  }

  async #charge(
    payment: Payment,
    terminal: PaymentTerminal,
    wanted: () => boolean,
  ): Promise<PaymentStatus> {
    const answer = await this.#ask(payment, () =>
      terminal.charge(requestOf(payment), (receipt) => {
        // Nobody could make it durable any more: the terminal must take it back.
        if (this.#stopped) throw new Fault("terminal-busy", "the daemon is stopping");
        this.#writing.capture(payment, receipt, "answer");
      }),
    );
    if (this.#stopped) return "unknown";
    this.#writeAnswer(payment, answer);
    const status = this.#writing.statusOf(payment);
    return status === "unknown" ? this.#resolve(payment, terminal, wanted) : status;
  }

  #writeAnswer(payment: Payment, answer: ChargeAnswer | Fault): void {
    const writing = this.#writing;
    if (answer instanceof Fault) {
      if (answer.code === "terminal-answer-lost") writing.lose(payment, answer.message);
      else writing.fail(payment, answer.message);
    } else if (answer.kind === "declined") {
      writing.decline(payment, answer.resultCode, answer.reason);
    } else writing.capture(payment, answer.receipt, "answer");
  }

  /** Asks until the terminal has told, a person must decide, or nobody waits for it any more. */
  async #resolve(
    payment: Payment,
    terminal: PaymentTerminal,
    wanted: () => boolean,
  ): Promise<PaymentStatus> {
    for (let asked = 0; asked < enquiryLimit; asked++) {
      if (asked > 0) await this.#deps.clock.sleep(betweenEnquiries);
      if (asked > 0 && (this.#stopped || !wanted())) break;
      if (await this.#enquire(payment, terminal)) break;
    }
    return this.#writing.statusOf(payment);
  }

  /** @returns whether asking again would bring nothing new */
  async #enquire(payment: Payment, terminal: PaymentTerminal): Promise<boolean> {
    if (this.#stopped || this.#underWay.has(payment.paymentId)) return false;
    const since = payment.paymentDetails["since_receipt"];
    const known = typeof since === "string" ? since : undefined;
    const answer = await this.#ask(payment, () =>
      terminal.enquire(requestOf(payment), known, payment.startedAt as Instant),
    );
    if (this.#stopped) return false;
    if (answer instanceof Fault) this.#writing.lose(payment, answer.message);
    else this.#believe(payment, answer);
    return !(answer instanceof Fault);
  }

  /** One question to a terminal about a payment; nobody else asks about it meanwhile. */
  #ask<T>(payment: Payment, question: () => Promise<T>): Promise<T | Fault> {
    const { paymentId } = payment;
    const asked = question()
      .catch(faultOnly)
      .finally(() => this.#underWay.delete(paymentId));
    this.#underWay.set(paymentId, asked);
    return asked;
  }

  #believe(payment: Payment, answer: ChargeEnquiry): void {
    if (!isUndecided(this.#writing.statusOf(payment))) return;
    if (answer.kind === "captured") this.#writing.capture(payment, answer.receipt, "enquiry");
    else if (answer.kind === "not-booked")
      this.#writing.fail(payment, "the terminal booked nothing");
    else this.#writing.leaveToPerson(payment, answer.detail);
  }
}

const requestOf = (payment: Payment): ChargeRequest => ({
  paymentId: payment.paymentId,
  amount: minorUnits(payment.amount),
  currency: payment.currency,
});

function faultOnly(error: unknown): Fault {
  if (error instanceof Fault) return error;
  throw error;
}
