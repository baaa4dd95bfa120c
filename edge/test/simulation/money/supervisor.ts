import { happens, pick, wait } from "@gatehouse/firmware-sim/chance";
import type { OnlineGatewaySim } from "@gatehouse/firmware-sim/devices/online-gateway-sim";
import type { SeededRandom } from "@gatehouse/firmware-sim/seeded-random";
import type { VirtualClock } from "@gatehouse/firmware-sim/virtual-clock";
import type { Actor } from "@gatehouse/shared/contracts/actor";
import type { PaymentView } from "@gatehouse/shared/contracts/money";
import { hours, minutes } from "@gatehouse/shared/time";
import { isRefusal } from "../../../src/flows/desk.ts";
import type { Complain } from "../notebook.ts";
import type { CardDesk } from "./card-desk.ts";
import type { Cashier } from "./cashier.ts";
import type { Counter } from "./counter.ts";

export interface SupervisorParts {
  readonly world: VirtualClock;
  readonly random: SeededRandom;
  readonly counter: Counter;
  readonly cashier: Cashier;
  readonly cards: CardDesk;
  readonly gateway: OnlineGatewaySim;
  readonly complain: Complain;
}

const carla: Actor = { kind: "attendant", id: "carla" };
const round = minutes(10);
const refundable: readonly string[] = ["card", "cash", "stored-value", "online", "on-file"];

const complainsOf: readonly string[] = ["stay", "violation"];

/** Looks after money: what nobody else can decide, what must go back, what was never paid, and the end of the day. */
export class Supervisor {
  readonly #parts: SupervisorParts;
  readonly #random: SeededRandom;
  #isHome = false;

  constructor(parts: SupervisorParts) {
    this.#parts = parts;
    this.#random = parts.random.fork("supervisor");
  }

  begin(): void {
    this.#every(round, round, () => this.#lookAtAlerts(), true);
    this.#every(minutes(30), hours(2), () => this.#hearComplaint());
    this.#every(hours(1), hours(4), () => this.#askDebtor());
    this.#every(hours(20), hours(26), () => this.#endDays());
  }

  /** Nobody complains or pays old debts any more; what is open is still looked after. */
  goHome(): void {
    this.#isHome = true;
  }

  /** The money of a payment that a person refused to give back stays where it is. */
  async #lookAtAlerts(): Promise<void> {
    const alerts = await this.#parts.counter.press(({ overview }) => overview.alerts());
    for (const { alert_type: type, subject } of alerts) {
      if (type === "payment-undecided") await this.#decide(subject);
      if (type === "refund-to-agree") await this.#answerRefund(subject);
      if (type === "refund-undecided") await this.#decideRefund(subject);
      if (type === "money-to-return") await this.#returnMoney(subject);
    }
  }

  /** By the journal of the terminal, or of the gateway: whatever was booked there and pays for nothing else was this. */
  async #decide(paymentId: string): Promise<void> {
    const { counter, cards, gateway } = this.#parts;
    const { payments } = await counter.press(({ money }) => money.payments(undefined));
    const payment = payments.find((known) => known.payment_id === paymentId);
    if (payment === undefined || !payment.undecided) return;
    const known = new Set(payments.map(receiptOf));
    const isBooked =
      payment.place === gateway.name
        ? gateway.purse.chargesOf(paymentId).length > 0
        : cards.findUnexplained(payment.place ?? "", payment.amount_minor, known);
    const outcome = isBooked ? ("captured" as const) : ("not-captured" as const);
    const told = { outcome, reason: "as the terminal's journal says" };
    await counter.press(({ money }) => money.decide(paymentId, told, carla));
  }

  /** By the terminal's own journal: more went back to the card than the books know of. */
  async #decideRefund(refundId: string): Promise<void> {
    const { counter, cards } = this.#parts;
    const { refunds } = await counter.press(({ money }) => money.refunds());
    const refund = refunds.find((known) => known.refund_id === refundId);
    if (refund === undefined || !refund.is_undecided) return;
    const { payment_id: paymentId, session_id: sessionId, amount_minor: amount } = refund;
    const payment = await this.#paymentOf(sessionId, paymentId);
    if (payment?.method !== "card") return;
    const { place, receipt_number: receipt } = payment;
    const inBooks = refunds.filter(
      (known) =>
        known.status === "done" && known.payment_id === paymentId && known.amount_minor === amount,
    ).length;
    const isGiven = cards.countGivenBack(place ?? "", receipt ?? "", amount) > inBooks;
    const action = isGiven ? ("given" as const) : ("not-given" as const);
    const word = { action, reason: "as the terminal's journal says" };
    await counter.press(({ money }) => money.answerRefund(refundId, word, carla));
  }

  async #answerRefund(refundId: string): Promise<void> {
    const { counter, cashier } = this.#parts;
    const { refunds } = await counter.press(({ money }) => money.refunds());
    const refund = refunds.find((known) => known.refund_id === refundId);
    if (refund?.status !== "requested") return;
    const { payment_id: paymentId, session_id: sessionId } = refund;
    const payment = await this.#paymentOf(sessionId, paymentId);
    if (payment === undefined) return;
    await this.#tryAlone(refundId, refund.requested_by);
    const isCash = payment.method === "cash";
    const agree = async (): Promise<void> => {
      const mayAgree = happens(this.#random, 0.8) && (!isCash || cashier.isOpen);
      const action = mayAgree ? ("agree" as const) : ("refuse" as const);
      const till = isCash ? { till_id: cashier.drawer.tillId } : {};
      if (!isCash) this.#holdReady(payment);
      const word = { action, reason: "looked at it", ...till };
      const answer = await counter.press(({ money }) => money.answerRefund(refundId, word, carla));
      if (isRefusal(answer)) {
        const refuse = { action: "refuse" as const, reason: answer.reason };
        await counter.press(({ money }) => money.answerRefund(refundId, refuse, carla));
      } else if (isCash && answer.status === "done") {
        cashier.drawer.coins -= answer.amount_minor;
      }
    };
    await (isCash ? cashier.inTurn(agree) : agree());
  }

  /** Now and then whoever asked for a refund tries to agree to it as well. */
  async #tryAlone(refundId: string, asker: string): Promise<void> {
    if (!happens(this.#random, 0.5)) return;
    const { counter, cashier, complain } = this.#parts;
    const word = { action: "agree" as const, reason: "nobody else is here" };
    const till = { till_id: cashier.drawer.tillId };
    const actor: Actor = { kind: "attendant", id: asker };
    const answer = await counter.press(({ money }) =>
      money.answerRefund(refundId, { ...word, ...till }, actor),
    );
    if (!isRefusal(answer)) complain("I11", `${asker} agreed to a refund of their own`);
  }

  /** A stay that has ended, a penalty or a renewal was paid too much: whoever paid it gets it back. */
  async #returnMoney(subjectId: string): Promise<void> {
    const { counter } = this.#parts;
    const { payments: all } = await counter.press(({ money }) => money.payments(undefined));
    const payments = all.filter(
      (each) => each.session_id === subjectId || each.subject_id === subjectId,
    );
    const purpose = payments[0]?.purpose;
    if (purpose === undefined) return;
    const due = await counter.press(({ money }) => money.due({ purpose, subjectId }));
    const credit = isRefusal(due) ? 0 : -due.owed_in_books_minor;
    const paid = payments.find((each) => leftOf(each) > 0 && refundable.includes(each.method));
    if (credit <= 0 || paid === undefined) return;
    await this.#refund(paid, Math.min(credit, leftOf(paid)), false);
  }

  async #hearComplaint(): Promise<void> {
    const { payments } = await this.#parts.counter.press(({ money }) => money.payments(undefined));
    const fit = payments.filter(
      ({ status, purpose, method }) =>
        status === "captured" && complainsOf.includes(purpose) && refundable.includes(method),
    );
    if (fit.length === 0) return;
    const payment = pick(this.#random, fit);
    const amount = happens(this.#random, 0.5)
      ? payment.amount_minor
      : Math.max(1, Math.floor(payment.amount_minor * this.#random.fraction()));
    if (happens(this.#random, 0.2)) await this.#askTooMuch(payment);
    else await this.#refund(payment, amount, happens(this.#random, 0.2));
  }

  /** More than was ever paid. */
  async #askTooMuch({ payment_id: paymentId, amount_minor: amount }: PaymentView): Promise<void> {
    const { counter, cashier, complain } = this.#parts;
    const request = {
      request_id: this.#random.id(),
      payment_id: paymentId,
      kind: "refund" as const,
      amount_minor: amount + 100,
      reason: "the driver remembers more",
      till_id: cashier.drawer.tillId,
    };
    const { actor } = cashier;
    const answer = await counter.press(({ money }) => money.refund(request, actor));
    if (!isRefusal(answer)) complain("I11", `more than was paid goes back of ${paymentId}`);
  }

  async #refund(payment: PaymentView, amount: number, isVoid: boolean): Promise<void> {
    const { counter, cashier } = this.#parts;
    const { payment_id: paymentId, method } = payment;
    if (method === "cash") return void (await cashier.giveBack(paymentId, amount, isVoid));
    this.#holdReady(payment);
    const request = {
      request_id: this.#random.id(),
      payment_id: paymentId,
      kind: isVoid ? ("void" as const) : ("refund" as const),
      ...(isVoid ? {} : { amount_minor: amount }),
      reason: "the driver complained",
    };
    const { actor } = cashier;
    await counter.press(({ money }) => money.refund(request, actor));
  }

  #holdReady({ method, place, receipt_number: receipt }: PaymentView): void {
    if (method === "card") this.#parts.cards.holdReady(place ?? "", receipt ?? "");
  }

  /** Somebody who left without paying comes back, or never will. */
  async #askDebtor(): Promise<void> {
    const { counter, cashier } = this.#parts;
    const { debts } = await counter.press(({ money }) => money.debts(undefined));
    if (debts.length === 0) return;
    const { session_id: subjectId } = pick(this.#random, debts);
    if (happens(this.#random, 0.7)) {
      await cashier.take({ purpose: "stay", subjectId, handing: "note" });
      return;
    }
    const request = { request_id: this.#random.id(), reason: "nobody knows whose car it was" };
    await counter.press(({ money }) => money.writeOff(subjectId, request, carla));
  }

  async #endDays(): Promise<void> {
    const { counter, cards } = this.#parts;
    for (const id of cards.ids) {
      const requestId = this.#random.id();
      // A terminal that does not answer is asked another day.
      await counter.tried(({ terminals }) => terminals.endOfDay(id, carla, requestId));
    }
  }

  async #paymentOf(sessionId: string | null, paymentId: string): Promise<PaymentView | undefined> {
    const { counter } = this.#parts;
    const { payments } = await counter.press(({ money }) => money.payments(sessionId ?? undefined));
    return payments.find((known) => known.payment_id === paymentId);
  }

  /** @param isDuty goes on when everybody else has gone home */
  #every(least: number, most: number, act: () => Promise<void>, isDuty = false): void {
    const gap = wait(this.#random, least / 1000, most / 1000);
    this.#parts.world.after(gap, () => {
      if (this.#isHome && !isDuty) return;
      void act().finally(() => this.#every(least, most, act, isDuty));
    });
  }
}

const receiptOf = ({ place, receipt_number: receipt }: PaymentView): string =>
  `${place ?? ""}/${receipt ?? ""}`;

const leftOf = ({ status, amount_minor: amount, refunded_minor: refunded }: PaymentView): number =>
  status === "captured" || status === "part-refunded" ? amount - refunded : 0;
