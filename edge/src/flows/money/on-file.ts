import { Fault } from "@gatehouse/shared/fault";
import type { Part } from "@gatehouse/shared/part";
import type { SavedChargeAnswer } from "@gatehouse/shared/ports/online-gateway";
import { hours, type Instant, minutes } from "@gatehouse/shared/time";
import { isAccepted, isUndecided } from "../../domain/payment.ts";
import type { Reader, Tx } from "../../store/book.ts";
import { findOnlinePayment } from "../../store/online-payments.ts";
import {
  findPayment,
  listUnresolved,
  type Payment,
  paymentsWith,
  savePayment,
} from "../../store/payments.ts";
import { findValueAccount, valueAccountOf } from "../../store/value-accounts.ts";
import { clearAlert, raiseAlert } from "../alerts.ts";
import { isLeftToPerson } from "./card-writing.ts";
import { beginStay, isChargeable, mayGo, type OnFileDeps } from "./on-file-starting.ts";
import { acceptOffline, doubtPayment, endUnpaid, losePayment } from "./payment-writing.ts";

/** A gateway remembers what it was asked for an hour at least: until then the same question books nothing twice. */
const rememberedFor = minutes(50);
/** Cars were let go on means that could not be charged since. */
const chargesWait = "offline-charges-wait";
const waitingMost = hours(24);

/** `waiting`: not known yet, and asked about until it is; `away`: the gateway was not reached, nothing was booked. */
export type OnFileOutcome = "captured" | "waiting" | "declined" | "away";

/** Charges means of payment that their holders left with a gateway, each once, however often it is asked. */
export class OnFile implements Part {
  readonly name = "means on file";
  readonly #deps: OnFileDeps;
  readonly #underWay = new Map<string, Promise<OnFileOutcome>>();

  constructor(deps: OnFileDeps) {
    this.#deps = deps;
  }

  async start(): Promise<void> {}

  /** Waits for the answers that are on their way: they are written before the book is closed. */
  async stop(): Promise<void> {
    await Promise.allSettled(this.#underWay.values());
  }

  /** Whether the plate's holder left a means that can be charged at the exit. */
  hasMeans(reader: Reader, plate: string | null): boolean {
    return plate !== null && isChargeable(valueAccountOf(reader, plate));
  }

  /**
   * Charges the means on file of a session's plate. Where its gateway does not answer at once the vehicle is let go
   * under its account's floor limit, and charged later under the same id.
   *
   * @returns whether nothing is due any more
   * @throws Fault `disk-full`
   */
  async payStay(sessionId: string): Promise<boolean> {
    const { book, clock } = this.#deps;
    const payment = book.write<Payment | undefined>((tx) =>
      beginStay(tx, this.#deps, sessionId, clock.now()),
    );
    if (payment === undefined) return false;
    await this.charge(payment.paymentId);
    return isAccepted(findPayment(book, payment.paymentId)?.status ?? "started");
  }

  /** Asks for a payment that was started, or that was accepted before its bank was asked. @throws Fault `disk-full` */
  charge(paymentId: string): Promise<OnFileOutcome> {
    const asked =
      this.#underWay.get(paymentId) ??
      this.#charge(paymentId).finally(() => this.#underWay.delete(paymentId));
    this.#underWay.set(paymentId, asked);
    return asked;
  }

  async #charge(paymentId: string): Promise<OnFileOutcome> {
    const { book, online } = this.#deps;
    const payment = findPayment(book, paymentId);
    if (payment === undefined || !isOpen(payment)) return outcomeOf(payment);
    const { account_id: accountId } = payment.paymentDetails;
    const account = findValueAccount(book, typeof accountId === "string" ? accountId : "");
    if (!isChargeable(account)) return this.#refuse(payment, "no-means", "no means is on file");
    if (this.#isForgotten(payment)) return this.#leaveToPerson(payment);
    const { customerRef, meansRef } = account;
    try {
      return this.#keep(payment, await online.chargeSaved(paymentId, { customerRef, meansRef }));
    } catch (error) {
      if (!(error instanceof Fault) || error.code === "disk-full") throw error;
      return this.#miss(payment, error);
    }
  }

  /** Everything that is not known yet; upkeep calls it after the gateways were asked what they know by themselves. */
  async settleAll(): Promise<void> {
    const { book } = this.#deps;
    this.#tellWaiting();
    const away = new Set<string | null>();
    const open = [...listUnresolved(book), ...paymentsWith(book, "accepted-offline")];
    for (const { paymentId, terminalId } of open.filter(isOpen)) {
      const { state, facts } = findOnlinePayment(book, paymentId) ?? {};
      const payment = findPayment(book, paymentId);
      if (payment === undefined || away.has(terminalId) || state === "processing") continue;
      // Without its holder nobody tries again by itself.
      const isOver = facts?.standing?.kind === "attempt-failed";
      if (isOver || state === "failed" || state === "expired") {
        this.#refuse(payment, "refused-later", "the bank refused it");
      } else if ((await this.charge(paymentId)) === "away") away.add(terminalId);
    }
  }

  /** Money that should have come long ago: the gateway, its key or the connection wants a person. */
  #tellWaiting(): void {
    const { book, clock, random } = this.#deps;
    const at = clock.now();
    const old = paymentsWith(book, "accepted-offline").filter(
      ({ startedAt }) => at - startedAt > waitingMost,
    );
    book.write((tx) => {
      if (old.length === 0) return clearAlert(tx, at, chargesWait, "on-file");
      raiseAlert(tx, random, at, {
        type: chargesWait,
        subject: "on-file",
        severity: "warning",
        details: {
          payments: old.length,
          amount_minor: old.reduce((sum, { amount }) => sum + amount, 0),
        },
      });
    }, "plain");
  }

  #keep(payment: Payment, answer: SavedChargeAnswer): OnFileOutcome {
    if (answer.kind === "captured") return "captured";
    if (answer.kind !== "pending") return this.#refuse(payment, answer.kind, answer.reason);
    return this.#lose(payment, "the bank takes its time");
  }

  #miss(payment: Payment, fault: Fault): OnFileOutcome {
    if (fault.code === "gateway-answer-lost") return this.#lose(payment, fault.message);
    // What was asked for before may have been booked then; this one surely was not.
    if (payment.status === "unknown") return "waiting";
    // Let go already: only its bank's word makes it a debt, and no key of ours that is wrong.
    if (payment.status === "accepted-offline") return "away";
    if (fault.retryable && this.#accept(payment, fault.message)) return "away";
    this.#refuse(payment, fault.code, fault.message);
    return fault.retryable ? "away" : "declined";
  }

  /** Its stay may go on the floor limit of its account. @returns whether it may */
  #accept({ paymentId }: Payment, detail: string): boolean {
    this.#write(paymentId, (tx, now, at) => {
      if (mayGo(tx, now)) acceptOffline(tx, this.#deps, now, detail, at);
    });
    return findPayment(this.#deps.book, paymentId)?.status === "accepted-offline";
  }

  #lose(payment: Payment, detail: string): "waiting" {
    const { paymentId } = payment;
    this.#accept(payment, detail);
    this.#write(paymentId, (tx, now, at) => {
      const lost = now.status === "started" ? losePayment(tx, this.#deps, now, detail, at) : now;
      const { paymentDetails } = lost;
      const details = { ...paymentDetails, lost_at: paymentDetails["lost_at"] ?? at };
      savePayment(tx, { ...lost, paymentDetails: details });
    });
    return "waiting";
  }

  #refuse({ paymentId }: Payment, resultCode: string, reason: string): "declined" {
    this.#write(paymentId, (tx, now, at) => {
      const isMissed = resultCode.startsWith("gateway-") && isUndecided(now.status);
      const status = isMissed ? "failed" : "declined";
      endUnpaid(tx, this.#deps, now, status, { resultCode, reason }, at);
    });
    return "declined";
  }

  #leaveToPerson({ paymentId }: Payment): "waiting" {
    this.#write(paymentId, (tx, now, at) => {
      doubtPayment(tx, this.#deps, now, { detail: "the gateway never answered" }, at);
    });
    return "waiting";
  }

  /** Its answer was lost too long ago: asked again it could be charged twice. */
  #isForgotten({ paymentDetails, paymentId }: Payment): boolean {
    const { lost_at: lostAt } = paymentDetails;
    const { book, clock } = this.#deps;
    if (findOnlinePayment(book, paymentId)?.state === "processing") return false;
    return typeof lostAt === "number" && clock.now() - lostAt > rememberedFor;
  }

  #write(paymentId: string, act: (tx: Tx, now: Payment, at: Instant) => void): void {
    const { book, clock } = this.#deps;
    book.write((tx) => {
      const now = findPayment(tx, paymentId);
      if (now !== undefined && isOpen(now)) act(tx, now, clock.now());
    });
  }
}

const isOpen = (payment: Payment): boolean =>
  payment.paymentMethod === "on-file" &&
  (isUndecided(payment.status) || payment.status === "accepted-offline") &&
  !isLeftToPerson(payment);

const outcomeOf = (payment: Payment | undefined): OnFileOutcome =>
  payment?.status === "captured"
    ? "captured"
    : payment !== undefined && isUndecided(payment.status)
      ? "waiting"
      : "declined";
