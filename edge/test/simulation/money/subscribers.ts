import { between, happens, wait } from "@gatehouse/firmware-sim/chance";
import type { OnlineGatewaySim } from "@gatehouse/firmware-sim/devices/online-gateway-sim";
import type { SeededRandom } from "@gatehouse/firmware-sim/seeded-random";
import type { VirtualClock } from "@gatehouse/firmware-sim/virtual-clock";
import type { Actor } from "@gatehouse/shared/contracts/actor";
import type { DirectiveOrder } from "@gatehouse/shared/contracts/office";
import { hours, isoOf, later, minutes } from "@gatehouse/shared/time";
import { isRefusal } from "../../../src/flows/desk.ts";
import type { Cashier } from "./cashier.ts";
import type { Counter } from "./counter.ts";

export interface SubscribersParts {
  readonly world: VirtualClock;
  readonly random: SeededRandom;
  readonly counter: Counter;
  readonly cashier: Cashier;
  readonly gateway: OnlineGatewaySim;
  /** Head office gives the permits. */
  readonly order: (order: DirectiveOrder) => Promise<unknown>;
}

const boss: Actor = { kind: "attendant", id: "carla" };
const count = 24;
const price = 1190;
const lookAgain = minutes(10);
/** A renewal is asked for a day before its week begins; the last of these within this. */
const askedWithin = hours(10);

/** Holders of permits that renew themselves by the week: most from a card on file, some in cash, some never. */
export class Subscribers {
  readonly #parts: SubscribersParts;
  readonly #random: SeededRandom;
  #isHome = false;

  constructor(parts: SubscribersParts) {
    this.#parts = parts;
    this.#random = parts.random.fork("subscribers");
  }

  begin(): void {
    for (let number = 1; number <= count; number++) void this.#subscribe(number);
  }

  goHome(): void {
    this.#isHome = true;
  }

  async #subscribe(number: number): Promise<void> {
    const { world, counter, order, gateway } = this.#parts;
    const askedIn = hours(1 + this.#random.fraction() * (askedWithin / hours(1)));
    const paidUntil = later(later(world.now(), askedIn), hours(24));
    const id = `season-${number}`;
    const paysByCard = number % 4 !== 0;
    const validity = {
      valid_from: isoOf(world.now()),
      valid_until: isoOf(paidUntil),
    };
    const permit = { permit_id: id, plates: [`SEASON${number}`], ...validity };
    await order({ kind: "permit", body: permit });
    const means = { gateway: gateway.name, customer_ref: id, means_ref: "card", last_four: "4242" };
    const press = { reason: "a new permit" };
    const account = {
      ...press,
      request_id: `account of ${id}`,
      account_id: `payer-${number}`,
      holder: `Holder of ${id}`,
      plates: [],
      is_active: true,
      floor_limit_minor: 0,
      means: paysByCard ? means : null,
    };
    await counter.press(({ accounts }) => accounts.keepAccount(account, boss));
    const subscription = {
      ...press,
      subscription_id: `sub-${number}`,
      permit_id: id,
      account_id: `payer-${number}`,
      price_minor: price,
      rate_ppm: 190_000,
      period: "week" as const,
      paid_until: isoOf(paidUntil),
      grace_days: number % 2,
    };
    // The permit is on its way from head office.
    while (!this.#isHome) {
      const request = { ...subscription, request_id: this.#random.id() };
      const kept = await counter.press(({ accounts }) => accounts.keepSubscription(request, boss));
      if (!isRefusal(kept)) return this.#live(number, paysByCard);
      await world.sleep(lookAgain);
    }
  }

  /** Some pay at the till when they hear of it, some cancel, with a renewal under way or not. */
  #live(number: number, paysByCard: boolean): void {
    const { world, counter, cashier } = this.#parts;
    const subjectId = `sub-${number}`;
    if (!paysByCard && happens(this.#random, 0.6)) {
      const gap = between(this.#random, hours(2), askedWithin + hours(3));
      world.after(hours(gap / hours(1)), () => {
        if (!this.#isHome) void cashier.take({ purpose: "renewal", subjectId, handing: "note" });
      });
    }
    if (!happens(this.#random, 0.3)) return;
    world.after(wait(this.#random, 3600, askedWithin / 1000), () => {
      if (this.#isHome) return;
      const wish = { request_id: this.#random.id(), act: "cancel" as const, reason: "moved away" };
      void counter.press(({ accounts }) => accounts.actOnSubscription(subjectId, wish, boss));
    });
  }
}
