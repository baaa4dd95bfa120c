import { SeededRandom } from "@gatehouse/firmware-sim/seeded-random";
import { VirtualClock } from "@gatehouse/firmware-sim/virtual-clock";
import type { QueuedEvent } from "@gatehouse/firmware-sim/wire/online-double";
import { StripeDouble } from "@gatehouse/firmware-sim/wire/stripe-double";
import { minorUnits } from "@gatehouse/shared/money";
import { type Instant, later, minutes } from "@gatehouse/shared/time";
import { StripeGateway } from "../../../src/adapters/online/stripe.ts";
import { allotCapture } from "../../../src/domain/online-payment.ts";
import { Counters } from "../../../src/flows/counters.ts";
import {
  type CallbackReceipt,
  OnlineCallbacks,
} from "../../../src/flows/money/online-callbacks.ts";
import { OnlinePayments, type SettleOnline } from "../../../src/flows/money/online-payments.ts";
import { Book } from "../../../src/store/book.ts";
import { apiKey, facilityId, secret } from "./gateway-contract.ts";

/** What a site has booked of online payments, and what its sessions still owe, in the simplest books there are. */
export class OnlineSite {
  readonly clock = new VirtualClock(Date.parse("2026-11-20T12:00:00Z") as Instant);
  readonly random = new SeededRandom(7);
  readonly double = new StripeDouble({ clock: this.clock, apiKey, secret });
  readonly due = new Map<string, number>();
  readonly credit = new Map<string, number>();
  /** What we hold of each driver's money. */
  readonly held = new Map<string, number>();
  readonly captures: string[] = [];
  book: Book;
  payments!: OnlinePayments;
  callbacks!: OnlineCallbacks;
  readonly #path: string;

  /** @param path a file where it must survive a restart */
  constructor(path = ":memory:") {
    this.#path = path;
    this.book = new Book(path);
  }

  async start(settle: SettleOnline = this.settle): Promise<void> {
    await this.double.start();
    this.#join(settle);
  }

  async stop(): Promise<void> {
    await this.double.stop();
    this.book.close();
  }

  /** The daemon dies and comes again over the same book. */
  restart(settle: SettleOnline = this.settle): void {
    this.book.close();
    this.book = new Book(this.#path);
    this.#join(settle);
  }

  /** Credits the session with what it owes, once for a change, and owes the rest back. */
  readonly settle: SettleOnline = (_tx, { paymentId }, change) => {
    const due = minorUnits(this.due.get(paymentId) ?? 0);
    const { settles, credit } = allotCapture(change, due);
    if (change.counted > 0) this.captures.push(paymentId);
    this.due.set(paymentId, due - settles);
    this.credit.set(paymentId, (this.credit.get(paymentId) ?? 0) + credit);
    const moved = change.counted + change.surplus - change.refunded - change.withdrawn;
    this.held.set(paymentId, (this.held.get(paymentId) ?? 0) + moved);
  };

  /** A driver is offered to pay what the session owes. */
  async offer(paymentId: string, amount = 350): Promise<string> {
    this.begin(paymentId, amount);
    const { offerRef } = await this.payments.ask(paymentId, { returnUrl: "http://127.0.0.1/" });
    return offerRef;
  }

  /** What is owed, and that it will be asked for, is written first. */
  begin(paymentId: string, amount: number): void {
    this.due.set(paymentId, amount);
    this.book.write((tx) => {
      this.payments.begin(tx, {
        paymentId,
        gateway: "stripe",
        amount: minorUnits(amount),
        currency: "EUR",
        description: "Parking",
        expiresAt: later(this.clock.now(), minutes(15)),
      });
    });
  }

  /** What the double told last goes to the door. */
  deliver(...events: readonly QueuedEvent[]): CallbackReceipt[] {
    return events.map((event) => {
      const { body, headers } = this.double.sign(event);
      const receivedAt = this.clock.now();
      return this.callbacks.receive({ gateway: "stripe", body, headers, receivedAt, via: "door" });
    });
  }

  #join(settle: SettleOnline): void {
    const gateway = new StripeGateway({
      id: "stripe",
      facilityId,
      apiKey,
      callbackSecrets: [secret],
      url: this.double.server.url,
      timeoutMs: 1000,
      retries: 0,
    });
    const deps = {
      book: this.book,
      clock: this.clock,
      random: this.random,
      counters: new Counters(),
      gateways: new Map([["stripe", gateway]]),
      settle,
    };
    this.payments = new OnlinePayments(deps);
    this.callbacks = new OnlineCallbacks(deps, this.payments);
  }
}
