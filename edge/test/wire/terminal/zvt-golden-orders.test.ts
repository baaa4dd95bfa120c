import { minorUnits } from "@gatehouse/shared/money";
import type { PaymentTerminal } from "@gatehouse/shared/ports/terminal";
import { expect, test, vi } from "vitest";
import { patience } from "./car-at-exit.ts";
import { acknowledge, opening, type Script, scripted, wires } from "./scripted-terminal.ts";

const money = { amount: minorUnits(350), currency: "EUR" };
const done = "27 00 04 00 00 00 00 03 50 29 29 00 12 34 49 09 78 87 00 43";
const status = (data: string): string => {
  const { length } = data.replaceAll(" ", "");
  return `04 0F ${(length / 2).toString(16).padStart(2, "0")} ${data}`;
};
const batch =
  "27 00 60 F0 F5 F3 00 01 00 42" +
  "03 00 00 00 00 10 50" +
  "00 00 00 00 00 00 00".repeat(5) +
  "01 00 00 00 00 03 50";

type Ask = (terminal: PaymentTerminal) => Promise<unknown>;

/** Command, how the terminal ends it, and what that comes to. */
const orders: readonly (readonly [string, Ask, string, readonly string[], object])[] = [
  [
    "reverse receipt 42",
    (terminal) => terminal.reverse({ receiptNumber: "0042", ...money }),
    "06 30 06 00 00 00 87 00 42",
    [status(done), "06 0F 00"],
    { kind: "done", receipt: { receiptNumber: "0043", amount: 350 } },
  ],
  [
    "reverse what is reversed",
    (terminal) => terminal.reverse({ receiptNumber: "0042", ...money }),
    "06 30 06 00 00 00 87 00 42",
    [status("27 B4"), "06 1E 01 B4"],
    { kind: "done" },
  ],
  [
    "refund 3.50",
    (terminal) => terminal.refund(money),
    "06 31 0D 00 00 00 04 00 00 00 00 03 50 49 09 78",
    [status(done), "06 0F 00"],
    { kind: "done", receipt: { receiptNumber: "0043" } },
  ],
  [
    "end of day",
    (terminal) => terminal.endOfDay(),
    "06 50 03 00 00 00",
    [status(batch), "06 D1 05 00 45 6E 64 65", "06 0F 00"],
    {
      kind: "done",
      totals: { fromReceipt: "0001", toReceipt: "0042" },
      papers: [{ for: "unmarked", lines: ["Ende"] }],
    },
  ],
  [
    "end of day that is not possible",
    (terminal) => terminal.endOfDay(),
    "06 50 03 00 00 00",
    ["06 1E 01 77"],
    { kind: "declined", resultCode: "77" },
  ],
  [
    "turnover",
    (terminal) => terminal.turnover(),
    "06 10 03 00 00 00",
    [status(batch), "06 0F 00"],
    { kind: "done", totals: { toReceipt: "0042" } },
  ],
  [
    "status enquiry, answered in fields",
    (terminal) => terminal.status(),
    "05 01 00",
    ["06 0F 02 27 C2"],
    { state: "attention", resultCode: "C2", words: "the terminal asks for a diagnosis" },
  ],
  [
    "status enquiry, answered with a version",
    (terminal) => terminal.status(),
    "05 01 00",
    ["06 0F 09 F0 F0 F3 31 2E 37 00 06 00"],
    { state: "ready", software: "1.7", terminalId: "29001234", lastReceipt: "0041" },
  ],
  [
    "status enquiry while it reverses by itself",
    (terminal) => terminal.status(),
    "05 01 00",
    ["04 FF 01 05", "06 0F 00"],
    { state: "reversing" },
  ],
  [
    "status enquiry, asked to wait",
    (terminal) => terminal.status(),
    "05 01 00",
    ["06 1E 01 9C"],
    { state: "busy", resultCode: "9C" },
  ],
];

test.each(orders)("%s is spoken byte for byte", async (_name, ask, command, answers, told) => {
  const script: Script = [
    ...opening,
    { hears: command, says: acknowledge },
    ...answers.flatMap((says) => [{ says }, { hears: acknowledge }]),
  ];
  const { exit, heard, isOver } = await scripted(script);
  expect(await ask(exit.terminal)).toMatchObject(told);
  await vi.waitUntil(isOver, patience);
  expect(heard).toEqual(wires(script));
});

test("a terminal that does not know containers is registered without one", async () => {
  const [hello, ...rest] = opening;
  const script: Script = [
    { hears: hello?.hears ?? "", says: "84 9A 00" },
    { hears: "06 00 08 00 00 00 BE 09 78 03 00", says: acknowledge },
    ...rest,
  ];
  const { exit, heard, isOver } = await scripted(script);
  await vi.waitUntil(isOver, patience);
  expect(heard).toEqual(wires(script));
  expect(exit.terminal.lastReceipt()).toBe("0041");
});

test("what cannot be taken is answered, counted and named in the log, once a kind", async () => {
  const script: Script = [
    ...opening,
    { hears: "05 01 00", says: acknowledge },
    ...["04 01 00", "04 01 00", "04 0D 00"].flatMap((says) => [{ says }, { hears: "84 83 00" }]),
    { says: "04 FF 00" },
    { hears: acknowledge },
    { says: "04 0F 06 27 00 F7 41 11 11" },
    { hears: acknowledge },
    { says: "06 0F 02 27 00" },
    { hears: acknowledge, says: "80 00 00 04 0E 00" },
    { hears: "84 83 00" },
  ];
  const { exit, isOver } = await scripted(script);
  expect(await exit.terminal.status()).toMatchObject({ state: "ready" });
  await vi.waitUntil(isOver, patience);
  expect(exit.terminal.report()).toMatchObject([
    {
      counters: {
        unknown_commands: 3,
        damaged_units: 1,
        unread_fields: 1,
        stray_acknowledges: 1,
        unsolicited: 1,
      },
    },
  ]);
  const named = exit.log.filter(({ event }) => event === "terminal-input-refused");
  expect(named.map(({ fields }) => [fields["what"], fields["detail"]])).toEqual([
    ["unknown_commands", "04 01"],
    ["damaged_units", "04 FF without a status"],
    ["unread_fields", "F7, 4 bytes: f*******"],
    ["unsolicited", "04 0E"],
  ]);
});
