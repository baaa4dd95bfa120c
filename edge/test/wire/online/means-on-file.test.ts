import type { OnlineFault } from "@gatehouse/firmware-sim/wire/online-server";
import { type Instant, isoOf, later, hours, minutes } from "@gatehouse/shared/time";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { moneyComplaints } from "../../../src/domain/money/invariants.ts";
import { Counters } from "../../../src/flows/counters.ts";
import { keepAccount } from "../../../src/flows/money/accounts.ts";
import { decidePayment } from "../../../src/flows/money/deciding.ts";
import type { MoneyDeps } from "../../../src/flows/money/money-deps.ts";
import { OnFile } from "../../../src/flows/money/on-file.ts";
import { settleOnline } from "../../../src/flows/money/online-settling.ts";
import { renewalPaid } from "../../../src/flows/money/renewal-crediting.ts";
import { Renewals } from "../../../src/flows/money/renewals.ts";
import { keepSubscription } from "../../../src/flows/money/subscriptions.ts";
import { TopUps } from "../../../src/flows/money/top-ups.ts";
import { SteadyTime } from "../../../src/flows/steady-time.ts";
import { findPermit } from "../../../src/store/access.ts";
import { subjectsOfOpen } from "../../../src/store/alerts.ts";
import { balanceOf } from "../../../src/store/books.ts";
import { readMoneyFacts } from "../../../src/store/money-facts.ts";
import { paymentsFor } from "../../../src/store/payments.ts";
import { keepPermit } from "../../../src/store/rights.ts";
import { findSubscription } from "../../../src/store/subscriptions.ts";
import { findValueAccount } from "../../../src/store/value-accounts.ts";
import { OnlineSite } from "./online-site.ts";

const boss = { kind: "attendant", id: "boss" } as const;
const log = { info: () => {}, warn: () => {}, error: () => {} };

describe("means on file", () => {
  let site: OnlineSite;
  let renewals: Renewals;
  let onFile: OnFile;
  let topUps: TopUps;
  let deps: MoneyDeps;
  let shared: Omit<MoneyDeps, "counters" | "steady" | "cashStep">;

  beforeEach(async () => {
    site = new OnlineSite();
    const { book, clock, random } = site;
    const calendar = { timezone: "Europe/Berlin", holidays: [] };
    shared = { book, clock, random, log, currency: "EUR", calendar };
    deps = {
      ...shared,
      counters: new Counters(),
      steady: new SteadyTime(book, clock, log),
      cashStep: 1,
      also: { paid: { renewal: renewalPaid(shared) } },
    };
    await site.start(settleOnline(deps));
    const charging = { ...deps, online: site.payments };
    onFile = new OnFile(charging);
    renewals = new Renewals(charging, onFile);
    topUps = new TopUps(charging, onFile);
  });
  afterEach(() => site.stop());

  /** 1 December in Berlin. */
  const december = Date.parse("2026-11-30T23:00:00Z") as Instant;
  const january = Date.parse("2026-12-31T23:00:00Z") as Instant;

  /** A permit of 59 a month that is paid until December, and its account. */
  function subscribe(meansRef: string | null): void {
    const means =
      meansRef === null
        ? null
        : { gateway: "stripe", customer_ref: "cus_1", means_ref: meansRef, last_four: "4242" };
    site.book.write((tx) => {
      const at = site.clock.now();
      keepPermit(tx, {
        permit_id: "permit-1",
        plates: ["BGH1234"],
        lanes: [],
        zones: [],
        valid_from: "2026-01-01T00:00:00Z",
        valid_until: isoOf(december),
      });
      keepAccount(
        tx,
        {
          reason: "season ticket",
          account_id: "acc-1",
          holder: "Jo",
          plates: [],
          is_active: true,
          floor_limit_minor: 0,
          means,
        },
        boss,
        at,
      );
      keepSubscription(
        tx,
        shared,
        {
          reason: "season ticket",
          subscription_id: "sub-1",
          permit_id: "permit-1",
          account_id: "acc-1",
          price_minor: 5900,
          rate_ppm: 190_000,
          period: "month",
          paid_until: isoOf(december),
          grace_days: 7,
        },
        boss,
        at,
      );
    });
  }
  /** A day before December a renewal is asked for. */
  async function renew(): Promise<void> {
    const wait = december - hours(23) - site.clock.now();
    if (wait > 0) await site.clock.advance(wait as never);
    await renewals.renewDue();
  }
  const permitUntil = () => findPermit(site.book, "permit-1")?.validUntil;
  const subscription = () => findSubscription(site.book, "sub-1");
  const payments = () => paymentsFor(site.book, "renewal", "sub-1");
  const charged = () =>
    [...site.double.bank.sales.values()].filter(({ state }) => state === "paid").length;
  const complaints = () => moneyComplaints(readMoneyFacts(site.book));

  test("renew a permit a day before its period ends, and charge it once", async () => {
    subscribe("pm_1");
    await renewals.renewDue();
    expect(payments()).toEqual([]);
    await renew();
    await renewals.renewDue();
    expect(subscription()).toMatchObject({ state: "active", paidUntil: january, tries: 0 });
    expect(permitUntil()).toBe(later(january, hours(7 * 24)));
    expect(payments()).toMatchObject([
      { status: "captured", amount: 5900, paymentMethod: "on-file" },
    ]);
    expect(balanceOf(site.book, "receivable", "sub-1")).toBe(0);
    expect(balanceOf(site.book, "online-clearing", "stripe")).toBe(5900);
    expect(charged()).toBe(1);
    expect(complaints()).toEqual([]);
  });

  test.each(["lost-answer", "error-after", "cut"] satisfies OnlineFault[])(
    "charge once although the gateway's answer is lost (%s)",
    async (fault) => {
      subscribe("pm_1");
      site.double.server.failNext(fault);
      await renew();
      await site.clock.advance(minutes(20));
      await onFile.settleAll();
      await renewals.renewDue();
      expect(charged()).toBe(1);
      expect(subscription()).toMatchObject({ paidUntil: january });
      expect(complaints()).toEqual([]);
    },
  );

  test("that are declined leave the permit its days of grace, and are asked again later each time", async () => {
    subscribe("pm_declined");
    await renew();
    expect(subscription()).toMatchObject({ state: "past-due", tries: 1, paidUntil: december });
    expect(permitUntil()).toBe(later(december, hours(7 * 24)));
    expect(subjectsOfOpen(site.book, "renewal-past-due")).toContain("sub-1");
    await renewals.renewDue();
    expect(payments()).toHaveLength(1);
    for (let hour = 0; hour < 30; hour += 1) {
      await site.clock.advance(hours(1));
      await renewals.renewDue();
    }
    expect(payments().map(({ status }) => status)).toEqual(["declined", "declined", "declined"]);
    expect(balanceOf(site.book, "receivable", "sub-1")).toBe(5900);
  });

  test("that nobody renews in the days of grace end, and nothing is owed for what was not given", async () => {
    subscribe("pm_declined");
    for (let day = 0; day < 24; day += 1) {
      await renew();
      await site.clock.advance(hours(24));
    }
    expect(subscription()).toMatchObject({ state: "cancelled", paidUntil: december });
    expect(permitUntil()).toBe(december);
    expect(balanceOf(site.book, "receivable", "sub-1")).toBe(0);
    expect(subjectsOfOpen(site.book, "renewal-past-due").size).toBe(0);
    expect(complaints()).toEqual([]);
  });

  test("whose bank takes days are asked about until the money is there", async () => {
    subscribe("pm_slow");
    await renew();
    expect(payments()).toMatchObject([{ status: "unknown" }]);
    await site.clock.advance(hours(30));
    await onFile.settleAll();
    await renewals.renewDue();
    expect(payments()).toHaveLength(1);
    const [sale] = site.double.bank.sales.values();
    site.double.bank.settle(sale?.ref ?? "", true);
    await site.payments.enquireUnsettled();
    expect(payments()).toMatchObject([{ status: "captured" }]);
    expect(subscription()).toMatchObject({ state: "active", paidUntil: january });
  });

  test("whose bank refuses days later leave the renewal unpaid", async () => {
    subscribe("pm_slow");
    await renew();
    const [sale] = site.double.bank.sales.values();
    site.double.bank.settle(sale?.ref ?? "", false);
    await site.payments.enquireUnsettled();
    await onFile.settleAll();
    expect(payments()).toMatchObject([{ status: "declined" }]);
    expect(subscription()).toMatchObject({ paidUntil: december });
    expect(complaints()).toEqual([]);
  });

  test("are asked no more when the gateway may have forgotten: a person decides", async () => {
    subscribe("pm_1");
    site.double.server.failNext("lost-answer");
    await renew();
    expect(payments()).toMatchObject([{ status: "unknown" }]);
    const asked = site.double.server.seen.length;
    await site.clock.advance(hours(1));
    await onFile.settleAll();
    await site.payments.enquireUnsettled();
    await renewals.renewDue();
    expect(site.double.server.seen).toHaveLength(asked);
    expect(payments()).toMatchObject([{ status: "unknown", paymentDetails: { undecided: true } }]);
    const { paymentId } = payments()[0] ?? { paymentId: "" };
    expect(subjectsOfOpen(site.book, "payment-undecided")).toContain(paymentId);
    const word = { outcome: "captured", reason: "stands in the gateway's list" } as const;
    site.book.write((tx) => decidePayment(tx, deps, paymentId, word, boss, site.clock.now()));
    expect(subscription()).toMatchObject({ paidUntil: january });
    expect(complaints()).toEqual([]);
  });

  test("are not needed while the account holds enough", async () => {
    subscribe("pm_1");
    const account = {
      account_id: "acc-1",
      holder: "Jo",
      plates: [],
      is_active: true,
      reason: "loads",
    };
    const top_up = { below_minor: 6000, load_minor: 10_000 };
    site.book.write((tx) =>
      keepAccount(tx, { ...account, floor_limit_minor: 0, top_up }, boss, site.clock.now()),
    );
    await topUps.loadDue();
    expect(findValueAccount(site.book, "acc-1")).toMatchObject({ balance: 10_000 });
    await topUps.loadDue();
    expect(charged()).toBe(1);
    await renew();
    expect(payments()).toMatchObject([{ status: "captured", paymentMethod: "stored-value" }]);
    expect(findValueAccount(site.book, "acc-1")).toMatchObject({ balance: 4100 });
    expect(subscription()).toMatchObject({ paidUntil: january });
    expect(complaints()).toEqual([]);
  });
});
