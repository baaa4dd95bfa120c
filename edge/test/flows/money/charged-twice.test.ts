import { type Duration, hours, minutes } from "@gatehouse/shared/time";
import { describe, expect, test } from "vitest";
import { GatewayPark, weekly } from "./gateway-park.ts";
import { anna, balance, complaints, granted, press } from "./till.ts";

/** Long enough for callbacks and a few rounds of upkeep. */
const aWhile = 300;
const weekMs = hours(24 * 7);

/** The machine's wall clock is so much later. */
async function later({ park }: GatewayPark, by: Duration): Promise<void> {
  park.machine.stepWall(by);
  await park.pass(aWhile);
}

/** A site whose only permit has just been renewed, and what its card was charged for that. */
async function renewed() {
  const site = await GatewayPark.open();
  await site.subscribe("a", minutes(10));
  const from = site.subscription("a").paidUntil;
  await site.park.pass(15 * 60);
  expect(site.renewals("a")).toMatchObject([{ status: "captured", amount: weekly }]);
  const [chargeRef = ""] = site.gateway.purse.chargeRefs;
  return { site, park: site.park, from, chargeRef };
}

/** A person gives a payment back whole; the gateway is asked, and may not answer. */
async function giveBack({ park }: GatewayPark, payment_id: string): Promise<void> {
  const request = { request_id: press(), payment_id, kind: "refund" as const, reason: "twice" };
  const asked = park.facility.money.refund(request, anna);
  await park.pass(10);
  await granted(asked);
}

const booked = ({ park }: GatewayPark) => ({
  clearing: balance(park, "online-clearing"),
  receivable: balance(park, "receivable"),
  income: 0 - balance(park, "revenue") - balance(park, "tax"),
});

describe("a renewal that a gateway charges twice", () => {
  test("gives one period, and the second charge goes back by itself", async () => {
    const { site, park, from, chargeRef } = await renewed();
    site.gateway.chargeAgain(chargeRef);
    await park.pass(aWhile);
    expect(site.gateway.purse.takenMinor).toBe(weekly);
    expect(booked(site)).toEqual({ clearing: weekly, receivable: 0, income: weekly });
    expect(site.subscription("a")).toMatchObject({ state: "active", paidUntil: from + weekMs });
    expect(park.alert("money-to-return")).toBeUndefined();

    await later(site, weekMs);
    expect(site.subscription("a").paidUntil).toBe(from + 2 * weekMs);
    expect(site.gateway.purse.takenMinor).toBe(2 * weekly);
    expect(booked(site)).toEqual({ clearing: 2 * weekly, receivable: 0, income: 2 * weekly });
    expect(complaints(park)).toEqual([]);
  });

  test("is paid by the second charge when a person gives the first one back", async () => {
    const { site, park, from, chargeRef } = await renewed();
    const [first] = site.renewals("a");
    site.gateway.setFaults({ requestLost: 1 });
    await giveBack(site, first?.paymentId ?? "");
    site.gateway.chargeAgain(chargeRef);
    await park.pass(70);
    site.gateway.setFaults({});
    await park.pass(aWhile);
    expect(site.renewals("a").map(({ status }) => status)).toEqual(["refunded", "captured"]);
    expect(site.gateway.purse.takenMinor).toBe(weekly);
    expect(booked(site)).toEqual({ clearing: weekly, receivable: 0, income: weekly });
    expect(site.subscription("a")).toMatchObject({ state: "active", paidUntil: from + weekMs });

    await giveBack(site, site.renewals("a")[1]?.paymentId ?? "");
    await park.pass(aWhile);
    expect(booked(site)).toEqual({ clearing: 0, receivable: 0, income: 0 });
    expect(site.subscription("a")).toMatchObject({ state: "cancelled", paidUntil: from });
    expect(complaints(park)).toEqual([]);
  });

  test("does not pay the next period with money that is on its way back", async () => {
    const { site, park, from, chargeRef } = await renewed();
    await later(site, (weekMs - minutes(25)) as Duration);
    site.gateway.chargeAgain(chargeRef);
    site.gateway.setFaults({ requestLost: 1 });
    await park.pass(70);
    await later(site, minutes(20));
    expect(site.subscription("a").paidUntil).toBe(from + weekMs);
    site.gateway.setFaults({});
    // Once to hear that it is back, once to ask for the next period.
    await later(site, hours(2));
    await later(site, hours(2));
    expect(site.gateway.purse.takenMinor).toBe(2 * weekly);
    expect(site.subscription("a")).toMatchObject({ paidUntil: from + 2 * weekMs, state: "active" });
    expect(booked(site)).toEqual({ clearing: 2 * weekly, receivable: 0, income: 2 * weekly });
  });

  test("and one whose permit was cancelled while its bank took its time goes back", async () => {
    const site = await GatewayPark.open();
    const { park, gateway } = site;
    await site.subscribe("a", minutes(10));
    const from = site.subscription("a").paidUntil;
    gateway.setFaults({ answerLost: 1, late: 1 });
    await park.pass(12 * 60);
    expect(site.renewals("a")).toMatchObject([{ status: "unknown" }]);
    await site.cancel("a");
    gateway.setFaults({});
    await park.pass(3600);
    expect(site.renewals("a")).toMatchObject([{ status: "refunded" }]);
    expect(gateway.purse.takenMinor).toBe(0);
    expect(booked(site)).toEqual({ clearing: 0, receivable: 0, income: 0 });
    expect(site.subscription("a")).toMatchObject({ state: "cancelled", paidUntil: from });
    expect(complaints(park)).toEqual([]);
  });
});

test("a charge that a person has decided about is not booked again when its gateway tells of it at last", async () => {
  const site = await GatewayPark.open();
  const { park, gateway } = site;
  gateway.onCallback(() => false);
  gateway.setFaults({ answerLost: 1 });
  await site.subscribe("a", minutes(0));
  await park.pass(75);
  await later(site, minutes(55));
  const [payment] = site.renewals("a");
  expect(payment).toMatchObject({ status: "unknown", paymentDetails: { undecided: true } });
  const word = { outcome: "captured" as const, reason: "stands in the gateway's list" };
  await granted(park.facility.money.decide(payment?.paymentId ?? "", word, anna));
  gateway.setFaults({});
  site.listen();
  await park.pass(aWhile);
  expect(gateway.undelivered).toBe(0);
  expect(site.renewals("a")).toMatchObject([{ status: "captured", transactionId: "ch-1" }]);
  expect(gateway.purse.takenMinor).toBe(weekly);
  expect(booked(site)).toEqual({ clearing: weekly, receivable: 0, income: weekly });
});
