import { Fault } from "@gatehouse/shared/fault";
import { minutes } from "@gatehouse/shared/time";
import { expect, test } from "vitest";
import { isRefusal } from "../../../src/flows/desk.ts";
import type { Payment } from "../../../src/store/payments.ts";
import { GatewayPark, weekly } from "./gateway-park.ts";
import { anna, balance, boss, complaints, granted, openDrawer } from "./till.ts";

/** A site whose machine loses its power at the n-th step of the book from now on. */
class MortalSite {
  readonly site: GatewayPark;
  readonly #fuse: { left: number };
  /** Of the car, the permit and the presses of this round. */
  name = "";

  private constructor(site: GatewayPark, fuse: { left: number }) {
    this.site = site;
    this.#fuse = fuse;
  }

  static async open(): Promise<MortalSite> {
    const fuse = { left: Infinity };
    const parks: GatewayPark[] = [];
    const onStep = (): void => {
      fuse.left -= 1;
      if (fuse.left >= 0) return;
      if (parks[0]?.park.isUp === true) parks[0].park.die("power");
      throw new Fault("disk-full", "the power is gone");
    };
    const site = await GatewayPark.open({ spaces: 200, book: { onStep } });
    parks.push(site);
    openDrawer(site.park);
    site.park.cards("exit-1", true);
    return new MortalSite(site, fuse);
  }

  get park() {
    return this.site.park;
  }

  /** Does something while the power is cut at a step. @returns whether it was cut */
  async cutAt(step: number, act: (site: MortalSite) => Promise<unknown>): Promise<boolean> {
    this.#fuse.left = step;
    await this.#during(act);
    this.#fuse.left = Infinity;
    return !this.park.isUp;
  }

  /** The machine has its power again, and whoever pressed presses once more. */
  async again(act: (site: MortalSite) => Promise<unknown>): Promise<void> {
    if (!this.park.isUp) await this.park.boot();
    await this.#during(act);
  }

  /** The act, and everything that follows of it by itself; of a dead machine nobody hears. */
  async #during(act: (site: MortalSite) => Promise<unknown>): Promise<void> {
    const asked = act(this).catch((error: unknown) => {
      if (!(error instanceof Fault) || this.park.isUp) throw error;
    });
    asked.catch(() => {});
    await this.park.pass(aWhile);
    if (this.park.isUp) await asked;
  }

  session(): string {
    return this.park.session(this.name).sessionId;
  }

  taken(): readonly Payment[] {
    const id = this.session();
    return this.park.payments.filter(({ sessionId }) => sessionId === id) as Payment[];
  }
}

interface Story {
  readonly what: string;
  readonly prepare: (site: MortalSite) => Promise<void>;
  /** What is pressed; the same again is the same press. Upkeep goes on meanwhile. */
  readonly act: (site: MortalSite) => Promise<unknown>;
  readonly ended: (site: MortalSite) => void;
}

/** Past the next round of upkeep. */
const aWhile = 75;
/** Steps that no act of these has. */
const stepsMost = 400;

async function enter({ park, name }: MortalSite): Promise<void> {
  await park.enter(name);
  await park.pass(60);
}

const stories: readonly Story[] = [
  {
    what: "a refund to a card",
    prepare: async (site) => {
      await enter(site);
      const { park } = site;
      const request = { request_id: `card ${site.name}`, terminal_id: "terminal-exit-1" };
      const about = { purpose: "stay" as const, subject_id: site.session() };
      const asked = park.facility.money.card({ ...request, ...about }, anna);
      await park.pass(20);
      await granted(asked);
    },
    act: async (site) => {
      const payment_id = site.taken()[0]?.paymentId ?? "";
      const request = { payment_id, kind: "refund" as const, amount_minor: 20, reason: "goodwill" };
      // Whoever is told that nothing went back asks anew.
      for (let tries = 0; ; tries++) {
        const request_id = `refund ${site.name} ${tries}`;
        const asked = site.park.facility.money.refund({ ...request, request_id }, anna);
        if ((await granted(asked)).status !== "failed") return;
      }
    },
    ended: (site) =>
      expect(site.taken()).toMatchObject([{ status: "part-refunded", refunded: 20 }]),
  },
  {
    what: "what a merchant gave, and the rest in cash",
    prepare: async (site) => {
      await enter(site);
      const about = { request_id: `cinema ${site.name}`, reason: "begins" };
      const merchant = { ...about, merchant_id: "cinema", name: "Cinema", is_active: true };
      const caps = { stay_cap_minor: null, month_cap_minor: null, new_token: false };
      await granted(site.park.facility.accounts.keepMerchant({ ...merchant, ...caps }, boss));
    },
    act: async (site) => {
      const { park, name } = site;
      const gift = { merchant_id: "cinema", plate: name, kind: "amount" as const, value: 10 };
      const { money } = park.facility;
      await granted(money.validate({ request_id: `gift ${name}`, ...gift }, boss));
      const cash = { request_id: `cash ${name}`, till_id: "till-1", tendered_minor: 100 };
      const about = { purpose: "stay" as const, subject_id: site.session(), partial: false };
      const answer = await money.cash({ ...cash, ...about }, anna);
      expect(isRefusal(answer) && answer.reason).toBe(false);
    },
    ended: (site) => {
      const amounts = site.taken().map(({ paymentMethod, amount }) => [paymentMethod, amount]);
      expect(amounts).toEqual([
        ["validation", 10],
        ["cash", 53],
      ]);
    },
  },
  {
    what: "a payment on a gateway's page",
    prepare: enter,
    act: async (mortal) => {
      const { site, park, name } = mortal;
      const about = { purpose: "stay" as const, subject_id: mortal.session(), gateway: "pay-page" };
      const { url } = await granted(
        park.facility.money.offer({ request_id: `page ${name}`, ...about }),
      );
      site.gateway.pay(url);
    },
    ended: (site) => expect(site.taken()).toMatchObject([{ status: "captured", amount: 63 }]),
  },
  {
    what: "the renewal of a permit",
    prepare: ({ site, name }) => site.subscribe(name, minutes(0)),
    act: async () => {},
    ended: ({ site, name }) => {
      expect(site.renewals(name)).toMatchObject([{ status: "captured", amount: weekly }]);
      expect(site.subscription(name)).toMatchObject({ state: "active", tries: 0 });
      const isHeld = site.permitUntil(name) > site.subscription(name).paidUntil;
      expect(isHeld).toBe(true);
    },
  },
];

test.each(stories)(
  "a power cut between any two writes of $what loses nothing and takes nothing twice",
  { timeout: 300_000 },
  async ({ prepare, act, ended }) => {
    const mortal = await MortalSite.open();
    const { park, site } = mortal;
    let cuts = 0;
    for (let isCut = true; isCut; cuts += 1) {
      expect(cuts).toBeLessThan(stepsMost);
      mortal.name = `CUT${cuts}`;
      await prepare(mortal);
      isCut = await mortal.cutAt(cuts, act);
      expect(complaints(park)).toEqual([]);
      await mortal.again(act);
      expect(complaints(park)).toEqual([]);
      ended(mortal);
      expect(balance(park, "online-clearing")).toBe(site.gateway.purse.takenMinor);
      expect(balance(park, "card-clearing")).toBe(park.terminal("exit-1").purses.charged());
    }
    expect(cuts).toBeGreaterThan(12);
  },
);
