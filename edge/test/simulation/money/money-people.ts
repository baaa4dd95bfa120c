import type { Car } from "@gatehouse/firmware-sim/cars";
import { happens } from "@gatehouse/firmware-sim/chance";
import type { MemorySite } from "@gatehouse/firmware-sim/devices/memory-site";
import type { SeededRandom } from "@gatehouse/firmware-sim/seeded-random";
import type { VirtualClock } from "@gatehouse/firmware-sim/virtual-clock";
import { OnlineGatewaySim } from "@gatehouse/firmware-sim/devices/online-gateway-sim";
import type { DirectiveOrder } from "@gatehouse/shared/contracts/office";
import type { Instant } from "@gatehouse/shared/time";
import { isRefusal } from "../../../src/flows/desk.ts";
import type { EdgeMachine } from "../edge-machine.ts";
import type { Complain } from "../notebook.ts";
import { takeCallback } from "./callback-door.ts";
import { Cardholders } from "./cardholders.ts";
import { CardDesk } from "./card-desk.ts";
import { Cashier } from "./cashier.ts";
import { Counter } from "./counter.ts";
import { Customers } from "./customers.ts";
import { Subscribers } from "./subscribers.ts";
import { Supervisor } from "./supervisor.ts";
import { Wardens } from "./wardens.ts";

export interface MoneyPeopleParts {
  readonly world: VirtualClock;
  readonly random: SeededRandom;
  readonly site: MemorySite;
  readonly machine: () => EdgeMachine;
  readonly siteTime: () => Instant;
  readonly tillId: string;
  /** Head office tells the edge. */
  readonly order: (order: DirectiveOrder) => Promise<unknown>;
  readonly complain: Complain;
}

/** Everybody who has to do with money beside the driver at the arm. What they truly gave and got is kept here. */
export class MoneyPeople {
  readonly cashier: Cashier;
  readonly cards: CardDesk;
  readonly gateway: OnlineGatewaySim;
  readonly #counter: Counter;
  readonly #supervisor: Supervisor;
  readonly #subscribers: Subscribers;
  readonly #cardholders: Cardholders;
  readonly #wardens: Wardens;
  readonly #random: SeededRandom;
  readonly #world: VirtualClock;
  #customers: Customers | undefined;

  constructor(parts: MoneyPeopleParts) {
    const { world, random, site, machine, siteTime, tillId, complain } = parts;
    const chance = random.fork("money");
    const counter = new Counter(world, machine);
    this.#random = chance;
    this.#counter = counter;
    this.cards = new CardDesk(
      world,
      site.lanes.flatMap(({ terminal }) => terminal ?? []),
    );
    const attendants = ["anna", "ben", "dora"] as const;
    const till = { tillId, people: attendants, complain };
    this.cashier = new Cashier({ world, random: chance, counter, ...till });
    const { cashier, cards } = this;
    const name = "pay-page";
    this.gateway = new OnlineGatewaySim({ clock: world, random: chance.fork(name), name });
    const door = { machine, now: siteTime, gateway: name };
    this.gateway.onCallback((body) => takeCallback(door, body));
    this.#world = world;
    const { gateway } = this;
    const people = { world, random: chance, counter, cashier, cards, gateway };
    this.#supervisor = new Supervisor({ ...people, complain });
    this.#subscribers = new Subscribers({ ...people, order: parts.order });
    this.#cardholders = new Cardholders(people);
    this.#wardens = new Wardens(people);
  }

  begin(regulars: readonly string[]): void {
    const { cashier, gateway } = this;
    this.#customers = new Customers({
      random: this.#random,
      counter: this.#counter,
      cashier,
      gateway,
      world: this.#world,
      regulars,
    });
    void this.#customers.begin();
    cashier.begin();
    this.#supervisor.begin();
    this.#subscribers.begin();
    this.#cardholders.begin();
    this.#wardens.begin();
  }

  /** Nobody begins anything new; what is open is still looked after. */
  goHome(): void {
    this.#supervisor.goHome();
    this.#subscribers.goHome();
    this.#cardholders.goHome();
    this.#wardens.goHome();
    void this.cashier.goHome();
  }

  async beforeLeaving(car: Car): Promise<void> {
    await this.#customers?.beforeLeaving(car);
  }

  /** A driver who cannot pay promises to. @returns false when the attendant must find another way */
  async promise(laneId: string, { plate }: Car): Promise<boolean> {
    if (!happens(this.#random, 0.4)) return false;
    const sessionId = await this.#customers?.sessionOf(plate);
    if (sessionId === undefined) return false;
    const request = {
      request_id: this.#random.id(),
      session_id: sessionId,
      lane_id: laneId,
      name: "a driver",
      reason: "the card does not work",
    };
    const actor = { kind: "attendant", id: "anna" } as const;
    const noted = await this.#counter.press(({ money }) => money.debtNote(request, actor));
    return !isRefusal(noted);
  }
}
