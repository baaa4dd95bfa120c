import { ZvtTerminalSim } from "@gatehouse/firmware-sim/wire/zvt-terminal";
import { Fault } from "@gatehouse/shared/fault";
import { seconds } from "@gatehouse/shared/time";
import { afterEach, describe, expect, test, vi } from "vitest";
import {
  bookedSum,
  card,
  clock,
  type Exit,
  exitOn,
  freePort,
  openExit,
  password,
  patience,
  request,
} from "./car-at-exit.ts";

const open: { stop(): Promise<unknown> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0).toReversed()) await each.stop();
});

async function exit(...options: Parameters<typeof openExit>): Promise<Exit> {
  const opened = await openExit(...options);
  open.push(opened);
  return opened;
}

describe("a card payment", () => {
  test("is registered, approved, written and captured", async () => {
    const { terminal, sim, charge, captured } = await exit();
    expect(terminal.lastReceipt()).toBe("0041");
    const answer = await charge();
    expect(answer).toEqual({
      kind: "captured",
      receipt: {
        terminalId: "29001234",
        receiptNumber: "0042",
        traceNumber: "000042",
        amount: 350,
        cardName: "Debit Mastercard",
        cardLastFour: "1234",
        printedAt: expect.stringMatching(/^1120 14\d{4}$/),
        papers: [
          { for: "merchant", lines: expect.arrayContaining(["Betrag EUR 3,50"]) },
          { for: "customer", lines: expect.arrayContaining(["Karte ############1234"]) },
        ],
      },
    });
    expect(captured).toHaveLength(1);
    expect([...sim.booked]).toEqual([["0042", 350]]);
    expect(terminal.lastReceipt()).toBe("0042");
    expect(terminal.report()).toMatchObject([
      { id: "terminal-1", kind: "terminal", state: "online", counters: { captured: 1 } },
    ]);
  });

  test("that the card's bank refuses books nothing, and the next card may pay", async () => {
    const { sim, charge } = await exit();
    sim.onCardWanted(() => sim.presentCard({ ...card, approves: false }));
    expect(await charge()).toEqual({
      kind: "declined",
      resultCode: "05",
      reason: "declined by the bank",
      advice: "none",
    });
    expect(bookedSum(sim)).toBe(0);
    sim.onCardWanted(() => sim.presentCard(card));
    expect(await charge()).toMatchObject({ kind: "captured" });
    expect(bookedSum(sim)).toBe(350);
  });

  test("is cancelled by the driver's red button", async () => {
    const { sim, charge } = await exit();
    sim.onCardWanted(() => sim.cancel());
    expect(await charge()).toMatchObject({ kind: "declined", resultCode: "6C" });
    expect(bookedSum(sim)).toBe(0);
  });

  test("is cancelled by us, and by nobody when none runs", async () => {
    const { terminal, sim, charge } = await exit();
    await terminal.abort();
    sim.onCardWanted(() => void terminal.abort());
    expect(await charge()).toMatchObject({ kind: "declined", resultCode: "6C" });
    expect(bookedSum(sim)).toBe(0);
  });

  test("that is approved although we cancelled it is captured", async () => {
    const { terminal, sim, charge, captured } = await exit();
    sim.setFault("late-approval");
    sim.onCardWanted(() => {
      void terminal.abort();
      sim.presentCard(card);
    });
    expect(await charge()).toMatchObject({ kind: "captured" });
    expect(captured).toHaveLength(1);
    expect(bookedSum(sim)).toBe(350);
  });

  test("runs alone: a second one is told that the terminal is busy", async () => {
    const { sim, charge } = await exit();
    sim.onCardWanted(() => undefined);
    const first = charge();
    await expect(charge()).rejects.toMatchObject({ code: "terminal-busy" });
    await vi.waitUntil(() => {
      sim.presentCard(card);
      return sim.booked.size === 1;
    }, patience);
    expect(await first).toMatchObject({ kind: "captured" });
    expect(bookedSum(sim)).toBe(350);
  });

  test("that cannot be written is reversed by the terminal and declined", async () => {
    const { terminal, sim, charge } = await exit();
    const full = terminal.charge(request, () => {
      throw new Fault("disk-full", "no space left");
    });
    expect(await full).toMatchObject({ kind: "declined", resultCode: "66" });
    expect(bookedSum(sim)).toBe(0);
    expect(await charge()).toMatchObject({ kind: "captured" });
    expect(bookedSum(sim)).toBe(350);
  });

  test("of another amount than asked is sent back", async () => {
    const { sim, charge, captured } = await exit();
    sim.setFault("approves-less");
    expect(await charge()).toMatchObject({ kind: "declined", resultCode: "66" });
    expect(captured).toEqual([]);
    expect(bookedSum(sim)).toBe(0);
  });
});

describe("receipt numbers", () => {
  test("begin again after 9999", async () => {
    const { terminal, charge } = await exit({ lastReceipt: 9998 });
    await charge();
    expect(terminal.lastReceipt()).toBe("9999");
    expect(await charge()).toMatchObject({ receipt: { receiptNumber: "0001" } });
    const since = "9999";
    const enquiry = await terminal.enquire(request, since, clock.now());
    expect(enquiry).toMatchObject({ kind: "captured", receipt: { receiptNumber: "0001" } });
  });

  test("are read from printed lines where the terminal repeats only these", async () => {
    const { terminal, charge } = await exit({ repeats: "lines" });
    const startedAt = clock.now();
    await charge();
    const enquiry = await terminal.enquire(request, "0041", startedAt);
    expect(enquiry).toMatchObject({
      kind: "captured",
      receipt: { receiptNumber: "0042", amount: 350, terminalId: "29001234" },
    });
  });
});

test.each(["split", "merged", "long-lengths", "unknown-field", "duplicate-status"] as const)(
  "with a wire that is %s a payment is captured once",
  async (fault) => {
    const { sim, charge, captured } = await exit();
    sim.setFault(fault);
    expect(await charge()).toMatchObject({ kind: "captured" });
    expect(captured).toHaveLength(1);
    expect(bookedSum(sim)).toBe(350);
    sim.setFault("none");
    expect(await charge()).toMatchObject({ kind: "captured" });
    expect(bookedSum(sim)).toBe(700);
  },
);

test.each(["split", "merged", "long-lengths"] as const)(
  "a terminal whose wire is %s from the start is registered and repeats its receipt",
  async (fault) => {
    const { terminal, sim, charge, counter } = await exit();
    sim.setFault("close-before-booking");
    const startedAt = clock.now();
    await expect(charge()).rejects.toMatchObject({ code: "terminal-answer-lost" });
    sim.setFault(fault);
    await vi.waitUntil(() => counter("registrations") === 2, patience);
    expect(await terminal.enquire(request, "0041", startedAt)).toEqual({ kind: "not-booked" });
  },
);

describe("a terminal that asks to wait", () => {
  test("is busy, charges nothing, and takes the next payment", async () => {
    const { sim, charge } = await exit();
    sim.setFault("busy");
    await expect(charge()).rejects.toMatchObject({ code: "terminal-busy" });
    sim.setFault("none");
    expect(await charge()).toMatchObject({ kind: "captured" });
    expect(bookedSum(sim)).toBe(350);
  });
});

describe("a terminal that is not there", () => {
  test("charges nothing, says so, and is found by itself when it comes", async () => {
    const port = await freePort();
    const alone = exitOn(port);
    open.push(alone);
    await expect(alone.charge()).rejects.toMatchObject({ code: "terminal-unreachable" });
    await expect(alone.terminal.enquire(request, undefined, clock.now())).rejects.toMatchObject({
      code: "terminal-unreachable",
    });
    expect(alone.terminal.report()).toMatchObject([
      { state: "offline", fault: "terminal-unreachable" },
    ]);
    const sim = new ZvtTerminalSim({ port, clock, timezone: "Europe/Berlin", password });
    open.push(sim);
    await sim.start();
    await vi.waitUntil(() => alone.isOnline(), patience);
  });

  test("is stopped while it is still looked for", async () => {
    const alone = exitOn(await freePort());
    await alone.terminal.stop();
    await alone.terminal.stop();
    await expect(alone.charge()).rejects.toMatchObject({ code: "terminal-unreachable" });
  });

  test("with another password is not registered and says why", async () => {
    const { sim, terminal } = await exit();
    await terminal.stop();
    const wrong = exitOn(sim.port, {}, { password: "999999" });
    open.push(wrong);
    await vi.waitUntil(
      () => wrong.terminal.report()[0]?.detail?.includes("registration failed") === true,
      patience,
    );
    expect(wrong.isOnline()).toBe(false);
  });

  test.each([
    ["a password that is no six digits", { password: "12345" }],
    ["a currency that it cannot take", { currency: "JPY" }],
  ])("cannot even be set up with %s", (_name, over) => {
    expect(() => exitOn(1, {}, over)).toThrow(RangeError);
  });
});

test("an idle terminal that died is noticed without a payment", async () => {
  const { sim, isOnline, terminal } = await exit({}, { acknowledgeMs: 300 });
  sim.setFault("silent");
  await clock.sleep(seconds(60));
  await vi.waitUntil(() => !isOnline(), patience);
  expect(terminal.report()).toMatchObject([{ state: "offline" }]);
  sim.setFault("none");
  await vi.waitUntil(isOnline, patience);
});
