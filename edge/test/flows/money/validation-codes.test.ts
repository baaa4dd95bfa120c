import { beforeEach, expect, test } from "vitest";
import { hours, later } from "@gatehouse/shared/time";
import { redeemCode } from "../../../src/flows/money/validation-codes.ts";
import { endLeftOver } from "../../../src/flows/money/validations.ts";
import { CarPark } from "../car-park.ts";
import { anna, boss, complaints, granted, press } from "./till.ts";

let park: CarPark;
let token: string;

beforeEach(async () => {
  park = new CarPark();
  await park.boot();
  const merchant = { merchant_id: "bakery", name: "Bakery", stay_cap_minor: null };
  const limits = { month_cap_minor: null, is_active: true, new_token: true };
  const kept = { ...merchant, ...limits, request_id: press(), reason: "opened" };
  token = (await granted(park.facility.accounts.keepMerchant(kept, boss))).token ?? "";
  await park.enter("BGH1234");
  await park.enter("CGH1234");
  await park.pass(3600);
});

const make = (request_id = press()) => {
  const gift = { request_id, kind: "amount", value: 100, days: 7 } as const;
  const made = park.facility.money.codeAsMerchant(token, gift);
  if (made === undefined || !("code" in made)) throw new RangeError("no code was made");
  return made;
};
const redeem = (code: string, plate = "BGH1234") =>
  park.facility.money.redeem({ session_id: park.session(plate).sessionId, code }, anna);

test("a code is taken once, however it is typed and however often it is asked for", async () => {
  const id = press();
  const { code, validation_id } = make(id);
  expect(make(id)).toMatchObject({ code });
  expect(code).toMatch(/^[A-Z2-7]{4}-[A-Z2-7]{4}$/);
  const typed = code.toLowerCase().replace("-", " ").replaceAll("o", "0");
  expect(redeem(typed)).toMatchObject({ validation_id });
  expect(redeem(code)).toMatchObject({ validation_id });
  expect(redeem(code, "CGH1234")).toMatchObject({ reason: "code-used" });
  expect(redeem("AAAA-AAAA")).toMatchObject({ reason: "no-such-code" });
  const subject = { purpose: "stay", subjectId: park.session("BGH1234").sessionId } as const;
  expect(park.facility.money.due(subject)).toMatchObject({ given_minor: 100, due_minor: 213 });
  expect(complaints(park)).toEqual([]);
});

test("a driver takes it on the phone, and the code stands in no line of the ledger", async () => {
  const { code } = make();
  const { drivers } = park.facility;
  expect(drivers.redeem({ plate: "BGH1234", code })).toMatchObject({
    given_minor: 100,
    due_minor: 213,
  });
  expect(drivers.redeem({ plate: "CGH1234", code })).toMatchObject({ reason: "code-used" });
  expect(JSON.stringify(park.ledger)).not.toContain(code.replace("-", ""));
});

test("a code ends with its time, and one that was taken back opens nothing", async () => {
  const { code, validation_id } = make();
  const why = { reason: "printed twice" };
  park.facility.money.revokeValidation(validation_id, why, anna);
  expect(redeem(code)).toMatchObject({ reason: "code-used" });
  const { code: late } = make();
  const session = park.session("BGH1234");
  const weekLater = later(park.machine.now(), hours(7 * 24));
  park.book.write((tx) => {
    expect(redeemCode(tx, late, session, anna, weekLater)).toMatchObject({ reason: "code-over" });
    endLeftOver(tx, weekLater);
    expect(redeemCode(tx, late, session, anna, weekLater)).toMatchObject({ reason: "code-used" });
  });
  expect(park.facts("validation-changed").map(({ state }) => state)).toEqual([
    "issued",
    "revoked",
    "issued",
    "expired",
  ]);
});
