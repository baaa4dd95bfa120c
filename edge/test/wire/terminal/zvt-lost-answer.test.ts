import type { ZvtFault } from "@gatehouse/firmware-sim/wire/zvt-sim-options";
import type { ChargeAnswer, ChargeEnquiry } from "@gatehouse/shared/ports/terminal";
import { Fault, type FaultCode } from "@gatehouse/shared/fault";
import { afterEach, describe, expect, test, vi } from "vitest";
import { bookedSum, clock, type Exit, openExit, patience, request } from "./car-at-exit.ts";

let exit: Exit | undefined;
afterEach(() => exit?.stop());

/** One charge as a lane makes it: asked once, and when the answer is lost, enquired until it is known. */
async function collect({ terminal, charge }: Exit): Promise<Outcome> {
  const since = terminal.lastReceipt();
  const startedAt = clock.now();
  try {
    return { first: (await charge()).kind };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const later = await enquireUntilAnswered(() => terminal.enquire(request, since, startedAt));
    return { first: error.code, enquired: later.kind };
  }
}

interface Outcome {
  readonly first: ChargeAnswer["kind"] | FaultCode;
  readonly enquired?: ChargeEnquiry["kind"];
}

async function enquireUntilAnswered(ask: () => Promise<ChargeEnquiry>): Promise<ChargeEnquiry> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof Fault) || error.code !== "terminal-unreachable") throw error;
    }
  }
}

/** What each fault must come to; `booked` is what the terminal has taken, which nobody may take twice. */
const table: readonly [ZvtFault, Outcome, number][] = [
  ["no-acknowledge", { first: "terminal-answer-lost", enquired: "not-booked" }, 0],
  ["silent-after-acknowledge", { first: "terminal-answer-lost", enquired: "not-booked" }, 0],
  ["silent-after-booking", { first: "terminal-answer-lost", enquired: "captured" }, 350],
  ["close-before-booking", { first: "terminal-answer-lost", enquired: "not-booked" }, 0],
  ["close-after-booking", { first: "terminal-answer-lost", enquired: "captured" }, 350],
  ["close-before-our-acknowledge", { first: "captured" }, 350],
  ["close-before-completion", { first: "captured" }, 350],
  ["abort-after-approval", { first: "captured" }, 350],
  ["duplicate-status", { first: "captured" }, 350],
];

describe("never charged twice and never forgotten", () => {
  test.each(table)("with the fault %s", async (fault, outcome, booked) => {
    exit = await openExit({}, { acknowledgeMs: fault === "no-acknowledge" ? 1000 : 10_000 });
    const { sim, counter, captured } = exit;
    sim.setFault(fault);
    const collected = collect(exit);
    if (outcome.enquired !== undefined) {
      await vi.waitUntil(() => counter("terminal_answer_lost") === 1, patience);
      sim.setFault("none");
    }
    expect(await collected).toEqual(outcome);
    expect(bookedSum(sim)).toBe(booked);
    expect(captured).toHaveLength(outcome.first === "captured" ? 1 : 0);
    expect(counter("charges")).toBe(1);

    sim.setFault("none");
    await vi.waitUntil(() => exit?.isOnline(), patience);
    expect(counter("captures_contradicted")).toBe(0);
    // Where nothing was booked the driver pays now, once.
    if (booked === 0) await exit.charge();
    expect(bookedSum(sim)).toBe(350);
  });

  test("with repeated printed lines only, a lost charge is found all the same", async () => {
    exit = await openExit({ repeats: "lines" });
    const { sim, counter } = exit;
    sim.setFault("close-after-booking");
    const collected = collect(exit);
    await vi.waitUntil(() => counter("terminal_answer_lost") === 1, patience);
    sim.setFault("none");
    expect(await collected).toEqual({ first: "terminal-answer-lost", enquired: "captured" });
    expect(bookedSum(sim)).toBe(350);
  });

  test("a card that is presented after the connection ended is found by the enquiry", async () => {
    exit = await openExit();
    const { sim, terminal, counter } = exit;
    sim.onCardWanted(() => undefined);
    const since = terminal.lastReceipt();
    const startedAt = clock.now();
    const charging = exit.charge();
    await vi.waitUntil(() => counter("charges") === 1, patience);
    await cutConnection(exit);
    await expect(charging).rejects.toMatchObject({ code: "terminal-answer-lost" });
    const enquiring = enquireUntilAnswered(() => terminal.enquire(request, since, startedAt));
    await vi.waitUntil(() => {
      sim.presentCard({ lastFour: "9876", name: "Visa", approves: true });
      return sim.booked.size === 1;
    }, patience);
    expect(await enquiring).toMatchObject({ kind: "captured", receipt: { cardLastFour: "9876" } });
    expect(bookedSum(sim)).toBe(350);
  });
});

test("a refusal whose end never comes is declined, not lost", async () => {
  exit = await openExit();
  const { sim, charge } = exit;
  sim.setFault("declined-status-only");
  sim.onCardWanted(() => sim.cancel());
  expect(await charge()).toMatchObject({ kind: "declined", resultCode: "6C" });
  expect(bookedSum(sim)).toBe(0);
});

test("a capture that the terminal took back behind our back is told to a person", async () => {
  exit = await openExit();
  const { sim, charge, counter, log } = exit;
  sim.setFault("close-before-our-acknowledge-and-reverse");
  expect(await charge()).toMatchObject({ kind: "captured" });
  sim.setFault("none");
  await vi.waitUntil(() => counter("captures_contradicted") === 1, patience);
  expect(log.map(({ event }) => event)).toContain("terminal-contradicts-capture");
  expect(bookedSum(sim)).toBe(0);
});

test("nothing of a card but its last four digits is ever logged or kept", async () => {
  exit = await openExit();
  const { charge, log, captured, terminal } = exit;
  await charge();
  const all = JSON.stringify([log, captured, terminal.report()]);
  expect(all).toContain("1234");
  expect(all).not.toMatch(/[0-9a-f]{12,}1234/i);
});

/** A new connection takes the place of the old one at the terminal, as when a cable was pulled. */
async function cutConnection({ sim }: Exit): Promise<void> {
  const { connect } = await import("node:net");
  const intruder = connect(sim.port, "127.0.0.1");
  await new Promise((resolve) => intruder.once("connect", resolve));
  intruder.destroy();
}
