import { webhookEvents } from "@gatehouse/shared/contracts/notify";
import { expect, test } from "vitest";
import { eventOf, toldTypes, withoutPlates } from "../../../src/domain/notify/webhook-event.ts";

test("a tariff is news once it is in force, a refund once it went", () => {
  const applied = { number: 7, kind: "tariff", result: "applied" } as const;
  expect(eventOf({ type: "directive-applied", body: applied })).toMatchObject({
    event: "tariff.applied",
    subject: "7",
  });
  const other = { ...applied, kind: "notice" };
  expect(eventOf({ type: "directive-applied", body: other })).toBeUndefined();
  const late = { ...applied, result: "expired" } as const;
  expect(eventOf({ type: "directive-applied", body: late })).toBeUndefined();
});

test("every event that can be asked for comes from some line", () => {
  expect(toldTypes).toHaveLength(webhookEvents.length);
});

test("number plates are taken out however deep they stand, and nothing else is", () => {
  const line = {
    plate: "AB12",
    session: { raw_plate: "AB12", lane_id: "exit-1" },
    list: [{ plate: 1, at: 2 }],
  };
  expect(withoutPlates(line)).toEqual({ session: { lane_id: "exit-1" }, list: [{ at: 2 }] });
});
