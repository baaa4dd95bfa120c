import { Fault } from "@gatehouse/shared/fault";
import type { OnlineNews } from "@gatehouse/shared/online-news";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type {
  CallbackReading,
  EnquiredRef,
  Offer,
  OfferRequest,
  OnlineAnswer,
  OnlineGateway,
  RefundAnswer,
  RefundRequest,
  SavedCharge,
  SavedChargeAnswer,
} from "@gatehouse/shared/ports/online-gateway";
import { type Instant, minutes } from "@gatehouse/shared/time";
import { happens, wait } from "../chance.ts";
import type { SeededRandom } from "../seeded-random.ts";
import { disputeNews, GatewayPurse, refundNews, type SimCharge } from "./gateway-purse.ts";

export interface OnlineGatewaySimParts {
  readonly clock: Clock;
  readonly random: SeededRandom;
  readonly name: string;
}

/** Each a share of 1. */
export interface GatewayFaults {
  /** Of requests and of answers that never arrive. */
  readonly requestLost: number;
  readonly answerLost: number;
  /** Of callbacks: delivered twice, and delivered only after up to an hour. */
  readonly doubled: number;
  readonly late: number;
  /** Of charges of a means on file. */
  readonly declined: number;
  /** Of charges that are taken a second time for the same payment. */
  readonly again: number;
}

/** @returns whether the callback was taken; otherwise it comes again */
export type CallbackListener = (body: Uint8Array) => boolean;

interface SimOffer {
  readonly paymentId: string;
  readonly offerRef: string;
  readonly amount: number;
  readonly currency: string;
  readonly expiresAt: Instant;
  state: "open" | "paid" | "expired";
}

const none: GatewayFaults = {
  requestLost: 0,
  answerLost: 0,
  doubled: 0,
  late: 0,
  declined: 0,
  again: 0,
};
const againAfter = minutes(5);

/**
 * A hosted payment page in memory. It takes money before it says so, and says so more than once, late and in any order;
 * what it has taken and given back is the truth that every book is compared with.
 */
export class OnlineGatewaySim implements OnlineGateway {
  readonly name: string;
  /** What it has truly taken and given back. */
  readonly purse = new GatewayPurse();
  readonly #clock: Clock;
  readonly #random: SeededRandom;
  readonly #offers = new Map<string, SimOffer>();
  readonly #saved = new Map<string, SavedChargeAnswer>();
  #faults = none;
  #listener: CallbackListener = () => false;
  #events = 0;

  constructor({ clock, random, name }: OnlineGatewaySimParts) {
    this.name = name;
    this.#clock = clock;
    this.#random = random;
  }

  /** Callbacks that were not taken yet. */
  undelivered = 0;

  setFaults(faults: Partial<GatewayFaults>): void {
    this.#faults = { ...none, ...faults };
  }

  onCallback(listener: CallbackListener): void {
    this.#listener = listener;
  }

  /** A driver's phone pays on the page. @returns false when the page is over */
  pay(url: string): boolean {
    const offer = [...this.#offers.values()].find(({ offerRef }) => url.endsWith(offerRef));
    if (offer === undefined) return false;
    this.#endIfOver(offer);
    if (offer.state !== "open") return false;
    offer.state = "paid";
    this.#take(offer);
    return true;
  }

  /** What was charged once is charged once more, as it happens when a page is pressed twice at the wrong moment. */
  chargeAgain(chargeRef: string): void {
    const charge = this.purse.charge(chargeRef);
    if (charge !== undefined) this.#book(charge);
  }

  /** A cardholder's bank takes back what is left of a charge. @returns its name; undefined when nothing is left */
  dispute(chargeRef: string): string | undefined {
    const dispute = this.purse.dispute(chargeRef);
    if (dispute !== undefined) this.#tell(dispute.charge.paymentId, disputeNews(dispute));
    return dispute?.disputeRef;
  }

  /** The bank gives it back, or keeps it. */
  decideDispute(disputeRef: string, stage: "won" | "lost"): void {
    const decided = this.purse.decide(disputeRef, stage);
    if (decided !== undefined) this.#tell(decided.charge.paymentId, disputeNews(decided));
  }

  offer(request: OfferRequest): Promise<Offer> {
    return this.#asked(() => {
      const { paymentId, amount, currency, expiresAt } = request;
      const known = this.#offers.get(paymentId);
      const offerRef = known?.offerRef ?? `of-${this.#offers.size + 1}`;
      if (known === undefined) {
        const offer = { paymentId, offerRef, amount, currency, expiresAt, state: "open" as const };
        this.#offers.set(paymentId, offer);
      }
      return { offerRef, url: `https://pay.invalid/${offerRef}` };
    });
  }

  enquire(about: EnquiredRef): Promise<OnlineAnswer> {
    return this.#asked(() => {
      const offer = [...this.#offers.values()].find(({ offerRef }) => offerRef === about.offerRef);
      const paymentId = offer?.paymentId ?? this.purse.charge(about.chargeRef)?.paymentId ?? "";
      const charges = this.purse.chargesOf(paymentId);
      if (charges.length === 0) return this.#standing(about.offerRef);
      return { paymentId, news: charges.flatMap((charge) => this.purse.newsOf(charge)) };
    });
  }

  expire(offerRef: string): Promise<void> {
    return this.#asked(() => {
      for (const offer of this.#offers.values())
        if (offer.offerRef === offerRef && offer.state === "open") offer.state = "expired";
    });
  }

  refund(request: RefundRequest): Promise<RefundAnswer> {
    return this.#asked(() => {
      const known = this.purse.refund(request.refundId);
      if (known !== undefined) return { state: "done", refundRef: known.refundRef };
      const refund = this.purse.giveBack(request);
      if (refund === undefined) return { state: "failed", reason: "more than is left" };
      this.#tell(request.paymentId, refundNews(refund));
      return { state: "done", refundRef: refund.refundRef };
    });
  }

  enquireRefund({ refundId }: RefundRequest): Promise<RefundAnswer | undefined> {
    return this.#asked(() => {
      const known = this.purse.refund(refundId);
      return known && { state: "done", refundRef: known.refundRef };
    });
  }

  /** A bank declines now and then; asked again, it has said what it has said. */
  chargeSaved({ paymentId, amount, currency }: SavedCharge): Promise<SavedChargeAnswer> {
    return this.#asked(() => {
      const known = this.#saved.get(paymentId);
      if (known !== undefined) return known;
      const declines = happens(this.#random, this.#faults.declined);
      const answer: SavedChargeAnswer = declines
        ? { kind: "declined", reason: "the bank declines" }
        : { kind: "captured", chargeRef: this.#take({ paymentId, amount, currency }) };
      this.#saved.set(paymentId, answer);
      return answer;
    });
  }

  readCallback(body: Uint8Array): CallbackReading {
    const callback = JSON.parse(Buffer.from(body).toString("utf8")) as Extract<
      CallbackReading,
      { kind: "callback" }
    >["callback"];
    return { kind: "callback", callback };
  }

  #standing(ref: string | undefined): OnlineAnswer {
    const offer = [...this.#offers.values()].find(({ offerRef }) => offerRef === ref);
    if (offer === undefined) return { news: [] };
    this.#endIfOver(offer);
    const { paymentId, state } = offer;
    return { paymentId, news: [{ kind: state === "expired" ? "expired" : "open" }] };
  }

  /** What is changed stays changed, whether or not the answer arrives. */
  async #asked<T>(work: () => T): Promise<T> {
    await this.#clock.sleep(wait(this.#random, 0.1, 2));
    if (happens(this.#random, this.#faults.requestLost))
      throw new Fault("gateway-unreachable", "the request was lost");
    const answer = work();
    await this.#clock.sleep(wait(this.#random, 0.1, 1));
    if (happens(this.#random, this.#faults.answerLost))
      throw new Fault("gateway-answer-lost", "the answer was lost");
    return answer;
  }

  #take(of: Omit<SimCharge, "chargeRef">): string {
    const { chargeRef } = this.#book(of);
    if (happens(this.#random, this.#faults.again)) this.#book(of);
    return chargeRef;
  }

  #book(of: Omit<SimCharge, "chargeRef">): SimCharge {
    const charge = this.purse.take(of);
    for (const news of this.purse.newsOf(charge)) this.#tell(charge.paymentId, news);
    return charge;
  }

  #tell(paymentId: string, news: OnlineNews): void {
    const event = {
      eventId: `ev-${++this.#events}`,
      toldAt: this.#clock.now(),
      type: news.kind,
      paymentId,
      news,
    };
    const body = Buffer.from(JSON.stringify(event));
    const isLate = happens(this.#random, this.#faults.late);
    const times = happens(this.#random, this.#faults.doubled) ? 2 : 1;
    for (let copy = 0; copy < times; copy++) {
      this.undelivered++;
      this.#clock.after(wait(this.#random, 0.1, isLate ? 3600 : 8), () => this.#deliver(body));
    }
  }

  #deliver(body: Uint8Array): void {
    if (this.#listener(body)) this.undelivered--;
    else this.#clock.after(againAfter, () => this.#deliver(body));
  }

  #endIfOver(offer: SimOffer): void {
    if (offer.state === "open" && offer.expiresAt <= this.#clock.now()) offer.state = "expired";
  }
}
