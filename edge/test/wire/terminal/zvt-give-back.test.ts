import type { ZvtFault } from "@gatehouse/firmware-sim/wire/zvt-sim-options";
import { Fault } from "@gatehouse/shared/fault";
import { minorUnits } from "@gatehouse/shared/money";
import type { GiveBackEnquiry } from "@gatehouse/shared/ports/terminal";
import { afterEach, describe, expect, test, vi } from "vitest";
import { card, clock, type Exit, openExit, patience } from "./car-at-exit.ts";

let exit: Exit | undefined;
afterEach(() => exit?.stop());

const money = { amount: minorUnits(350), currency: "EUR" };

/** What each fault makes of a reversal and of a refund; whatever it is, in the end the money is back once. */
const table: readonly (readonly [ZvtFault, string, string | undefined])[] = [
  ["no-acknowledge", "terminal-answer-lost", "not-done"],
  ["silent-after-acknowledge", "terminal-answer-lost", "not-done"],
  ["silent-after-booking", "terminal-answer-lost", "done"],
  ["close-before-booking", "terminal-answer-lost", "not-done"],
  ["close-after-booking", "terminal-answer-lost", "done"],
  ["close-before-our-acknowledge", "terminal-answer-lost", "done"],
  ["close-before-completion", "terminal-answer-lost", "done"],
  ["abort-after-approval", "terminal-answer-lost", "done"],
  ["duplicate-status", "done", undefined],
  ["unknown-field", "done", undefined],
  ["split", "done", undefined],
  ["merged", "done", undefined],
  ["long-lengths", "done", undefined],
  ["busy-for-a-while", "done", undefined],
];

describe.each(["reversal", "refund"] as const)("a %s is made once", (kind) => {
  test.each(table)("with the fault %s", async (fault, first, later) => {
    exit = await openExit({}, { acknowledgeMs: fault === "no-acknowledge" ? 1000 : 10_000 });
    const { terminal, sim, charge } = exit;
    const charged = await charge();
    const request = {
      receiptNumber: charged.kind === "captured" ? charged.receipt.receiptNumber : "",
      ...money,
    };
    const ask = () => (kind === "reversal" ? terminal.reverse(request) : terminal.refund(money));
    const since = terminal.lastReceipt();
    const startedAt = clock.now();

    sim.setFault(fault);
    const asked = await ask().then(({ kind: told }) => told, codeOf);
    sim.setFault("none");
    const enquire = () =>
      kind === "reversal"
        ? terminal.enquireReversal(request, since, startedAt)
        : terminal.enquireRefund(money, since, startedAt);
    const told = asked === "done" ? undefined : (await enquired(enquire)).kind;
    expect([asked, told]).toEqual([first, later]);
    if (told === "not-done") await ask();
    expect(sim.purses.charged(card.lastFour)).toBe(0);
  });
});

test("a reversal over another amount than was charged is left to a person", async () => {
  exit = await openExit();
  const { terminal, charge, counter } = exit;
  await charge();
  const wrong = { receiptNumber: "0042", amount: minorUnits(999), currency: "EUR" };
  await expect(terminal.reverse(wrong)).rejects.toMatchObject({ code: "terminal-answer-lost" });
  const told = await terminal.enquireReversal(wrong, "0042", clock.now());
  expect(told.kind).toBe("undecided");
  expect(counter("reversals")).toBe(1);
});

test("a terminal that has lost its registration books nothing, and is registered again", async () => {
  exit = await openExit();
  const { terminal, sim, charge, counter, isOnline } = exit;
  await charge();
  sim.setFault("forgets-registration");
  await expect(terminal.refund(money)).rejects.toMatchObject({ code: "terminal-unreachable" });
  sim.setFault("none");
  await vi.waitUntil(() => counter("registrations") === 2 && isOnline(), patience);
  expect(await terminal.refund(money)).toMatchObject({ kind: "done" });
  expect(sim.purses.charged()).toBe(0);
});

test("a charge meets a terminal that is busy for a while, and waits for it", async () => {
  exit = await openExit();
  const { sim, charge, counter } = exit;
  sim.setFault("busy-for-a-while");
  expect(await charge()).toMatchObject({ kind: "captured" });
  expect(counter("waits")).toBe(2);
  expect(sim.purses.charged()).toBe(350);
});

test("who cancels meanwhile books nothing", async () => {
  exit = await openExit();
  const { terminal, sim, charge, counter } = exit;
  sim.setFault("busy");
  const charging = charge();
  await vi.waitUntil(() => counter("waits") === 1, patience);
  await terminal.abort();
  sim.setFault("none");
  expect(await charging).toMatchObject({ kind: "declined", resultCode: "6C" });
  expect(sim.purses.bookings).toEqual([]);
});

test("while a card is wanted, the report says so", async () => {
  exit = await openExit();
  const { terminal, sim, charge } = exit;
  sim.onCardWanted(() => undefined);
  const charging = charge();
  await vi.waitUntil(() => terminal.report()[0]?.detail === "charge: insert the card", patience);
  await terminal.abort();
  await charging;
  expect(terminal.report()[0]?.detail).toBeUndefined();
});

test("a terminal that prints for itself tells no papers, and a lost refund is found all the same", async () => {
  exit = await openExit({}, {}, { receipts: "terminal" });
  const { terminal, sim, charge } = exit;
  const charged = await charge();
  expect(charged).toMatchObject({ kind: "captured" });
  expect(JSON.stringify(charged)).not.toContain("papers");
  const since = terminal.lastReceipt();
  const startedAt = clock.now();
  sim.setFault("close-after-booking");
  await expect(terminal.refund(money)).rejects.toMatchObject({ code: "terminal-answer-lost" });
  sim.setFault("none");
  expect(await enquired(() => terminal.enquireRefund(money, since, startedAt))).toMatchObject({
    kind: "done",
  });
});

test("its clock and its wants are told by its status", async () => {
  exit = await openExit({ state: 0xc2, needs: 0x02 });
  const status = await exit.terminal.status();
  expect(status).toMatchObject({ state: "attention", resultCode: "C2", needs: ["diagnosis"] });
  expect(status.clockOffBy).toBeLessThan(600_000);
});

test("of a terminal that spills whole card numbers, nothing but the last four digits is kept", async () => {
  exit = await openExit();
  const { terminal, sim, charge, captured, log } = exit;
  sim.setFault("leaks-cards");
  const answers = [
    await charge(),
    await terminal.reverse({ receiptNumber: "0042", ...money }),
    await terminal.refund(money),
    await terminal.enquireRefund(money, "0043", clock.now()),
    await terminal.endOfDay(),
    await terminal.status(),
  ];
  const kept = JSON.stringify([answers, captured, log, terminal.report()]);
  expect(kept).toContain("************1234");
  expect(answers.map((each) => ("kind" in each ? each.kind : each.state))).toEqual([
    "captured",
    "done",
    "done",
    "done",
    "done",
    "ready",
  ]);
  expect(kept).not.toContain("453201");
  expect(kept).not.toContain("511283");
  expect(kept).not.toContain("3012201");
  expect(kept).not.toContain("DRIVER");
  expect(kept.match(/\d{13,}/g)?.filter((digits) => digits.length > 13) ?? []).toEqual([]);
});

async function enquired(ask: () => Promise<GiveBackEnquiry>): Promise<GiveBackEnquiry> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof Fault) || error.code !== "terminal-unreachable") throw error;
    }
  }
}

function codeOf(error: unknown): string {
  if (error instanceof Fault) return error.code;
  throw error;
}
