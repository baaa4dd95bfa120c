import { minorUnits } from "@gatehouse/shared/money";
import { type Instant, later, minutes } from "@gatehouse/shared/time";
import { describe, expect, test } from "vitest";
import {
  judgeReceipt,
  type LostRequest,
  type RepeatedReceipt,
  stepsBetween,
} from "../../../src/adapters/terminal/zvt-receipt.ts";

/** 14:22:00 in Berlin. */
const startedAt = Date.parse("2026-11-20T13:22:00Z") as Instant;
const charge: LostRequest = {
  amount: minorUnits(350),
  since: "0041",
  startedAt,
  terminalId: "29001234",
  timezone: "Europe/Berlin",
};
const receipt: RepeatedReceipt = {
  receiptNumber: "0042",
  amount: minorUnits(350),
  terminalId: "29001234",
  date: "1120",
  time: "142233",
  isReversal: false,
  isRefund: false,
  isEndOfDay: false,
};

const judged = (over: Partial<RepeatedReceipt>, of: Partial<LostRequest> = {}): string =>
  judgeReceipt({ ...charge, ...of }, { ...receipt, ...over }).kind;

/** The receipt without one of its parts. */
const without = (part: keyof RepeatedReceipt): string => {
  const { [part]: _left, ...rest } = receipt;
  return judgeReceipt(charge, rest as RepeatedReceipt).kind;
};

test("a newer receipt of the same amount, terminal and time is the charge's own", () => {
  expect(judgeReceipt(charge, receipt)).toEqual({
    kind: "captured",
    receipt: {
      terminalId: "29001234",
      receiptNumber: "0042",
      amount: 350,
      printedAt: "1120 142233",
    },
  });
});

describe("a lost charge is", () => {
  test.each<[string, string, Partial<RepeatedReceipt>, Partial<LostRequest>]>([
    ["not booked when the receipt has not changed", "not-booked", { receiptNumber: "0041" }, {}],
    [
      "captured across the end of the numbers",
      "captured",
      { receiptNumber: "0001" },
      { since: "9999" },
    ],
    ["captured when others paid in between", "captured", { receiptNumber: "0044" }, {}],
    ["undecided when numbers ran backwards", "undecided", { receiptNumber: "0040" }, {}],
    ["undecided when the amount differs", "undecided", { amount: minorUnits(351) }, {}],
    ["undecided when another terminal answers", "undecided", {}, { terminalId: "29009999" }],
    ["undecided when the terminal is not known", "undecided", {}, { terminalId: undefined }],
    ["undecided an hour too early", "undecided", { time: "132233" }, {}],
    ["undecided an hour too late", "undecided", { time: "152233" }, {}],
    ["captured when the clocks differ by minutes", "captured", { time: "141500" }, {}],
    ["undecided when the time is none", "undecided", { time: "256199" }, {}],
    ["undecided when the date is none", "undecided", { date: "0230" }, {}],
    ["not booked when the receipt is of its reversal", "not-booked", { isReversal: true }, {}],
    [
      "undecided when another amount was reversed",
      "undecided",
      { isReversal: true, amount: minorUnits(1) },
      {},
    ],
    ["not booked when the receipt is of a refusal", "not-booked", { resultCode: 0x6c }, {}],
    ["captured without a number from before", "captured", {}, { since: undefined }],
    [
      "undecided without one when the receipt is older",
      "undecided",
      { time: "142159" },
      { since: undefined },
    ],
  ])("%s", (_name, kind, over, of) => {
    expect(judged(over, of)).toBe(kind);
  });

  test.each(["receiptNumber", "amount", "terminalId", "date", "time"] as const)(
    "undecided when the receipt does not tell its %s",
    (part) => expect(without(part)).toBe("undecided"),
  );
});

test("midnight of a new year lies between charge and receipt", () => {
  const at = Date.parse("2026-12-31T22:59:50Z") as Instant;
  expect(judged({ date: "0101", time: "000005" }, { startedAt: at })).toBe("captured");
});

test("in the hour that is lived twice the receipt may be of either", () => {
  const first = Date.parse("2026-10-25T00:30:00Z") as Instant;
  const printed = { date: "1025", time: "023030" };
  expect(judged(printed, { startedAt: first })).toBe("captured");
  expect(judged(printed, { startedAt: later(first, minutes(60)) })).toBe("captured");
});

test.each([
  ["0041", "0042", 1],
  ["9999", "0001", 1],
  ["9998", "0002", 3],
  ["0042", "0041", 9998],
  ["0042", "0042", 0],
])("from receipt %s to %s it is %i steps", (since, number, steps) => {
  expect(stepsBetween(since, number)).toBe(steps);
});
