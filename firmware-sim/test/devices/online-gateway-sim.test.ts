import { minorUnits } from "@gatehouse/shared/money";
import { hours, type Instant, later, minutes } from "@gatehouse/shared/time";
import { expect, test } from "vitest";
import { OnlineGatewaySim } from "../../src/devices/online-gateway-sim.ts";
import { SeededRandom } from "../../src/seeded-random.ts";
import { VirtualClock } from "../../src/virtual-clock.ts";

const clock = new VirtualClock(Date.UTC(2026, 0, 5, 8) as Instant);

function gatewayWith(faults: Parameters<OnlineGatewaySim["setFaults"]>[0] = {}) {
  const gateway = new OnlineGatewaySim({ clock, random: new SeededRandom(3), name: "pay-page" });
  gateway.setFaults(faults);
  const told: string[] = [];
  gateway.onCallback((body) => {
    const reading = gateway.readCallback(body);
    if (reading.kind === "callback") told.push(reading.callback.eventId);
    return true;
  });
  return { gateway, told };
}

const offerOf = (paymentId: string) => ({
  paymentId,
  amount: minorUnits(350),
  currency: "EUR",
  description: "Parking",
  offeredAt: clock.now(),
  expiresAt: later(clock.now(), minutes(30)),
  returnUrl: "http://127.0.0.1/",
});

async function after<T>(work: Promise<T>): Promise<T> {
  const settled = work.catch(() => undefined);
  await clock.advance(minutes(1));
  await settled;
  return work;
}

test("a page is paid once, however often it is asked for and pressed", async () => {
  const { gateway } = gatewayWith();
  const first = await after(gateway.offer(offerOf("p-1")));
  const again = await after(gateway.offer(offerOf("p-1")));
  expect(again).toEqual(first);
  expect(gateway.pay(first.url)).toBe(true);
  expect(gateway.pay(first.url)).toBe(false);
  expect(gateway.purse.takenMinor).toBe(350);
});

test("what was done stays done when its answer is lost, and is told by asking", async () => {
  const { gateway } = gatewayWith();
  const { url, offerRef } = await after(gateway.offer(offerOf("p-2")));
  gateway.pay(url);
  gateway.setFaults({ answerLost: 1 });
  const refund = {
    refundId: "r-1",
    paymentId: "p-2",
    chargeRef: "ch-1",
    amount: minorUnits(100),
    currency: "EUR",
  };
  await expect(after(gateway.refund(refund))).rejects.toThrow("the answer was lost");
  gateway.setFaults({});
  expect(await after(gateway.refund(refund))).toMatchObject({ state: "done", refundRef: "re-1" });
  expect(gateway.purse.takenMinor).toBe(250);
  const { news } = await after(gateway.enquire({ offerRef }));
  expect(news.map(({ kind }) => kind)).toEqual(["paid", "refund"]);
});

test("no more goes back than was taken", async () => {
  const { gateway } = gatewayWith();
  const { url } = await after(gateway.offer(offerOf("p-3")));
  gateway.pay(url);
  const refund = { paymentId: "p-3", chargeRef: "ch-1", currency: "EUR" };
  await after(gateway.refund({ ...refund, refundId: "r-1", amount: minorUnits(300) }));
  const beyond = gateway.refund({ ...refund, refundId: "r-2", amount: minorUnits(100) });
  expect(await after(beyond)).toMatchObject({ state: "failed" });
  expect(gateway.purse.takenMinor).toBe(50);
});

test("a callback comes twice, and again until somebody takes it", async () => {
  const { gateway, told } = gatewayWith({ doubled: 1 });
  const { url } = await after(gateway.offer(offerOf("p-4")));
  let isUp = false;
  gateway.onCallback((body) => {
    const reading = gateway.readCallback(body);
    if (isUp && reading.kind === "callback") told.push(reading.callback.eventId);
    return isUp;
  });
  gateway.pay(url);
  await clock.advance(minutes(20));
  expect(gateway.undelivered).toBe(2);
  isUp = true;
  await clock.advance(minutes(20));
  expect(told).toEqual(["ev-1", "ev-1"]);
  expect(gateway.undelivered).toBe(0);
});

test("a page ends with its time, and means on file are charged once", async () => {
  const { gateway } = gatewayWith();
  const { url, offerRef } = await after(gateway.offer(offerOf("p-5")));
  await clock.advance(hours(1));
  expect(gateway.pay(url)).toBe(false);
  expect(await after(gateway.enquire({ offerRef }))).toMatchObject({ news: [{ kind: "expired" }] });
  const saved = { customerRef: "c", meansRef: "m", description: "Parking", currency: "EUR" };
  const charge = { ...saved, paymentId: "p-6", amount: minorUnits(200) };
  const first = await after(gateway.chargeSaved(charge));
  expect(first).toMatchObject({ kind: "captured" });
  expect(await after(gateway.chargeSaved(charge))).toEqual(first);
  expect(gateway.purse.takenMinor).toBe(200);
});
