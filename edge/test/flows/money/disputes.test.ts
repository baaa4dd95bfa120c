import { minutes } from "@gatehouse/shared/time";
import { describe, expect, test } from "vitest";
import { GatewayPark, weekly } from "./gateway-park.ts";
import { anna, balance, complaints, granted, press } from "./till.ts";

const refunded = 300;

/** How three things that a gateway tells can follow each other. */
const orders = [
  [0, 1, 2],
  [0, 2, 1],
  [1, 0, 2],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0],
] as const;

describe.each(["won", "lost"] as const)(
  "a dispute that is %s, of a payment of which a part goes back",
  (end) => {
    test("is booked the same, in whatever order and however often its gateway tells", async () => {
      const site = await GatewayPark.open();
      const { park, gateway } = site;
      for (const [index] of orders.entries()) await site.subscribe(`n${index}`, minutes(10));
      await park.pass(15 * 60);
      gateway.setFaults({ answerLost: 1 });
      const told: Uint8Array[] = [];
      gateway.onCallback((body) => told.push(body) > 0);
      for (const [index, order] of orders.entries()) {
        const [payment] = site.renewals(`n${index}`);
        const { paymentId = "", transactionId } = payment ?? {};
        const request = { request_id: press(), payment_id: paymentId, reason: "goodwill" };
        const asked = park.facility.money.refund(
          { ...request, kind: "refund", amount_minor: refunded },
          anna,
        );
        await park.pass(4);
        await granted(asked);
        const disputeRef = gateway.dispute(transactionId ?? "") ?? "";
        gateway.decideDispute(disputeRef, end);
        await park.pass(9);
        const ours = told.splice(0);
        expect(ours).toHaveLength(3);
        const inTruth = ["refund", "open", end];
        const sorted = inTruth.map((what) => ours.find((body) => nameOf(body) === what));
        for (const which of [...order, ...order]) {
          const body = sorted[which] ?? new Uint8Array();
          const about = { gateway: "pay-page", body, headers: {}, receivedAt: park.machine.now() };
          park.facility.callbacks.receive({ ...about, via: "door" });
          await park.facility.callbacks.handleAll();
          expect(complaints(park)).toEqual([]);
        }
        expect(site.renewals(`n${index}`)).toMatchObject([
          { refunded, status: end === "won" ? "part-refunded" : "charged-back" },
        ]);
        expect(balance(park, "online-clearing")).toBe(gateway.purse.takenMinor);
        expect(balance(park, "chargebacks")).toBe(gateway.purse.disputedMinor("lost"));
        expect(balance(park, "disputed")).toBe(0);
      }
      const lost = end === "won" ? 0 : (weekly - refunded) * orders.length;
      expect(balance(park, "chargebacks")).toBe(lost);
    });
  },
);

test("a dispute of a second charge, told before the charge itself, is booked with that charge", async () => {
  const site = await GatewayPark.open();
  const { park, gateway } = site;
  await site.subscribe("a", minutes(0));
  await park.pass(75);
  const told: Uint8Array[] = [];
  gateway.onCallback((body) => told.push(body) > 0);
  const [first = ""] = gateway.purse.chargeRefs;
  gateway.chargeAgain(first);
  const disputeRef = gateway.dispute(gateway.purse.chargeRefs[1] ?? "") ?? "";
  gateway.decideDispute(disputeRef, "lost");
  await park.pass(9);
  for (const what of ["open", "paid", "lost"]) {
    const body = told.find((each) => nameOf(each) === what) ?? new Uint8Array();
    const about = { gateway: "pay-page", body, headers: {}, receivedAt: park.machine.now() };
    park.facility.callbacks.receive({ ...about, via: "door" });
    await park.facility.callbacks.handleAll();
  }
  expect(site.renewals("a").map(({ status }) => status)).toEqual(["captured", "charged-back"]);
  expect(balance(park, "online-clearing")).toBe(gateway.purse.takenMinor);
  expect([balance(park, "disputed"), balance(park, "chargebacks")]).toEqual([0, weekly]);
});

function nameOf(body: Uint8Array): string {
  const { news } = JSON.parse(Buffer.from(body).toString("utf8")) as {
    readonly news: { readonly kind: string; readonly stage?: string };
  };
  return news.stage ?? news.kind;
}
