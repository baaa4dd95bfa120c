import { Fault } from "@gatehouse/shared/fault";
import { minorUnits } from "@gatehouse/shared/money";
import type { TerminalReceipt } from "@gatehouse/shared/ports/terminal";
import { describe, expect, test } from "vitest";
import type { ZvtFields } from "../../../src/adapters/terminal/zvt-bmp.ts";
import { ChargeWatch } from "../../../src/adapters/terminal/zvt-charge.ts";
import { reply } from "../../../src/adapters/terminal/zvt-frame.ts";
import type { ExchangeEnd } from "../../../src/adapters/terminal/zvt-link.ts";

const asked = { amount: minorUnits(350), currencyNumber: "0978", terminalId: "29001234" };
const approval: ZvtFields = { resultCode: 0, receiptNumber: "0042" };
const decline: ZvtFields = { resultCode: 0x6c };
const completed: ExchangeEnd = { kind: "completed", data: Buffer.alloc(0) };
const aborted: ExchangeEnd = { kind: "aborted", code: 0x6c };
const lost: ExchangeEnd = { kind: "lost", detail: "silence", isSent: true };
const refused = (code: number): ExchangeEnd => ({ kind: "refused", code });

function watching(approved: (receipt: TerminalReceipt) => void = () => undefined) {
  const booked: TerminalReceipt[] = [];
  const watch = new ChargeWatch(asked, (receipt) => {
    approved(receipt);
    booked.push(receipt);
  });
  return { watch, booked };
}

test("an approval needs only its result and its receipt number", () => {
  const { watch, booked } = watching();
  expect(watch.onStatus(approval)).toEqual(reply.accepted);
  expect(booked).toEqual([{ terminalId: "29001234", receiptNumber: "0042" }]);
  expect(watch.answer(completed)).toEqual({ kind: "captured", receipt: booked[0] });
});

test("the same approval twice is written once and accepted twice", () => {
  const { watch, booked } = watching();
  watch.onStatus(approval);
  expect(watch.onStatus(approval)).toEqual(reply.accepted);
  expect(booked).toHaveLength(1);
});

test("a second receipt within one charge is sent back", () => {
  const { watch, booked } = watching();
  watch.onStatus(approval);
  expect(watch.onStatus({ ...approval, receiptNumber: "0043" })).toEqual(reply.goodsNotIssued);
  expect(booked.map(({ receiptNumber }) => receiptNumber)).toEqual(["0042"]);
});

test.each<[string, Partial<ZvtFields>]>([
  ["over another amount", { amount: minorUnits(349) }],
  ["in another currency", { currency: "0756" }],
  ["of another terminal", { terminalId: "29009999" }],
])("an approval %s is sent back and never captured", (_name, over) => {
  const { watch, booked } = watching();
  expect(watch.onStatus({ ...approval, ...over })).toEqual(reply.goodsNotIssued);
  expect(booked).toEqual([]);
  expect(watch.answer(aborted)).toMatchObject({ kind: "declined", resultCode: "66" });
});

test("an approval without a receipt number is sent back", () => {
  const { watch } = watching();
  expect(watch.onStatus({ resultCode: 0 })).toEqual(reply.goodsNotIssued);
});

describe("when the capture cannot be written", () => {
  const full = (): never => {
    throw new Fault("disk-full", "no space");
  };

  test("the terminal is told, as often as it repeats, and the charge is declined", () => {
    const { watch } = watching(full);
    expect(watch.onStatus(approval)).toEqual(reply.goodsNotIssued);
    expect(watch.onStatus(approval)).toEqual(reply.goodsNotIssued);
    expect(watch.answer(aborted)).toMatchObject({ kind: "declined", resultCode: "66" });
  });

  test("and the reversal is not heard of, the answer is lost", () => {
    const { watch } = watching(full);
    watch.onStatus(approval);
    expect(() => watch.answer(lost)).toThrow(
      expect.objectContaining({ code: "terminal-answer-lost" }),
    );
  });

  test("because of a bug, the terminal is told and the bug comes out", () => {
    const { watch } = watching(() => {
      throw new TypeError("a bug");
    });
    expect(watch.onStatus(approval)).toEqual(reply.goodsNotIssued);
    expect(() => watch.answer(aborted)).toThrow(TypeError);
  });
});

describe("without an approval", () => {
  test.each<[string, ZvtFields[], ExchangeEnd, object]>([
    ["a refusal by status and abort", [decline], aborted, { kind: "declined", resultCode: "6C" }],
    ["an abort alone", [], aborted, { kind: "declined", resultCode: "6C" }],
    [
      "a refusal before the connection ends",
      [decline],
      lost,
      { kind: "declined", resultCode: "6C" },
    ],
    ["a refused command", [], refused(0xc3), { kind: "declined", resultCode: "C3" }],
  ])("%s is declined", (_name, statuses, end, answer) => {
    const { watch } = watching();
    for (const status of statuses) watch.onStatus(status);
    expect(watch.answer(end)).toMatchObject(answer);
  });

  test.each<[string, ZvtFields[], ExchangeEnd, string]>([
    ["a lost connection", [], lost, "terminal-answer-lost"],
    ["a completion that told no result", [{}], completed, "terminal-answer-lost"],
    ["a terminal that asks to wait", [], refused(0x9c), "terminal-busy"],
    ["a terminal that is not registered", [], refused(0x6b), "terminal-unreachable"],
    ["a command that never left", [], { ...lost, isSent: false }, "terminal-unreachable"],
  ])("%s is a fault", (_name, statuses, end, code) => {
    const { watch } = watching();
    for (const status of statuses) watch.onStatus(status);
    expect(() => watch.answer(end)).toThrow(expect.objectContaining({ code }));
  });
});

test("an approval that comes after a refusal counts: the money is booked", () => {
  const { watch, booked } = watching();
  watch.onStatus(decline);
  watch.onStatus(approval);
  expect(booked).toHaveLength(1);
  expect(watch.answer(completed)).toMatchObject({ kind: "captured" });
});
