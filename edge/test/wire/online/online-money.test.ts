import { StripeDouble } from "@gatehouse/firmware-sim/wire/stripe-double";
import type { OnlineGateway } from "@gatehouse/shared/ports/online-gateway";
import { isoOf, later, hours } from "@gatehouse/shared/time";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { StripeGateway } from "../../../src/adapters/online/stripe.ts";
import { findPermit } from "../../../src/store/access.ts";
import { CarPark } from "../../flows/car-park.ts";
import {
  anna,
  balance,
  boss,
  complaints,
  granted,
  openDrawer,
  press,
} from "../../flows/money/till.ts";
import { apiKey, facilityId, secret } from "./gateway-contract.ts";

describe("money that comes through a gateway", () => {
  let park: CarPark;
  let double: StripeDouble;

  beforeEach(async () => {
    const gateways: { gateway: OnlineGateway; returnUrl: string }[] = [];
    park = new CarPark({ gateways });
    double = new StripeDouble({ clock: park.world, apiKey, secret });
    await double.start();
    const gateway = new StripeGateway({
      id: "stripe",
      facilityId,
      apiKey,
      callbackSecrets: [secret],
      url: double.server.url,
      timeoutMs: 500,
      retries: 0,
    });
    gateways.push({ gateway, returnUrl: "http://127.0.0.1/" });
    await park.boot();
    await park.enter("BGH1234");
    await park.pass(3600);
    openDrawer(park);
  });
  afterEach(() => double.stop());

  const subject_id = (): string => park.session("BGH1234").sessionId;
  const offer = async () => {
    const request = { request_id: press(), purpose: "stay" as const, subject_id: subject_id() };
    return granted(park.facility.money.offer({ ...request, gateway: "stripe" }));
  };
  /** Delivers everything that the gateway has told, again and again. */
  async function deliver(): Promise<void> {
    for (const event of double.events) {
      const { body, headers } = double.sign(event);
      const receivedAt = park.world.now();
      park.facility.callbacks.receive({
        gateway: "stripe",
        body,
        headers,
        receivedAt,
        via: "door",
      });
    }
    await park.facility.callbacks.handleAll();
  }
  const saleOf = (): string => [...double.bank.sales.keys()].at(-1) ?? "";
  const cash = (tendered_minor = 500) =>
    park.facility.money.cash(
      {
        request_id: press(),
        purpose: "stay",
        subject_id: subject_id(),
        till_id: "till-1",
        tendered_minor,
        partial: false,
      },
      anna,
    );
  async function leave(): Promise<void> {
    await park.arrive("exit-1");
    park.read("exit-1", "BGH1234");
    await park.pass(4);
    await park.cross("exit-1");
    await park.pass(12);
  }

  test("on a driver's phone pays the stay once, however often the gateway tells", async () => {
    const { payment_id, amount_minor } = await offer();
    expect(amount_minor).toBe(313);
    expect(park.session("BGH1234").paidAmount).toBe(0);
    double.bank.pay(saleOf());
    await deliver();
    await deliver();
    expect(park.session("BGH1234")).toMatchObject({ status: "paid-grace", paidAmount: 313 });
    expect(park.payments).toMatchObject([{ paymentId: payment_id, status: "captured" }]);
    expect(balance(park, "online-clearing")).toBe(313);
    await leave();
    expect(complaints(park)).toEqual([]);
  });

  test("too late, after the stay was paid in cash, goes back by itself", async () => {
    await offer();
    await granted(cash());
    double.bank.pay(saleOf());
    await deliver();
    await leave();
    expect(park.alert("money-to-return")).toBeDefined();
    expect(balance(park, "receivable")).toBe(-313);
    await park.pass(61);
    for (let tries = 0; tries < 50 && park.alert("money-to-return"); tries++) {
      await new Promise((resolve) => void setTimeout(resolve, 100));
      await park.pass(1);
    }
    expect(park.facility.money.refunds().refunds).toMatchObject([
      { status: "done", amount_minor: 313 },
    ]);
    expect([...double.bank.purse().values()]).toEqual([0]);
    expect([balance(park, "receivable"), balance(park, "online-clearing")]).toEqual([0, 0]);
    expect(complaints(park)).toEqual([]);
  });

  test("is given back in part, and what comes back from the bank is held again", async () => {
    const { payment_id } = await offer();
    double.bank.pay(saleOf());
    await deliver();
    const request = {
      request_id: press(),
      payment_id,
      kind: "refund" as const,
      reason: "goodwill",
    };
    await granted(park.facility.money.refund({ ...request, amount_minor: 100 }, anna));
    await deliver();
    expect(park.payments).toMatchObject([{ status: "part-refunded", refunded: 100 }]);
    expect([balance(park, "online-clearing"), balance(park, "refunds")]).toEqual([213, 100]);
    expect(complaints(park)).toEqual([]);
    const sale = double.bank.find(saleOf());
    double.bank.settleRefund(sale?.refunds[0]?.ref ?? "", "failed");
    await deliver();
    expect(park.payments).toMatchObject([{ status: "captured", refunded: 0 }]);
    expect([balance(park, "online-clearing"), balance(park, "refunds")]).toEqual([313, 0]);
    expect(complaints(park)).toEqual([]);
  });

  test("that a cardholder disputes is held, and lost or ours again", async () => {
    await offer();
    double.bank.pay(saleOf());
    await deliver();
    const first = double.bank.dispute(saleOf(), 313, "dp_");
    await deliver();
    expect(park.payments).toMatchObject([{ status: "disputed" }]);
    expect([balance(park, "disputed"), balance(park, "online-clearing")]).toEqual([313, 0]);
    double.bank.closeDispute(first.ref, "won");
    await deliver();
    expect(park.payments).toMatchObject([{ status: "captured" }]);
    const second = double.bank.dispute(saleOf(), 313, "dp_");
    double.bank.closeDispute(second.ref, "lost");
    await deliver();
    expect(park.payments).toMatchObject([{ status: "charged-back" }]);
    expect([balance(park, "chargebacks"), balance(park, "disputed")]).toEqual([313, 0]);
    expect(park.facts("payment-disputed").map(({ state }) => state)).toEqual([
      "opened",
      "won",
      "opened",
      "lost",
    ]);
    expect(complaints(park)).toEqual([]);
  });

  describe("from a means on file", () => {
    const keep = (means_ref: string, floor_limit_minor = 0): void =>
      void park.facility.accounts.keepAccount(
        {
          request_id: press(),
          reason: "asked at the desk",
          account_id: "acc-1",
          holder: "Jo",
          plates: ["BGH1234"],
          is_active: true,
          floor_limit_minor,
          means: { gateway: "stripe", customer_ref: "cus_1", means_ref, last_four: "4242" },
        },
        boss,
      );
    /** The gateway answers in real time while the car waits in virtual time. */
    async function answered(): Promise<void> {
      for (let tries = 0; tries < 100; tries++) {
        if (park.payments.every(({ status }) => status !== "started")) break;
        await new Promise((resolve) => void setTimeout(resolve, 50));
      }
      await new Promise((resolve) => void setTimeout(resolve, 50));
      await park.pass(4);
    }

    test("a car leaves without stopping for a terminal", async () => {
      keep("pm_1");
      await park.arrive("exit-1");
      park.read("exit-1", "BGH1234");
      await answered();
      expect(park.payments).toMatchObject([{ paymentMethod: "on-file", status: "captured" }]);
      expect(park.openings("exit-1")).toBe(1);
      expect(complaints(park)).toEqual([]);
    });

    test("that is refused leaves the driver to the terminal", async () => {
      keep("pm_declined");
      park.cards("exit-1", true);
      await park.arrive("exit-1");
      park.read("exit-1", "BGH1234");
      await answered();
      await park.pass(6);
      expect(park.payments.map(({ paymentMethod, status }) => [paymentMethod, status])).toEqual([
        ["on-file", "declined"],
        ["card", "captured"],
      ]);
      expect(complaints(park)).toEqual([]);
    });

    test("while the gateway is away, is let go under the floor limit and charged later, once", async () => {
      keep("pm_1", 1000);
      double.server.failNext("lost-answer");
      await park.arrive("exit-1");
      park.read("exit-1", "BGH1234");
      await answered();
      expect(park.payments).toMatchObject([{ status: "accepted-offline" }]);
      expect(balance(park, "offline-clearing")).toBe(313);
      expect(park.openings("exit-1")).toBe(1);
      expect(complaints(park)).toEqual([]);
      await park.cross("exit-1");
      await park.pass(75);
      for (let tries = 0; tries < 50 && balance(park, "offline-clearing") !== 0; tries++)
        await new Promise((resolve) => void setTimeout(resolve, 100));
      expect(park.payments).toMatchObject([{ status: "captured" }]);
      expect([...double.bank.purse().values()]).toEqual([313]);
      expect(balance(park, "online-clearing")).toBe(313);
      expect(complaints(park)).toEqual([]);
    });

    test("let go and then refused is a debt", async () => {
      keep("pm_declined", 1000);
      double.server.failNext("cut");
      await park.arrive("exit-1");
      park.read("exit-1", "BGH1234");
      await answered();
      expect(park.payments).toMatchObject([{ status: "accepted-offline" }]);
      await park.cross("exit-1");
      await park.pass(75);
      for (let tries = 0; tries < 50 && balance(park, "offline-clearing") !== 0; tries++)
        await new Promise((resolve) => void setTimeout(resolve, 100));
      expect(park.payments).toMatchObject([{ status: "declined" }]);
      expect(park.facility.money.debts("BGH1234").debts).toMatchObject([{ owed_minor: 313 }]);
      expect(balance(park, "receivable")).toBe(313);
      expect(complaints(park)).toEqual([]);
    });

    test("a permit is renewed by the period, and ends with its grace where nobody pays", async () => {
      keep("pm_1");
      const now = park.world.now();
      park.book.write((tx) =>
        tx.db.run(
          `insert into permits (permit_id, valid_from, valid_until, revoked, holder, kind, pool_id, terms)
           values ('p-1', 0, ${now}, 0, 'Jo', 'season', null, '{}')` as never,
        ),
      );
      const subscription = {
        subscription_id: "sub-1",
        permit_id: "p-1",
        account_id: "acc-1",
        price_minor: 11_900,
        rate_ppm: 190_000,
        period: "month" as const,
        paid_until: isoOf(later(now, hours(0))),
        grace_days: 7,
        request_id: press(),
        reason: "season ticket",
      };
      await granted(park.facility.accounts.keepSubscription(subscription, boss));
      await park.pass(65);
      for (let tries = 0; tries < 50; tries++) {
        if (park.facts("subscription-changed").length > 1) break;
        await new Promise((resolve) => void setTimeout(resolve, 100));
      }
      expect(park.facts("subscription-changed").at(-1)).toMatchObject({
        state: "active",
        paid_until: expect.stringMatching("^2026-07-01T06:3"),
      });
      expect(findPermit(park.book, "p-1")?.validUntil).toBeGreaterThan(now + 30 * 86_400_000);
      expect([balance(park, "revenue"), balance(park, "tax")]).toEqual([-10_000, -1900]);
      expect(complaints(park)).toEqual([]);
    });
  });
});
