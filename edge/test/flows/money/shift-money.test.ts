import { generateKeyPairSync } from "node:crypto";
import { TillConfig } from "@gatehouse/shared/contracts/till-config";
import { expect, test } from "vitest";
import { ShiftsDesk } from "../../../src/flows/money/shifts-desk.ts";
import { balanceOf } from "../../../src/store/books.ts";
import { CarPark } from "../car-park.ts";
import { as, issuer } from "./till-fixture.ts";
import { anna, boss, complaints, granted, press } from "./till.ts";

/** A facility with one till, whose shift anna has with a float of 50. */
async function atTill() {
  const park = await CarPark.open();
  const shifts = new ShiftsDesk({
    book: park.book,
    clock: park.machine,
    random: park.random,
    issuer,
    tills: [TillConfig.parse({ id: "till-1", name: "Kasse" })],
    facilityId: "p1",
    facilityName: "Parkhaus Süd",
    currency: "EUR",
    key: generateKeyPairSync("ed25519").privateKey,
  });
  const who = as("anna");
  const opened = await granted(
    shifts.open("till-1", { request_id: press(), float_minor: 5000 }, who),
  );
  const shiftId = opened.shift.shift_id;
  /** A car that came in an hour ago and owes 3.13. */
  const owing = async (plate: string): Promise<string> => {
    await park.enter(plate);
    await park.pass(3600);
    return park.session(plate).sessionId;
  };
  const cash = async (plate: string, tendered_minor: number, more = {}) =>
    granted(
      park.facility.money.cash(
        {
          request_id: press(),
          purpose: "stay",
          subject_id: await owing(plate),
          till_id: "till-1",
          tendered_minor,
          partial: false,
          ...more,
        },
        anna,
      ),
    );
  return { park, shifts, shiftId, who, owing, cash };
}

test("a day at the till with everything that can happen to its cash ends in a report that agrees with the books", async () => {
  const { park, shifts, shiftId, who, owing, cash } = await atTill();
  const { money } = park.facility;
  const back = (kind: "refund" | "void", payment_id: string | null, amount_minor?: number) =>
    granted(
      money.refund(
        {
          request_id: press(),
          payment_id: payment_id ?? "",
          kind,
          reason: `a ${kind}`,
          till_id: "till-1",
          ...(amount_minor === undefined ? {} : { amount_minor }),
        },
        anna,
      ),
    );
  const first = await cash("AA1", 500);
  const second = await cash("AA2", 1000, { change_given_minor: 500 });
  const third = await cash("AA3", 313);
  await granted(
    money.changeOut(
      { request_id: press(), payment_id: second.payment_id ?? "", till_id: "till-1" },
      anna,
    ),
  );
  await back("refund", first.payment_id, 100);
  await back("void", third.payment_id);
  const subject_id = await owing("AA4");
  const nil = { request_id: press(), purpose: "stay", subject_id, reason: "goodwill" } as const;
  await granted(money.nil({ ...nil, explanation: "" }, anna));
  const drawer = balanceOf(park.book, "drawer", "till-1");
  expect(drawer).toBe(5000 + 313 + 313 - 100);
  await granted(shifts.count(shiftId, { request_id: press(), counted_minor: drawer }, who));
  await granted(shifts.close(shiftId, { request_id: press(), leave_minor: 0 }, who));
  const answer = await granted(shifts.report(shiftId, as("boss", true)));
  expect(answer.report).toMatchObject({
    z_number: 1,
    expected_minor: drawer,
    difference_minor: 0,
    means: [
      { method: "cash", count: 3, taken_minor: 939, given_back_minor: 413 },
      { method: "nil", count: 1, taken_minor: 313, given_back_minor: 0 },
    ],
    voids: [{ payment_id: third.payment_id, amount_minor: 313, method: "cash" }],
    refunds: [{ amount_minor: 100, reason: "a refund" }],
    nil_payments: [{ amount_minor: 313, reason: "goodwill" }],
    receipts: { first: 1, last: 3 },
  });
  const { taxes } = answer.report;
  expect(taxes.reduce((sum, { net_minor, tax_minor }) => sum + net_minor + tax_minor, 0)).toBe(526);
  expect(balanceOf(park.book, "drawer", "till-1")).toBe(0);
  expect(complaints(park)).toEqual([]);
  expect(await money.cash({ ...(await request(owing)), till_id: "till-1" }, anna)).toMatchObject({
    reason: "no-open-shift",
  });
});

test("a gate that somebody opens by hand stands in the report of their shift and in nobody else's", async () => {
  const { park, shifts, shiftId } = await atTill();
  const opening = park.opening("exit-1", { actor: anna, reason: "arm stuck" });
  await granted(park.facility.openByHand(opening));
  await granted(
    park.facility.openByHand({ ...opening, laneId: "exit-2", requestId: press(), actor: boss }),
  );
  await park.pass(1);
  const { report } = await granted(shifts.report(shiftId, as("boss", true)));
  expect(report.manual_openings).toMatchObject([{ lane_id: "exit-1", reason: "arm stuck" }]);
});

const request = async (owing: (plate: string) => Promise<string>) => ({
  request_id: press(),
  purpose: "stay" as const,
  subject_id: await owing("AA9"),
  tendered_minor: 313,
  partial: false,
});
