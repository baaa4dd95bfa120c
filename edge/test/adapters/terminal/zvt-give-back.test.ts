import { minorUnits } from "@gatehouse/shared/money";
import { describe, expect, test } from "vitest";
import type { ZvtFields } from "../../../src/adapters/terminal/zvt-bmp.ts";
import { reply } from "../../../src/adapters/terminal/zvt-frame.ts";
import { GiveBackWatch } from "../../../src/adapters/terminal/zvt-give-back.ts";
import type { ExchangeEnd } from "../../../src/adapters/terminal/zvt-link.ts";

const asked = { amount: minorUnits(350), currencyNumber: "0978", terminalId: "29001234" };
const approval: ZvtFields = { resultCode: 0, receiptNumber: "0043" };
const completed: ExchangeEnd = { kind: "completed", data: Buffer.alloc(0) };
const lost: ExchangeEnd = { kind: "lost", detail: "silence", isSent: true };
const aborted = (code: number): ExchangeEnd => ({ kind: "aborted", code });
const refused = (code: number): ExchangeEnd => ({ kind: "refused", code });

function after(statuses: readonly ZvtFields[], end: ExchangeEnd) {
  const watch = new GiveBackWatch(asked);
  for (const status of statuses) expect(watch.onStatus(status)).toEqual(reply.accepted);
  return () => watch.answer(end);
}

test("an approval that ends in good order is done, with its receipt and its papers", () => {
  const watch = new GiveBackWatch(asked);
  watch.onStatus({ ...approval, amount: minorUnits(350), cardLastFour: "1234" });
  watch.tray.add({ for: "customer", lines: ["STORNO", "Karte 4532015112831234"] });
  expect(watch.answer(completed)).toEqual({
    kind: "done",
    receipt: {
      terminalId: "29001234",
      receiptNumber: "0043",
      amount: 350,
      cardLastFour: "1234",
      papers: [{ for: "customer", lines: ["STORNO", "Karte ************1234"] }],
    },
  });
});

test("an approval without a number is done without a receipt", () => {
  expect(after([{ resultCode: 0 }], completed)()).toEqual({ kind: "done" });
});

describe("what was reversed before is done", () => {
  test.each<[string, ZvtFields[], ExchangeEnd]>([
    ["by status", [{ resultCode: 0xb4 }], aborted(0x6c)],
    ["by abort", [], aborted(0xb4)],
    ["by a refused command", [], refused(0xb4)],
    ["even when the end is lost", [{ resultCode: 0xb4 }], lost],
  ])("%s", (_name, statuses, end) => {
    expect(after(statuses, end)()).toEqual({ kind: "done" });
  });
});

test.each<[string, ZvtFields[], ExchangeEnd, string]>([
  ["by status", [{ resultCode: 0xb5 }], aborted(0xb5), "B5"],
  ["by status, then lost", [{ resultCode: 0xb5 }], lost, "B5"],
  ["by abort", [], aborted(0x6c), "6C"],
  ["by a refused command", [], refused(0x83), "83"],
])("it is declined %s", (_name, statuses, end, resultCode) => {
  expect(after(statuses, end)()).toMatchObject({ kind: "declined", resultCode });
});

test.each<[string, ZvtFields[], ExchangeEnd, string]>([
  ["a lost connection", [], lost, "terminal-answer-lost"],
  ["an approval whose end is lost", [approval], lost, "terminal-answer-lost"],
  ["an approval that is broken off", [approval], aborted(0xcc), "terminal-answer-lost"],
  ["an end without a result", [], completed, "terminal-answer-lost"],
  ["another amount", [{ ...approval, amount: minorUnits(349) }], completed, "terminal-answer-lost"],
  ["another currency", [{ ...approval, currency: "0756" }], completed, "terminal-answer-lost"],
  ["a terminal that asks to wait", [], refused(0x9c), "terminal-busy"],
  ["a terminal that is not registered", [], refused(0x6b), "terminal-unreachable"],
  ["a command that never left", [], { ...lost, isSent: false }, "terminal-unreachable"],
])("%s is a fault", (_name, statuses, end, code) => {
  expect(after(statuses, end)).toThrow(expect.objectContaining({ code }));
});
