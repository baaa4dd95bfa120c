import { withoutCardNumbers } from "@gatehouse/shared/card-numbers";
import { Fault } from "@gatehouse/shared/fault";
import type { CallbackRefusal, OnlineCallback } from "@gatehouse/shared/online-news";
import type { OnlineAnswer } from "@gatehouse/shared/ports/online-gateway";
import { earlier, hours, type Instant } from "@gatehouse/shared/time";
import type { Tx } from "../../store/book.ts";
import {
  type CallbackRow,
  dropCallbacksBefore,
  dropUnbelieved,
  findEvent,
  insertCallback,
  listWaiting,
  saveCallback,
} from "../../store/callbacks.ts";
import { findOnlinePayment, paymentOfRef } from "../../store/online-payments.ts";
import { raiseAlert } from "../alerts.ts";
import type { OnlinePayments, OnlinePaymentsDeps } from "./online-payments.ts";

/** Signed callbacks that were refused; the gateway is the subject. */
export const callbackRefused = "online-callback-refused";

/** The largest honest event has some ten kilobytes. */
export const callbackMax = 256 * 1024;
/** Anybody can send what is not believed: so many are kept to look at. */
const unbelievedKept = 500;
const signatureMax = 1000;
/** A bug in handling one may end the process; after so many times it is left to a person. */
const attemptLimit = 3;
const roundLimit = 500;
/** A card dispute can come after more than a year. */
const keptFor = hours(800 * 24);
const dropLimit = 500;

/** `stored` and `repeated` are acknowledged; anything else is not, and the gateway may send it again. */
export type CallbackReceipt =
  | { readonly kind: "stored" | "repeated" }
  | {
      readonly kind: "refused";
      readonly reason: CallbackRefusal | "unknown-gateway" | "too-large";
    };

export interface ReceivedCallback {
  /** Its id in our configuration. */
  readonly gateway: string;
  readonly body: Uint8Array;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** When it came to our door, or to head office's, which hands on what it cannot judge. */
  readonly receivedAt: Instant;
  readonly via: "door" | "office";
}

/** What gateways call us about: kept first, acknowledged, and handled afterwards, each for itself. */
export class OnlineCallbacks {
  readonly #deps: OnlinePaymentsDeps;
  readonly #payments: OnlinePayments;
  /** One round at a time. */
  #rounds: Promise<void> = Promise.resolve();

  constructor(deps: OnlinePaymentsDeps, payments: OnlinePayments) {
    this.#deps = deps;
    this.#payments = payments;
  }

  /**
   * Keeps a callback whole, without card numbers, before it is acknowledged.
   *
   * @throws Fault `disk-full`: it is not kept and must not be acknowledged
   */
  receive(received: ReceivedCallback): CallbackReceipt {
    const { gateway: id, body, headers, receivedAt } = received;
    const gateway = this.#deps.gateways.get(id);
    if (gateway === undefined) return this.#refuse("unknown-gateway");
    if (body.length > callbackMax) return this.#refuse("too-large");
    const reading = gateway.readCallback(body, headers, receivedAt);
    if (reading.kind === "callback") {
      return this.#deps.book.write<CallbackReceipt>((tx) =>
        this.#keep(tx, received, reading.callback),
      );
    }
    this.#deps.book.write((tx) => {
      insertCallback(tx, {
        ...this.#rowOf(received),
        state: "refused",
        reason: withoutCardNumbers(`${reading.reason}: ${reading.detail}`),
      });
      dropUnbelieved(tx, unbelievedKept);
      // Whoever has no secret of ours can be anybody; these two have.
      if (reading.reason === "too-old" || reading.reason === "unreadable") {
        this.#alert(tx, id, reading.reason);
      }
    });
    // Signed and unreadable: sent again it would be no better.
    return reading.reason === "unreadable" ? { kind: "stored" } : this.#refuse(reading.reason);
  }

  /** Handles what waits, oldest first. What cannot be handled now waits for the next round and holds up nothing. */
  handleAll(): Promise<void> {
    const round = this.#rounds.then(() => this.#handleRound());
    // Whoever asked for a round hears of a bug in it; the next round begins all the same.
    this.#rounds = round.then(
      () => {},
      () => {},
    );
    return round;
  }

  async #handleRound(): Promise<void> {
    const { book, clock } = this.#deps;
    let left = 0;
    for (let round = listWaiting(book, roundLimit, 0); round.length > 0;) {
      for (const row of round) if (!(await this.#handle(row))) left += 1;
      round = listWaiting(book, roundLimit, left);
    }
    book.write((tx) => void dropCallbacksBefore(tx, earlier(clock.now(), keptFor), dropLimit));
  }

  #keep(tx: Tx, received: ReceivedCallback, callback: OnlineCallback): CallbackReceipt {
    const known = findEvent(tx, received.gateway, callback.eventId);
    if (known !== undefined) {
      saveCallback(tx, { ...known, repeats: known.repeats + 1 });
      return { kind: "repeated" };
    }
    insertCallback(tx, {
      ...this.#rowOf(received),
      eventId: callback.eventId,
      reading: { ...withoutCardWords(callback) },
      paymentId: callback.paymentId ?? null,
      state: "received",
    });
    return { kind: "stored" };
  }

  #rowOf({ gateway, body, headers, receivedAt, via }: ReceivedCallback): CallbackRow {
    const text = Buffer.from(body).toString("utf8");
    const clean = withoutCardNumbers(text);
    const signature = headers["stripe-signature"] ?? headers["x-mollie-signature"] ?? "";
    return {
      callbackId: this.#deps.random.id(),
      gateway,
      eventId: null,
      receivedAt,
      via,
      body: clean,
      signature: withoutCardNumbers(signature.slice(0, signatureMax)),
      redacted: clean !== text,
      reading: null,
      paymentId: null,
      state: "received",
      reason: null,
      attempts: 0,
      repeats: 0,
      handledAt: null,
    };
  }

  /** @returns false when it still waits: a gateway that must be asked does not answer */
  async #handle(row: CallbackRow): Promise<boolean> {
    if (row.attempts >= attemptLimit) {
      this.#end(row, "refused", "given up: handling it has failed three times");
      return true;
    }
    // Written before anything else: when this callback stops the process, it does so a few times at most.
    const begun = { ...row, attempts: row.attempts + 1 };
    this.#change(row, { attempts: begun.attempts });
    try {
      await this.#believe(begun, row.reading as unknown as OnlineCallback);
      return true;
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      this.#deps.counters.count("gatehouse_online_faults_total", { code: error.code });
      // Asking again would bring the same refusal.
      if (!error.retryable) this.#end(begun, "refused", error.message);
      else this.#change(begun, { attempts: row.attempts });
      return !error.retryable;
    }
  }

  async #believe(row: CallbackRow, callback: OnlineCallback): Promise<void> {
    const { news } = callback;
    if (news.kind === "none") return this.#end(row, "handled", "nothing that concerns us");
    let answer: OnlineAnswer | undefined;
    let paymentId = this.#paymentOf(row.gateway, callback);
    const { chargeRef } = callback;
    if (chargeRef !== undefined && (paymentId === undefined || news.kind === "look")) {
      answer = await this.#deps.gateways.get(row.gateway)?.enquire({ chargeRef });
      paymentId ??= this.#known(row.gateway, answer?.paymentId);
    }
    if (paymentId === undefined) return this.#end(row, "refused", "no payment of ours");
    const id = paymentId;
    this.#deps.book.write((tx) => {
      if (answer !== undefined) this.#payments.learn(tx, id, answer.news, row.receivedAt);
      if (news.kind !== "look") this.#payments.learn(tx, id, [news], callback.toldAt);
      this.#endIn(tx, { ...row, paymentId: id }, "handled", news.kind);
    });
  }

  /** Our id where the gateway gives it back, or whose its own names are. */
  #paymentOf(gateway: string, callback: OnlineCallback): string | undefined {
    const { paymentId, offerRef, chargeRef } = callback;
    const ofRef = (ref: string | undefined): string | undefined =>
      ref === undefined ? undefined : paymentOfRef(this.#deps.book, gateway, ref);
    return this.#known(gateway, paymentId) ?? ofRef(offerRef) ?? ofRef(chargeRef);
  }

  #known(gateway: string, paymentId: string | undefined): string | undefined {
    if (paymentId === undefined) return undefined;
    return findOnlinePayment(this.#deps.book, paymentId)?.gateway === gateway
      ? paymentId
      : undefined;
  }

  #change(row: CallbackRow, change: Partial<CallbackRow>): void {
    this.#deps.book.write((tx) => saveCallback(tx, { ...newest(tx, row), ...change }));
  }

  #end(row: CallbackRow, state: "handled" | "refused", reason: string): void {
    this.#deps.book.write((tx) => this.#endIn(tx, row, state, reason));
  }

  #endIn(tx: Tx, row: CallbackRow, state: "handled" | "refused", reason: string): void {
    const { paymentId, attempts } = row;
    const handledAt = this.#deps.clock.now();
    saveCallback(tx, { ...newest(tx, row), paymentId, attempts, state, reason, handledAt });
    if (state === "refused") this.#alert(tx, row.gateway, reason);
    this.#deps.counters.count("gatehouse_online_callbacks_total", { state });
  }

  #alert(tx: Tx, gateway: string, reason: string): void {
    const { random, clock } = this.#deps;
    raiseAlert(tx, random, clock.now(), {
      type: callbackRefused,
      subject: gateway,
      severity: "warning",
      details: { reason },
    });
  }

  #refuse(reason: Extract<CallbackReceipt, { kind: "refused" }>["reason"]): CallbackReceipt {
    this.#deps.counters.count("gatehouse_online_callbacks_total", { state: reason });
    return { kind: "refused", reason };
  }
}

/** The words in a callback are anybody's; its names are the gateway's, and must stay as they are. */
function withoutCardWords(callback: OnlineCallback): OnlineCallback {
  const { news, type } = callback;
  const clean = { ...callback, type: withoutCardNumbers(type) };
  if (!("reason" in news) || news.reason === undefined) return clean;
  return { ...clean, news: { ...news, reason: withoutCardNumbers(news.reason) } };
}

/** The same event can come again while it is handled. */
const newest = (tx: Tx, row: CallbackRow): CallbackRow =>
  (row.eventId === null ? undefined : findEvent(tx, row.gateway, row.eventId)) ?? row;
