import { post } from "@gatehouse/edge/flows/money/posting";
import {
  captureEntry,
  chargeEntry,
  type Entry,
  refundEntry,
  writeOffEntry,
} from "@gatehouse/edge/domain/money/entry";
import { taxInside } from "@gatehouse/edge/domain/money/tax";
import { Book } from "@gatehouse/edge/store/book";
import { acknowledge, nextBatch } from "@gatehouse/edge/store/outbox";
import type { SeededRandom } from "@gatehouse/firmware-sim/seeded-random";
import type { Ack, Batch } from "@gatehouse/shared/contracts/batch";
import type { PaymentMethod } from "@gatehouse/shared/contracts/money-terms";
import { later, minutes } from "@gatehouse/shared/time";
import { noon } from "./edge-ledger.ts";

export const card = { name: "North", timezone: "Europe/Berlin", currency: "EUR", locale: "de" };

const rates = [190_000, 70_000, 0] as const;

/** A facility's real book, in which stays are charged, paid in every way, given back, given up and disputed. */
export class EdgeMoney {
  readonly book = new Book(":memory:");
  readonly #random: SeededRandom;
  #now = noon;

  constructor(random: SeededRandom) {
    this.#random = random;
  }

  /** One stay with all its money, each step in its own transaction; some four minutes pass. */
  stay(): void {
    const sessionId = this.#random.id();
    const price = this.#below(5000);
    const shares = [taxInside(price, this.#one(rates))];
    this.#post(chargeEntry(sessionId, shares), { sessionId });
    const what = this.#below(10) - 1;
    if (what === 0) return this.#post(writeOffEntry(sessionId, price), { sessionId });
    if (what === 1) return this.#owe(sessionId, price);
    const method = this.#one(["card", "cash", "online"] as const);
    const paymentId = this.#take(method, sessionId, price);
    if (what === 2) this.#reverse(method, sessionId, paymentId, price);
    if (what === 3) this.#refund(method, sessionId, paymentId, this.#below(price));
  }

  nextBatch(): Batch {
    return nextBatch(this.book, { facilityId: "north", facility: card, version: "1" }, this.#now);
  }

  acknowledge(ack: Ack): void {
    this.book.write((tx) => acknowledge(tx, this.book, ack));
  }

  #take(method: PaymentMethod, sessionId: string, amount: number): string {
    const payment = { payment_id: this.#random.id(), session_id: sessionId };
    this.book.write((tx) =>
      tx.append(this.#tick(), {
        type: "payment-started",
        body: {
          ...payment,
          method,
          amount_minor: amount,
          currency: "EUR",
          terminal_id: null,
          purpose: "stay",
          subject_id: null,
        },
      }),
    );
    this.book.write((tx) => {
      tx.append(this.#tick(), {
        type: "payment-captured",
        body: {
          ...payment,
          amount_minor: amount,
          receipt_number: null,
          trace_number: null,
          terminal_id: null,
          card_last_four: null,
          known_by: "answer",
        },
      });
      const entry = captureEntry(this.#placeOf(method), method, sessionId, amount);
      const about = { currency: "EUR", paymentId: payment.payment_id, sessionId };
      post(tx, this.#random, this.#now, entry, about);
    });
    return payment.payment_id;
  }

  #reverse(method: PaymentMethod, sessionId: string, paymentId: string, amount: number): void {
    this.book.write((tx) => {
      const at = this.#tick();
      const by = { kind: "attendant", id: "anna" } as const;
      const payment = { payment_id: paymentId, session_id: sessionId };
      const body = { ...payment, amount_minor: amount, reason: "wrong car", by };
      tx.append(at, { type: "payment-reversed", body });
      const { lines } = captureEntry(this.#placeOf(method), method, sessionId, amount);
      const back = lines.map((line) => ({ ...line, minor: -line.minor }));
      const about = { currency: "EUR", paymentId, sessionId };
      post(tx, this.#random, at, { kind: "reversal", lines: back }, about);
    });
  }

  #refund(method: PaymentMethod, sessionId: string, paymentId: string, amount: number): void {
    const refund = {
      refund_id: this.#random.id(),
      payment_id: paymentId,
      session_id: sessionId,
      amount_minor: amount,
      reason: "paid twice",
      requested_by: "anna",
      approved_by: null,
      provider_ref: null,
    };
    this.book.write((tx) => {
      const body = { ...refund, status: "started" } as const;
      tx.append(this.#tick(), { type: "refund-changed", body });
    });
    this.book.write((tx) => {
      const at = this.#tick();
      tx.append(at, { type: "refund-changed", body: { ...refund, status: "done" } });
      const shares = [taxInside(amount, 190_000)];
      const about = { currency: "EUR", paymentId, sessionId };
      post(tx, this.#random, at, refundEntry(this.#placeOf(method), method, shares), about);
    });
  }

  #owe(sessionId: string, amount: number): void {
    this.book.write((tx) =>
      tx.append(this.#tick(), {
        type: "debt-changed",
        body: {
          note_id: this.#random.id(),
          session_id: sessionId,
          plate: "BGH1234",
          amount_minor: amount,
          currency: "EUR",
          state: "open",
          reason: "no means with them",
          by: { kind: "attendant", id: "anna" },
        },
      }),
    );
  }

  #post(entry: Entry, about: { readonly sessionId: string }): void {
    this.book.write((tx) =>
      post(tx, this.#random, this.#tick(), entry, { currency: "EUR", ...about }),
    );
  }

  #placeOf(method: PaymentMethod) {
    const places = { cash: "drawer", card: "card-clearing" } as const;
    return method in places ? places[method as keyof typeof places] : "online-clearing";
  }

  #tick() {
    this.#now = later(this.#now, minutes(1));
    return this.#now;
  }

  /** From 1 to `limit`. */
  #below(limit: number): number {
    return 1 + Math.floor(this.#random.fraction() * limit);
  }

  #one<T>(choices: readonly [T, ...T[]]): T {
    return choices[Math.floor(this.#random.fraction() * choices.length)] ?? choices[0];
  }
}
