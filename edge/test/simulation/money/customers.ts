import type { Car } from "@gatehouse/firmware-sim/cars";
import { happens, pick, wait } from "@gatehouse/firmware-sim/chance";
import type { OnlineGatewaySim } from "@gatehouse/firmware-sim/devices/online-gateway-sim";
import type { VirtualClock } from "@gatehouse/firmware-sim/virtual-clock";
import type { SeededRandom } from "@gatehouse/firmware-sim/seeded-random";
import type { Actor } from "@gatehouse/shared/contracts/actor";
import { isRefusal } from "../../../src/flows/desk.ts";
import type { Cashier, Handing } from "./cashier.ts";
import type { Counter } from "./counter.ts";

export interface CustomersParts {
  readonly random: SeededRandom;
  readonly counter: Counter;
  readonly cashier: Cashier;
  readonly gateway: OnlineGatewaySim;
  readonly world: VirtualClock;
  /** Plates of cars that come often. */
  readonly regulars: readonly string[];
}

type Means = "cash" | "merchant" | "online" | "nil" | "card";

const shares: readonly (readonly [Means, number])[] = [
  ["cash", 0.2],
  ["merchant", 0.12],
  ["online", 0.15],
  ["nil", 0.01],
];
const boss: Actor = { kind: "attendant", id: "carla" };
const merchants = [
  { merchant_id: "cinema", name: "Cinema", stay_cap_minor: 400, month_cap_minor: 30_000 },
  { merchant_id: "bakery", name: "Bakery", stay_cap_minor: null, month_cap_minor: null },
] as const;
/** So many regulars have an account of stored value. */
const accountCount = 40;
const loaded = 2000;
const loadBelow = 500;

/** How drivers pay before they drive to the exit, and who pays for them; the rest take a card out at the arm. */
export class Customers {
  readonly #parts: CustomersParts;
  /** The account of a plate, and what was loaded on it less what its holder thinks is gone. */
  readonly #accounts = new Map<string, string>();

  constructor(parts: CustomersParts) {
    this.#parts = parts;
    for (const [index, plate] of parts.regulars.slice(0, accountCount).entries())
      this.#accounts.set(plate, `account-${index + 1}`);
  }

  /** Merchants and accounts are kept. */
  async begin(): Promise<void> {
    const { counter } = this.#parts;
    const why = { reason: "begins" };
    const rest = { ...why, is_active: true, new_token: false };
    for (const merchant of merchants)
      await counter.press(({ accounts }) =>
        accounts.keepMerchant(
          { ...merchant, ...rest, request_id: `keep-${merchant.merchant_id}` },
          boss,
        ),
      );
    for (const [plate, id] of this.#accounts) {
      const account = {
        ...why,
        request_id: `keep-${id}`,
        account_id: id,
        holder: `Holder of ${id}`,
        plates: [plate],
      };
      const rules = { is_active: true, floor_limit_minor: 500, means: this.#meansOf(id) };
      await counter.press(({ accounts }) => accounts.keepAccount({ ...account, ...rules }, boss));
    }
  }

  async beforeLeaving({ plate, random }: Car): Promise<void> {
    const chance = random.fork("money");
    const account = this.#accounts.get(plate);
    if (account !== undefined && this.#meansOf(account) === null) await this.#load(account);
    switch (meansOf(chance.fraction())) {
      case "cash":
        return this.#payCash(plate, chance);
      case "merchant":
        return this.#visitMerchant(plate, chance);
      case "online":
        return this.#payOnline(plate, chance);
      case "nil":
        return this.#askForGoodwill(plate, chance);
      case "card":
        return;
    }
  }

  /** Every other holder has left a card with the gateway. */
  #meansOf(accountId: string) {
    if (Number(accountId.split("-")[1]) % 2 === 0) return null;
    const { name } = this.#parts.gateway;
    return { gateway: name, customer_ref: accountId, means_ref: "card-1", last_four: "4242" };
  }

  /** The session of a car inside, as the page finds it by the plate. */
  async sessionOf(plate: string): Promise<string | undefined> {
    const { sessions } = await this.#parts.counter.press(({ plates }) => plates.search(plate));
    const [found, other] = sessions.filter((session) => session.plate === plate);
    return other === undefined ? found?.session_id : undefined;
  }

  async #payCash(plate: string, chance: SeededRandom): Promise<void> {
    const subjectId = await this.sessionOf(plate);
    if (subjectId === undefined) return;
    const handing = pick<Handing>(chance, ["exact", "exact", "note", "note", "note", "part"]);
    await this.#parts.cashier.take({ purpose: "stay", subjectId, handing });
  }

  /** Some never finish, and some only when they have left and paid another way. */
  async #payOnline(plate: string, chance: SeededRandom): Promise<void> {
    const { counter, gateway, world } = this.#parts;
    const subjectId = await this.sessionOf(plate);
    if (subjectId === undefined) return;
    const about = { purpose: "stay" as const, subject_id: subjectId, gateway: gateway.name };
    const request = { request_id: chance.id(), ...about };
    const open = () => counter.tried(({ money }) => money.offer(request));
    const offered = (await open()) ?? (await open());
    if (offered === undefined || isRefusal(offered)) return;
    const { url } = offered;
    if (happens(chance, 0.15)) return;
    if (happens(chance, 0.15)) {
      world.after(wait(chance, 120, 1500), () => void gateway.pay(url));
      return;
    }
    await world.sleep(wait(chance, 10, 90));
    gateway.pay(url);
    await world.sleep(wait(chance, 5, 60));
  }

  async #visitMerchant(plate: string, chance: SeededRandom): Promise<void> {
    const { counter } = this.#parts;
    const gift = pick(chance, [
      { kind: "minutes", value: 60 },
      { kind: "amount", value: 150 },
      { kind: "percent", value: 50 },
      { kind: "all", value: 0 },
    ] as const);
    const { merchant_id } = pick(chance, merchants);
    const request = { request_id: chance.id(), merchant_id, plate, ...gift };
    const given = await counter.press(({ money }) => money.validate(request, boss));
    if (isRefusal(given)) return;
    if (happens(chance, 0.2)) await counter.press(({ money }) => money.validate(request, boss));
    if (!happens(chance, 0.1)) return;
    const id = given.validation_id;
    const reason = "the receipt was of another shop";
    await counter.press(({ money }) => money.revokeValidation(id, { reason }, boss));
  }

  async #askForGoodwill(plate: string, chance: SeededRandom): Promise<void> {
    const { counter, cashier } = this.#parts;
    const subject = await this.sessionOf(plate);
    if (subject === undefined) return;
    const request = {
      request_id: chance.id(),
      purpose: "stay" as const,
      subject_id: subject,
      reason: "goodwill" as const,
      explanation: "",
    };
    const { actor } = cashier;
    await counter.press(({ money }) => money.nil(request, actor));
  }

  async #load(accountId: string): Promise<void> {
    const { counter, cashier } = this.#parts;
    const { accounts: found } = await counter.press(({ accounts }) => accounts.accounts(accountId));
    const known = found.find((account) => account.account_id === accountId);
    if (known === undefined || known.balance_minor >= loadBelow) return;
    const handing = "note" as const;
    await cashier.take({ purpose: "top-up", subjectId: accountId, handing, amount: loaded });
  }
}

function meansOf(chance: number): Means {
  let below = 0;
  for (const [means, share] of shares) {
    below += share;
    if (chance < below) return means;
  }
  return "card";
}
