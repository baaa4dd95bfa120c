import { expect, test } from "vitest";
import type { ZvtFields } from "../../../src/adapters/terminal/zvt-bmp.ts";
import { TotalsWatch } from "../../../src/adapters/terminal/zvt-day-end.ts";
import type { ExchangeEnd } from "../../../src/adapters/terminal/zvt-link.ts";

const totals = { fromReceipt: "0001", toReceipt: "0002", schemes: [] };
const completed: ExchangeEnd = { kind: "completed", data: Buffer.alloc(0) };
const lost: ExchangeEnd = { kind: "lost", detail: "silence", isSent: true };

function after(statuses: readonly ZvtFields[], end: ExchangeEnd) {
  const watch = new TotalsWatch();
  for (const status of statuses) watch.onStatus(status);
  return () => watch.answer(end);
}

test.each<[string, ZvtFields[], object]>([
  ["with a result", [{ resultCode: 0, totals }], { totals }],
  ["without a result", [{ totals }], { totals }],
  ["on paper only", [], {}],
])("totals are told %s", (_name, statuses, told) => {
  expect(after(statuses, completed)()).toEqual({ kind: "done", papers: [], ...told });
});

test.each<[string, ZvtFields[], ExchangeEnd]>([
  ["by status", [{ resultCode: 0x77 }], completed],
  ["by abort", [], { kind: "aborted", code: 0x77 }],
  ["by a refused command", [], { kind: "refused", code: 0x77 }],
  ["by status, then lost", [{ resultCode: 0x77 }], lost],
])("an end of day is declined %s", (_name, statuses, end) => {
  expect(after(statuses, end)()).toEqual({
    kind: "declined",
    resultCode: "77",
    reason: "end of day is not possible",
    advice: "none",
  });
});

test.each<[string, ZvtFields[], ExchangeEnd, string]>([
  ["a lost connection", [], lost, "terminal-answer-lost"],
  ["totals whose end is lost", [{ resultCode: 0, totals }], lost, "terminal-answer-lost"],
  [
    "a batch that is closed and not printed",
    [{ resultCode: 0, totals }],
    { kind: "aborted", code: 0xcc },
    "terminal-answer-lost",
  ],
  ["a terminal that asks to wait", [], { kind: "refused", code: 0xa0 }, "terminal-busy"],
  ["a command that never left", [], { ...lost, isSent: false }, "terminal-unreachable"],
])("%s is a fault", (_name, statuses, end, code) => {
  expect(after(statuses, end)).toThrow(expect.objectContaining({ code }));
});
