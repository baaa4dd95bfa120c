import { happens, pick, wait } from "@gatehouse/firmware-sim/chance";
import type { OnlineGatewaySim } from "@gatehouse/firmware-sim/devices/online-gateway-sim";
import type { SeededRandom } from "@gatehouse/firmware-sim/seeded-random";
import type { VirtualClock } from "@gatehouse/firmware-sim/virtual-clock";
import type { Actor } from "@gatehouse/shared/contracts/actor";
import type { ViolationView } from "@gatehouse/shared/contracts/violations";
import { isRefusal } from "../../../src/flows/desk.ts";
import type { CardDesk } from "./card-desk.ts";
import type { Cashier } from "./cashier.ts";
import type { Counter } from "./counter.ts";

export interface WardensParts {
  readonly world: VirtualClock;
  readonly random: SeededRandom;
  readonly counter: Counter;
  readonly cashier: Cashier;
  readonly cards: CardDesk;
  readonly gateway: OnlineGatewaySim;
}

const warden: Actor = { kind: "attendant", id: "carla" };
const actsMost = 4;

/** Those who look at what broke a rule, and those who are fined for it: they pay, object, or do nothing. */
export class Wardens {
  readonly #parts: WardensParts;
  readonly #random: SeededRandom;
  #isHome = false;

  constructor(parts: WardensParts) {
    this.#parts = parts;
    this.#random = parts.random.fork("wardens");
  }

  begin(): void {
    this.#parts.world.after(wait(this.#random, 600, 1800), () => {
      if (this.#isHome) return;
      void this.#round().finally(() => this.begin());
    });
  }

  goHome(): void {
    this.#isHome = true;
  }

  async #round(): Promise<void> {
    const { violations } = await this.#parts.counter.press(({ violations: desk }) => desk.list({}));
    const open = violations.filter(({ status }) => !["paid", "waived"].includes(status));
    for (let act = 0; act < Math.min(actsMost, open.length); act++) {
      const violation = pick(this.#random, open);
      if (violation.status === "review") await this.#review(violation);
      else if (violation.status === "disputed") await this.#decide(violation);
      else await this.#answer(violation);
    }
  }

  async #review({ violation_id: id }: ViolationView): Promise<void> {
    const decision = happens(this.#random, 0.85) ? ("issue" as const) : ("dismiss" as const);
    const wish = { ...this.#wish("looked at it"), decision };
    await this.#parts.counter.press(({ violations }) => violations.review(id, wish, warden));
  }

  async #decide({ violation_id: id }: ViolationView): Promise<void> {
    const decision = happens(this.#random, 0.6) ? ("upheld" as const) : ("waived" as const);
    const wish = { ...this.#wish("heard the driver"), decision };
    await this.#parts.counter.press(({ violations }) => violations.decide(id, wish, warden));
  }

  /** What whoever is fined does about it. */
  async #answer(violation: ViolationView): Promise<void> {
    const { counter, cashier } = this.#parts;
    const { violation_id: subjectId } = violation;
    const about = { purpose: "violation" as const, subjectId };
    const ways = ["cash", "part", "part", "card", "online", "twice", "dispute", "waive"] as const;
    switch (pick(this.#random, ways)) {
      case "cash":
        return void (await cashier.take({ ...about, handing: "note" }));
      case "part":
        return void (await cashier.take({ ...about, handing: "part" }));
      case "card":
        return this.#payByCard(violation);
      case "online":
        return this.#payOnline(violation, false);
      case "twice":
        return this.#payOnline(violation, true);
      case "dispute": {
        const wish = this.#wish("it was not me");
        await counter.press(({ violations }) => violations.dispute(subjectId, wish, warden));
        return;
      }
      case "waive": {
        const wish = this.#wish("the barrier was broken");
        await counter.press(({ violations }) => violations.waive(subjectId, wish, warden));
      }
    }
  }

  async #payByCard({ violation_id: subject_id, due_minor: due }: ViolationView): Promise<void> {
    const { counter, cards, cashier } = this.#parts;
    const terminal_id = pick(this.#random, cards.ids);
    const about = { purpose: "violation" as const, subject_id, terminal_id };
    const request = { ...about, request_id: this.#random.id() };
    const approves = happens(this.#random, 0.8);
    const card = { id: subject_id, lastFour: "1111", name: "Debit Mastercard", approves };
    const { actor } = cashier;
    await cards.paying(terminal_id, due, card, () =>
      counter.press(({ money }) => money.card(request, actor)),
    );
  }

  /** @param twice somebody of the family pays in cash meanwhile */
  async #payOnline({ violation_id: subject_id }: ViolationView, twice: boolean): Promise<void> {
    const { counter, gateway, cashier, world } = this.#parts;
    const about = { purpose: "violation" as const, subject_id, gateway: gateway.name };
    const request = { request_id: this.#random.id(), ...about };
    const offered = await counter.tried(({ money }) => money.offer(request));
    if (offered === undefined || isRefusal(offered)) return;
    const { url } = offered;
    world.after(wait(this.#random, 10, 600), () => void gateway.pay(url));
    if (twice) await cashier.take({ purpose: "violation", subjectId: subject_id, handing: "note" });
  }

  #wish(reason: string) {
    return { request_id: this.#random.id(), reason };
  }
}
