import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { MoneyAnswer } from "@gatehouse/shared/contracts/money";
import { isRefusal, type Refusal } from "../../../src/flows/desk.ts";
import { linesAfter } from "../../../src/store/ledger.ts";
import { CarPark } from "../car-park.ts";
import { anna, boss, complaints, openDrawer, press } from "./till.ts";

/** What somebody may want next; numbers choose among what there is. */
const wish = fc.record({
  what: fc.constantFrom(
    "cash",
    "part",
    "nil",
    "refund",
    "void",
    "validate",
    "revoke",
    "load",
    "stored-value",
    "wait",
    "leave",
    "change-out",
    "write-off",
  ),
  car: fc.nat(2),
  which: fc.nat(20),
  minor: fc.integer({ min: 1, max: 700 }),
});
type Wish = typeof wish extends fc.Arbitrary<infer T> ? T : never;

const plates = ["AA1", "BB2", "CC3"] as const;

class Scene {
  readonly park: CarPark;
  readonly #given: string[] = [];

  constructor(park: CarPark) {
    this.park = park;
  }

  /** Does what is wished; a refusal is an answer like any other. */
  async do({ what, car, which, minor }: Wish): Promise<Refusal | MoneyAnswer | object | undefined> {
    const { park } = this;
    const { money } = park.facility;
    const plate = plates[car] ?? "AA1";
    const { sessionId } = park.session(plate);
    const about = { request_id: press(), purpose: "stay" as const, subject_id: sessionId };
    const till = { till_id: "till-1" };
    const payments = park.payments;
    const payment = payments[which % Math.max(1, payments.length)];
    const back = {
      request_id: press(),
      payment_id: payment?.paymentId ?? "none",
      reason: "wish",
      ...till,
    };
    switch (what) {
      case "cash":
        return money.cash(
          { ...about, ...till, tendered_minor: 2000, partial: false, change_given_minor: minor },
          anna,
        );
      case "part":
        return money.cash({ ...about, ...till, tendered_minor: minor, partial: true }, anna);
      case "nil":
        return money.nil({ ...about, reason: "goodwill", explanation: "" }, anna);
      case "refund":
        return money.refund({ ...back, kind: "refund", amount_minor: minor }, anna);
      case "void":
        return money.refund({ ...back, kind: "void" }, anna);
      case "validate": {
        const request_id = press();
        this.#given.push(request_id);
        const kind = (["minutes", "amount", "percent", "all"] as const)[which % 4] ?? "all";
        const value = kind === "percent" ? minor % 100 : minor;
        return money.validate({ merchant_id: "bakery", request_id, kind, value, plate }, anna);
      }
      case "revoke": {
        const id = this.#given[which % Math.max(1, this.#given.length)] ?? "none";
        return money.revokeValidation(id, { reason: "wish" }, boss);
      }
      case "load":
        return money.cash(
          {
            ...about,
            ...till,
            purpose: "top-up",
            subject_id: "acc-1",
            amount_minor: minor,
            tendered_minor: minor,
            partial: false,
          },
          anna,
        );
      case "stored-value":
        return money.storedValue({ ...about, account_id: "acc-1" }, anna);
      case "change-out":
        return money.changeOut({ request_id: press(), payment_id: back.payment_id, ...till }, anna);
      case "write-off":
        return money.writeOff(sessionId, { request_id: press(), reason: "wish" }, boss);
      case "wait":
        await park.pass(minor);
        return undefined;
      case "leave":
        return this.#leave(plate, sessionId);
    }
  }

  async #leave(plate: string, sessionId: string): Promise<undefined> {
    const { park } = this;
    if (park.session(plate).exitTime !== null) {
      await park.enter(plate);
      return undefined;
    }
    await park.facility.openByHand(park.opening("exit-1", { sessionId }));
    await park.arrive("exit-1");
    await park.pass(4);
    await park.cross("exit-1");
    await park.pass(20);
    return undefined;
  }
}

async function scene(): Promise<Scene> {
  const park = await CarPark.open();
  for (const plate of plates) await park.enter(plate);
  await park.pass(1800);
  openDrawer(park);
  const { accounts } = park.facility;
  const why = { reason: "contract signed" };
  const merchant = {
    ...why,
    request_id: "keep-bakery",
    merchant_id: "bakery",
    name: "Bakery",
    stay_cap_minor: 150,
    month_cap_minor: 400,
  };
  await accounts.keepMerchant({ ...merchant, is_active: true, new_token: false }, boss);
  const account = {
    ...why,
    request_id: "keep-acc-1",
    account_id: "acc-1",
    holder: "Jo",
    plates: ["AA1"],
    is_active: true,
  };
  await accounts.keepAccount({ ...account, floor_limit_minor: 0, means: null }, boss);
  return new Scene(park);
}

describe("whatever people do with money, in any order", () => {
  test("the books balance, nothing is paid twice, and no more goes back than was paid", async () => {
    let acts = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(wish, { minLength: 10, maxLength: 30 }), async (wishes) => {
        const now = await scene();
        for (const each of wishes) {
          const answer = await now.do(each);
          if (answer !== undefined && !isRefusal(answer)) acts += 1;
          expect(complaints(now.park)).toEqual([]);
        }
        for (const { amount, refunded } of now.park.payments) {
          expect(refunded).toBeGreaterThanOrEqual(0);
          expect(refunded).toBeLessThanOrEqual(amount);
        }
        const given = now.park.payments
          .filter(
            ({ paymentMethod, status }) => paymentMethod === "validation" && status === "captured",
          )
          .reduce((sum, { amount }) => sum + amount, 0);
        expect(given).toBeLessThanOrEqual(400);
      }),
      { numRuns: 6, endOnFailure: true },
    );
    expect(acts).toBeGreaterThan(20);
  }, 120_000);
});

/** Digits that could be a card's number: 13 to 19 of them, alone, with a good check digit. */
function cardNumbersIn(text: string): string[] {
  return [...text.matchAll(/(?<![\d.-])\d{13,19}(?![\d.-])/g)]
    .map(([run]) => run)
    .filter(isCardNumber);
}

function isCardNumber(digits: string): boolean {
  const sum = digits
    .split("")
    .toReversed()
    .reduce((total, digit, place) => {
      const value = Number(digit) * (place % 2 === 0 ? 1 : 2);
      return total + (value > 9 ? value - 9 : value);
    }, 0);
  return sum % 10 === 0 && !isMoment(digits);
}

/** Whole milliseconds of our century are no cards. */
const isMoment = (digits: string): boolean =>
  digits.length === 13 && Number(digits) > 1_500_000_000_000 && Number(digits) < 2_500_000_000_000;

test("no card's number is in the ledger or in any table, only its last four digits", async () => {
  const park = await CarPark.open();
  await park.enter("AA1");
  await park.pass(3600);
  park.cards("exit-1", true);
  await park.arrive("exit-1");
  park.read("exit-1", "AA1");
  await park.pass(8);
  expect(park.payments).toMatchObject([{ status: "captured" }]);
  const ledger = linesAfter(park.book, park.book.epoch, 0, 10_000).map(({ text }) => text);
  const tables = park.book.db
    .all<{ name: string }>("select name from sqlite_master where type = 'table'" as never)
    .flatMap(({ name }) => park.book.db.all(`select * from "${name}"` as never));
  const text = `${ledger.join("\n")}\n${JSON.stringify(tables)}`;
  expect(text).toContain("4242");
  expect(cardNumbersIn(text)).toEqual([]);
  expect(cardNumbersIn("paid with 4242424242424242 today")).toEqual(["4242424242424242"]);
});
