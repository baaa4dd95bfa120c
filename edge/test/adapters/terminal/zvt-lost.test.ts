import { minorUnits } from "@gatehouse/shared/money";
import { type Instant, later, minutes } from "@gatehouse/shared/time";
import { describe, expect, test } from "vitest";
import {
  judgeEndOfDay,
  judgeRefund,
  judgeReversal,
} from "../../../src/adapters/terminal/zvt-lost.ts";
import {
  judgeReceipt,
  type LostRequest,
  type RepeatedReceipt,
} from "../../../src/adapters/terminal/zvt-receipt.ts";

/** 14:22:00 in Berlin. */
const startedAt = Date.parse("2026-11-20T13:22:00Z") as Instant;
const lost: LostRequest = {
  amount: minorUnits(350),
  since: "0042",
  startedAt,
  terminalId: "29001234",
  timezone: "Europe/Berlin",
};
const payment: RepeatedReceipt = {
  receiptNumber: "0043",
  amount: minorUnits(350),
  terminalId: "29001234",
  date: "1120",
  time: "142233",
  isReversal: false,
  isRefund: false,
  isEndOfDay: false,
};
const reversal = { ...payment, isReversal: true };
const refund = { ...payment, isRefund: true };
const totals = { fromReceipt: "0040", toReceipt: "0042", schemes: [] };
const dayEnd: RepeatedReceipt = {
  date: "1120",
  time: "142233",
  isReversal: false,
  isRefund: false,
  isEndOfDay: true,
  totals,
};

describe("a lost reversal of receipt 0042 is", () => {
  test.each<[string, string, RepeatedReceipt]>([
    ["done when a newer receipt says so", "done", reversal],
    ["done when it refers to a trace", "done", { ...payment, refersToTrace: true }],
    ["done when it bears the payment's number", "done", { ...reversal, receiptNumber: "0042" }],
    [
      "not done when the last receipt is the payment's",
      "not-done",
      { ...payment, receiptNumber: "0042" },
    ],
    ["not done when it was refused", "not-done", { ...reversal, resultCode: 0x6c }],
    ["undecided when a newer receipt is of a payment", "undecided", payment],
    ["undecided when the amount differs", "undecided", { ...reversal, amount: minorUnits(1) }],
    ["undecided when it is of another time", "undecided", { ...reversal, time: "092233" }],
    [
      "undecided when another terminal answers",
      "undecided",
      { ...reversal, terminalId: "29009999" },
    ],
    ["undecided after an end of day", "undecided", dayEnd],
  ])("%s", (_name, kind, receipt) => {
    expect(judgeReversal(lost, "0042", receipt).kind).toBe(kind);
  });

  test("done when payments came after it and it bears the payment's number", () => {
    const receipt = { ...reversal, receiptNumber: "0042" };
    expect(judgeReversal({ ...lost, since: "0045" }, "0042", receipt).kind).toBe("done");
  });

  test("not done when the last receipt is of an earlier reversal", () => {
    const receipt = { ...reversal, receiptNumber: "0045" };
    expect(judgeReversal({ ...lost, since: "0045" }, "0042", receipt).kind).toBe("not-done");
  });

  test("undecided when the receipt shows no number", () => {
    const { receiptNumber: _none, ...without } = reversal;
    expect(judgeReversal(lost, "0042", without).kind).toBe("undecided");
  });
});

describe("a lost refund is", () => {
  test.each<[string, string, RepeatedReceipt]>([
    ["done when a newer receipt says so", "done", refund],
    ["not done when no receipt is newer", "not-done", { ...refund, receiptNumber: "0042" }],
    ["not done when it was refused", "not-done", { ...refund, resultCode: 0x6c }],
    ["undecided when a newer receipt is of a payment", "undecided", payment],
    ["undecided when it was reversed", "undecided", { ...refund, isReversal: true }],
    ["undecided when the amount differs", "undecided", { ...refund, amount: minorUnits(1) }],
    ["undecided after an end of day", "undecided", dayEnd],
  ])("%s", (_name, kind, receipt) => {
    expect(judgeRefund(lost, receipt).kind).toBe(kind);
  });
});

describe("a lost charge is", () => {
  test.each<[string, string, RepeatedReceipt]>([
    ["undecided when the newer receipt is of a refund", "undecided", refund],
    ["undecided when it refers to another", "undecided", { ...payment, refersToTrace: true }],
    ["not booked when a batch ended before it", "not-booked", dayEnd],
    [
      "not booked when an empty batch has ended",
      "not-booked",
      { ...dayEnd, totals: { ...totals, toReceipt: "0000" } },
    ],
    [
      "undecided when it may be in the batch",
      "undecided",
      { ...dayEnd, totals: { ...totals, toReceipt: "0043" } },
    ],
  ])("%s", (_name, kind, receipt) => {
    expect(judgeReceipt(lost, receipt).kind).toBe(kind);
  });
});

describe("a lost end of day", () => {
  test.each<[string, string, RepeatedReceipt]>([
    ["took place when the last paper is its", "done", dayEnd],
    ["did not when the last paper is of a card", "not-done", payment],
    ["did not when the last one was yesterday's", "not-done", { ...dayEnd, date: "1119" }],
    [
      "is undecided when no time is told",
      "undecided",
      { isReversal: false, isRefund: false, isEndOfDay: true },
    ],
  ])("%s", (_name, kind, receipt) => {
    expect(judgeEndOfDay(lost, receipt).kind).toBe(kind);
  });

  test("tells its totals", () => {
    expect(judgeEndOfDay(lost, dayEnd)).toEqual({ kind: "done", papers: [], totals });
  });

  test("at midnight of a new year is found", () => {
    const at = Date.parse("2026-12-31T22:59:50Z") as Instant;
    const paper = { ...dayEnd, date: "0101", time: "000005" };
    expect(judgeEndOfDay({ ...lost, startedAt: at }, paper).kind).toBe("done");
    expect(judgeEndOfDay({ ...lost, startedAt: later(at, minutes(30)) }, paper).kind).toBe(
      "not-done",
    );
  });
});
