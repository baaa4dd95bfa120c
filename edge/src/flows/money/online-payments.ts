import { check } from "@gatehouse/shared/check";
import { Fault } from "@gatehouse/shared/fault";
import { minorUnits } from "@gatehouse/shared/money";
import type { OnlineNews, SavedMeans } from "@gatehouse/shared/online-news";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type {
  EnquiredRef,
  Offer,
  OfferRequest,
  OnlineGateway,
  RefundAnswer,
  RefundRequest,
  SavedChargeAnswer,
} from "@gatehouse/shared/ports/online-gateway";
import type { Random } from "@gatehouse/shared/ports/random";
import { hours, type Instant, later } from "@gatehouse/shared/time";
import { learn, nothingTold } from "../../domain/online-facts.ts";
import {
  changeBetween,
  type OnlineChange,
  type OnlineView,
  viewOf,
} from "../../domain/online-payment.ts";
import type { Book, Tx } from "../../store/book.ts";
import {
  findOnlinePayment,
  insertOnlinePayment,
  listUnsettled,
  noteRef,
  type OnlinePayment,
  paymentOfRef,
  refsOf,
  saveOnlinePayment,
} from "../../store/online-payments.ts";
import { raiseAlert } from "../alerts.ts";
import type { Counters } from "../counters.ts";

/** A payment that a person should look at; its id is the subject. */
export const onlineReview = "online-payment-review";
/** So many that are still open are asked about in one round, drivers who wait now first. */
const roundLimit = 1000;
/** No gateway remembers an id for longer: what it has never named to us by then, nobody was ever shown. */
const namelessFor = hours(24);

/**
 * Books what a change of an online payment means, in the transaction that keeps its facts: a capture credits the
 * session with `allotCapture(change, due)` and owes the rest back; refunds and disputes move what they say. It is
 * called once for every change of money or state, and never twice for the same.
 */
export type SettleOnline = (
  tx: Tx,
  payment: OnlinePayment,
  change: OnlineChange,
  view: OnlineView,
) => void;

export interface OnlinePaymentsDeps {
  readonly book: Book;
  readonly clock: Clock;
  readonly random: Random;
  readonly counters: Counters;
  /** By the id in the configuration. */
  readonly gateways: ReadonlyMap<string, OnlineGateway>;
  readonly settle: SettleOnline;
}

export type NewOffer = Omit<OfferRequest, "offeredAt"> & { readonly gateway: string };

/** Offers to pay at a gateway's page, and what is known of them. */
export class OnlinePayments {
  readonly #deps: OnlinePaymentsDeps;

  constructor(deps: OnlinePaymentsDeps) {
    this.#deps = deps;
  }

  /** Writes what a gateway is about to be asked for; `ask` follows, and can follow again after a restart. */
  begin(tx: Tx, offer: Omit<NewOffer, "returnUrl" | "keepMeansOf">): OnlinePayment {
    const { paymentId, gateway, amount, currency, description, expiresAt } = offer;
    const payment: OnlinePayment = {
      paymentId,
      gateway,
      amount,
      currency,
      description,
      offeredAt: this.#deps.clock.now(),
      expiresAt,
      offerRef: null,
      url: null,
      facts: nothingTold,
      state: "open",
    };
    insertOnlinePayment(tx, payment);
    return payment;
  }

  /**
   * Asks the gateway for the page of a payment that was begun. Asked again, it is the same page.
   *
   * @throws Fault as `OnlineGateway.offer`
   */
  async ask(
    paymentId: string,
    { returnUrl, keepMeansOf }: Pick<OfferRequest, "returnUrl" | "keepMeansOf">,
  ): Promise<Offer> {
    const payment = this.#find(paymentId);
    if (payment.offerRef !== null && payment.url !== null) {
      return { offerRef: payment.offerRef, url: payment.url };
    }
    const offer = await this.#gatewayOf(payment).offer({
      paymentId,
      amount: minorUnits(payment.amount),
      currency: payment.currency,
      description: payment.description,
      offeredAt: payment.offeredAt as Instant,
      expiresAt: payment.expiresAt as Instant,
      returnUrl,
      ...(keepMeansOf === undefined ? {} : { keepMeansOf }),
    });
    this.#deps.book.write((tx) => {
      const now = findOnlinePayment(tx, paymentId) ?? payment;
      noteRef(tx, payment.gateway, offer.offerRef, paymentId);
      saveOnlinePayment(tx, { ...now, offerRef: offer.offerRef, url: offer.url });
    });
    return offer;
  }

  /**
   * Merges news into a payment's facts and has the difference booked, all in this transaction.
   *
   * @param at when it was so, by the clock of whoever told it
   */
  learn(tx: Tx, paymentId: string, news: readonly OnlineNews[], at: number): OnlineView {
    const payment = findOnlinePayment(tx, paymentId);
    check(payment !== undefined, `an online payment that is told of exists: ${paymentId}`);
    const ask = { amount: minorUnits(payment.amount), currency: payment.currency };
    const ours = news.filter((one) => this.#isOf(tx, payment, one));
    const facts = ours.reduce((known, one) => learn(known, one, at), payment.facts);
    const after = viewOf(ask, facts);
    const change = changeBetween(viewOf(ask, payment.facts), after);
    const now = { ...payment, facts, state: after.state };
    for (const ref of Object.keys(facts.charges)) noteRef(tx, payment.gateway, ref, paymentId);
    saveOnlinePayment(tx, now);
    const reasons = [
      ...change.reviews,
      ...(ours.length < news.length ? ["charge-of-another-payment"] : []),
    ];
    if (reasons.length > 0) this.#review(tx, payment, reasons);
    if (isMovement(change) || now.state !== payment.state)
      this.#deps.settle(tx, now, change, after);
    return after;
  }

  /**
   * Charges a means that its holder left with the gateway, for a payment that was begun. Asked again, it is the same
   * charge. What is declined is over: another try is another payment.
   *
   * @throws Fault as `OnlineGateway.chargeSaved`
   */
  async chargeSaved(paymentId: string, means: SavedMeans): Promise<SavedChargeAnswer> {
    const payment = this.#find(paymentId);
    const answer = await this.#gatewayOf(payment).chargeSaved({
      ...means,
      paymentId,
      amount: minorUnits(payment.amount),
      currency: payment.currency,
      description: payment.description,
    });
    this.#deps.book.write((tx) => {
      if ("chargeRef" in answer) noteRef(tx, payment.gateway, answer.chargeRef, paymentId);
      this.learn(tx, paymentId, [newsOf(answer, payment)], this.#deps.clock.now());
    });
    return answer;
  }

  /**
   * Gives money back for a refund that stands in the book. What comes of it is learnt like any news, so the answer and
   * the callbacks about it are booked once between them, by `settle`; a pending one is booked when it is done.
   *
   * @throws Fault as `OnlineGateway.refund`: asked again under its id it is the same refund
   */
  async refund(request: RefundRequest): Promise<RefundAnswer> {
    const { paymentId, refundId, chargeRef, amount, currency } = request;
    const payment = this.#find(paymentId);
    const answer = await this.#gatewayOf(payment).refund(request);
    const { refundRef, state } = answer;
    // Not even taken: the gateway has nothing to tell of it.
    if (refundRef === undefined) return answer;
    this.#deps.book.write((tx) => {
      const news = { kind: "refund", refundRef, refundId, chargeRef, amount, currency } as const;
      this.learn(tx, paymentId, [{ ...news, state }], this.#deps.clock.now());
    });
    return answer;
  }

  /**
   * Asks the gateway what became of a payment.
   *
   * @returns undefined while the gateway has no name for it: `ask` or `chargeSaved` is asked again then
   * @throws Fault as `OnlineGateway.enquire`
   */
  async enquire(paymentId: string): Promise<OnlineView | undefined> {
    const payment = this.#find(paymentId);
    const about = this.#aboutOf(payment);
    if (about === undefined) return undefined;
    const asked = this.#deps.clock.now();
    const answer = await this.#gatewayOf(payment).enquire(about);
    return this.#deps.book.write<OnlineView>((tx) => this.learn(tx, paymentId, answer.news, asked));
  }

  /** Asks about every payment that is neither paid nor ended, and ends those whose time is up; upkeep calls it. */
  async enquireUnsettled(): Promise<void> {
    for (const payment of listUnsettled(this.#deps.book, roundLimit)) {
      try {
        await this.#enquireUnsettled(payment);
      } catch (error) {
        if (!(error instanceof Fault)) throw error;
        this.#deps.counters.count("gatehouse_online_faults_total", { code: error.code });
      }
    }
  }

  async #enquireUnsettled(payment: OnlinePayment): Promise<void> {
    const { paymentId, offerRef } = payment;
    const { book, clock } = this.#deps;
    const expiresAt = payment.expiresAt as Instant;
    if (offerRef !== null && expiresAt <= clock.now())
      await this.#gatewayOf(payment).expire(offerRef);
    const view = await this.enquire(paymentId);
    if (view !== undefined || later(expiresAt, namelessFor) > clock.now()) return;
    book.write((tx) => void this.learn(tx, paymentId, [{ kind: "expired" }], clock.now()));
  }

  /** A charge pays for one payment: the first that it was told of. */
  #isOf(tx: Tx, { gateway, paymentId }: OnlinePayment, news: OnlineNews): boolean {
    if (news.kind !== "paid") return true;
    const owner = paymentOfRef(tx, gateway, news.chargeRef);
    return owner === undefined || owner === paymentId;
  }

  #review(tx: Tx, { paymentId, gateway }: OnlinePayment, reasons: readonly string[]): void {
    const { random, clock } = this.#deps;
    raiseAlert(tx, random, clock.now(), {
      type: onlineReview,
      subject: paymentId,
      severity: "warning",
      details: { gateway, reasons },
    });
  }

  #find(paymentId: string): OnlinePayment {
    const payment = findOnlinePayment(this.#deps.book, paymentId);
    check(payment !== undefined, `an online payment that is asked about exists: ${paymentId}`);
    return payment;
  }

  #aboutOf({ paymentId, offerRef }: OnlinePayment): EnquiredRef | undefined {
    if (offerRef !== null) return { offerRef };
    const chargeRef = refsOf(this.#deps.book, paymentId)[0];
    return chargeRef === undefined ? undefined : { chargeRef };
  }

  #gatewayOf({ gateway }: OnlinePayment): OnlineGateway {
    const found = this.#deps.gateways.get(gateway);
    if (found === undefined) throw new Fault("gateway-refused", `no gateway ${gateway} any more`);
    return found;
  }
}

const isMovement = ({ counted, surplus, refunded, withdrawn }: OnlineChange): boolean =>
  counted !== 0 || surplus !== 0 || refunded !== 0 || withdrawn !== 0;

function newsOf(answer: SavedChargeAnswer, { amount, currency }: OnlinePayment): OnlineNews {
  switch (answer.kind) {
    case "captured":
      return { ...answer, kind: "paid", amount, currency };
    case "pending":
      return { kind: "processing" };
    case "declined":
    case "needs-driver":
      return { kind: "failed", reason: answer.reason };
  }
}
