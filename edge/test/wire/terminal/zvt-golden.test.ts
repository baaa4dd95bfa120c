import { expect, test, vi } from "vitest";
import { patience } from "./car-at-exit.ts";
import { acknowledge, opening, type Script, scripted, wires } from "./scripted-terminal.ts";

const approval =
  "04 0F 77 27 00 04 00 00 00 00 03 50 0B 00 01 23 0C 14 22 33 0D 11 20 0E 27 12 17 00 01 19 70" +
  "22 F0 F8 EE EE EE EE EE EE 12 34 29 29 00 12 34 2A 31 32 33 34 35 36 37 20 20 20 20 20 20 20 20" +
  "3B 36 31 31 38 30 34 00 00 3C F0 F1 F4 47 45 4E 2E 4E 52 2E 3A 36 31 31 38 30 34 49 09 78" +
  "87 00 42 88 00 00 42 8A 2E 8B F1 F7 44 65 62 69 74 20 4D 61 73 74 65 72 63 61 72 64 00";
const authorisation = "06 01 0A 04 00 00 00 00 03 50 49 09 78";

test("a payment is spoken byte for byte, and written before its approval is acknowledged", async () => {
  const payment: Script = [
    { hears: authorisation, says: `${acknowledge} 04 FF 01 0A` },
    { hears: acknowledge, says: approval },
    { hears: acknowledge, says: "06 D1 0E 00 50 61 72 6B 68 61 75 73 20 4E 6F 72 64" },
    { hears: acknowledge, says: "06 0F 00" },
    { hears: acknowledge },
  ];
  const notes: string[] = [];
  const { exit, isOver } = await scripted([...opening, ...payment], notes);
  const request = { paymentId: "p", amount: 350 as never, currency: "EUR" };
  const answer = await exit.terminal.charge(request, () => notes.push("written"));
  expect(answer).toMatchObject({
    kind: "captured",
    receipt: {
      terminalId: "29001234",
      receiptNumber: "0042",
      traceNumber: "000123",
      amount: 350,
      cardName: "Debit Mastercard",
      cardLastFour: "1234",
      printedAt: "1120 142233",
    },
  });
  await vi.waitUntil(isOver, patience);
  const spoken = wires([...opening, ...payment]);
  spoken.splice(spoken.length - 3, 0, "written");
  expect(notes).toEqual(spoken);
});

test("the published broken-off payment is declined with its code", async () => {
  const payment: Script = [
    { hears: authorisation, says: acknowledge },
    {
      says:
        "04 0F 1E 27 6C 29 28 00 48 69 3C F0 F1 F9" +
        "41 62 62 72 75 63 68 20 64 75 72 63 68 20 4B 75 6E 64 65",
    },
    { hears: acknowledge, says: "06 1E 01 6C" },
    { hears: acknowledge },
  ];
  const { exit, heard, isOver } = await scripted([...opening, ...payment]);
  expect(await exit.charge()).toEqual({
    kind: "declined",
    resultCode: "6C",
    reason: "cancelled by key or timeout",
    advice: "none",
  });
  await vi.waitUntil(isOver, patience);
  expect(heard).toEqual(wires([...opening, ...payment]));
});

test("what a terminal asks beyond the subset is refused, and the payment goes on", async () => {
  const payment: Script = [
    { hears: authorisation, says: `${acknowledge} 04 01 06 AA 26 11 20 0C 14` },
    { hears: "84 83 00", says: "04 0D 00" },
    { hears: "84 83 00", says: approval },
    { hears: acknowledge, says: "06 D3 11 06 0F 1F 07 01 02 25 09 07 03 41 42 43 07 02 44 45" },
    { hears: acknowledge, says: "06 0F 00" },
    { hears: acknowledge, says: "04 0E 00" },
    { hears: "84 83 00" },
  ];
  const { exit, heard, isOver } = await scripted([...opening, ...payment]);
  expect(await exit.charge()).toMatchObject({ kind: "captured" });
  await vi.waitUntil(isOver, patience);
  expect(heard).toEqual(wires([...opening, ...payment]));
  expect(exit.counter("unknown_commands")).toBe(2);
  expect(exit.counter("unsolicited")).toBe(1);
});

test("a capture that cannot be written is answered: goods not issued", async () => {
  const payment: Script = [
    { hears: authorisation, says: acknowledge },
    { says: approval },
    { hears: "84 66 00", says: "04 FF 01 05" },
    { hears: acknowledge, says: "06 1E 01 6C" },
    { hears: acknowledge },
  ];
  const { exit, heard, isOver } = await scripted([...opening, ...payment]);
  const { Fault } = await import("@gatehouse/shared/fault");
  const request = { paymentId: "p", amount: 350 as never, currency: "EUR" };
  const answer = await exit.terminal.charge(request, () => {
    throw new Fault("disk-full", "no space");
  });
  expect(answer).toMatchObject({ kind: "declined", resultCode: "66" });
  await vi.waitUntil(isOver, patience);
  expect(heard).toEqual(wires([...opening, ...payment]));
});

test("cancelling waits until the payment was accepted", async () => {
  const payment: Script = [
    { hears: authorisation, says: acknowledge },
    { hears: "06 B0 00", says: `${acknowledge} 04 0F 07 27 6C 29 29 00 12 34` },
    { hears: acknowledge, says: "06 1E 01 6C" },
    { hears: acknowledge },
  ];
  const { exit, heard, isOver } = await scripted([...opening, ...payment]);
  const charging = exit.charge();
  await vi.waitUntil(() => exit.counter("charges") === 1, patience);
  await exit.terminal.abort();
  expect(await charging).toMatchObject({ kind: "declined", resultCode: "6C" });
  await vi.waitUntil(isOver, patience);
  expect(heard).toEqual(wires([...opening, ...payment]));
});

test("a terminal that answers the status enquiry with its software version is understood", async () => {
  const busyOnce: Script = [
    ...opening.slice(0, 3),
    { hears: "05 01 00", says: `${acknowledge} 06 0F 06 F0 F0 F2 31 2E 9C` },
    { hears: acknowledge },
    { hears: "05 01 00", says: `${acknowledge} 06 0F 06 F0 F0 F2 31 2E 00` },
    { hears: acknowledge },
    ...opening.slice(5),
  ];
  const { exit, heard, isOver } = await scripted(busyOnce);
  await vi.waitUntil(isOver, patience);
  expect(heard).toEqual(wires(busyOnce));
  expect(exit.terminal.lastReceipt()).toBe("0041");
});

test("a terminal that must be initialised says so in its report", async () => {
  const [hello, , ...rest] = opening;
  const { exit } = await scripted([
    hello ?? {},
    { says: "06 0F 0A 19 03 29 29 00 12 34 49 09 78" },
    ...rest,
  ]);
  expect(exit.terminal.report()).toMatchObject([
    { detail: "needs initialisation, needs diagnosis", make: expect.stringMatching("29001234") },
  ]);
});
