import { Fault } from "@gatehouse/shared/fault";
import { minorUnits } from "@gatehouse/shared/money";
import type { TerminalReceipt } from "@gatehouse/shared/ports/terminal";
import { type Instant, minutes, seconds } from "@gatehouse/shared/time";
import { expect, test } from "vitest";
import { TerminalSim } from "../../src/devices/terminal-sim.ts";
import type { TerminalFront } from "../../src/hardware.ts";
import { SeededRandom } from "../../src/seeded-random.ts";
import { VirtualClock } from "../../src/virtual-clock.ts";

const request = { paymentId: "p1", amount: minorUnits(250), currency: "EUR" };
const goodCard = { lastFour: "4242", name: "Debit Mastercard", approves: true };

function terminalOnBench() {
  const clock = new VirtualClock(Date.UTC(2026, 0, 5) as Instant);
  const terminal = new TerminalSim({
    clock,
    random: new SeededRandom(1),
    terminalId: "t1",
    laneId: "exit-1",
  });
  const receipts: TerminalReceipt[] = [];
  const charge = async (
    driver: (front: TerminalFront) => void,
    approved: (receipt: TerminalReceipt) => void = (receipt) => void receipts.push(receipt),
  ) => {
    terminal.onCardWanted(() => driver(terminal));
    const answer = terminal.charge(request, approved).catch((error: unknown) => error);
    await clock.advance(minutes(2));
    return await answer;
  };
  const enquire = async (since: string | undefined) => {
    const answer = terminal.enquire(request, since).catch((error: unknown) => error);
    await clock.advance(minutes(3));
    return await answer;
  };
  return { clock, terminal, receipts, charge, enquire };
}

test("a card pays: booked, told before it is acknowledged, and captured", async () => {
  const { terminal, receipts, charge } = terminalOnBench();
  const answer = await charge((front) => front.presentCard(goodCard));
  expect(answer).toMatchObject({ kind: "captured", receipt: { receiptNumber: "0001" } });
  expect(receipts).toHaveLength(1);
  expect(receipts[0]).toMatchObject({ amount: 250, cardLastFour: "4242", terminalId: "t1" });
  expect([...terminal.booked]).toEqual([["0001", 250]]);
  expect(terminal.lastReceipt()).toBe("0001");
});

test.each([
  ["a bad card", (front: TerminalFront) => front.presentCard({ ...goodCard, approves: false })],
  ["the red button", (front: TerminalFront) => front.cancel()],
  ["nobody", () => {}],
])("%s is declined and nothing is booked", async (_, driver) => {
  const { terminal, receipts, charge } = terminalOnBench();
  expect(await charge(driver)).toMatchObject({ kind: "declined" });
  expect(terminal.booked.size).toBe(0);
  expect(receipts).toEqual([]);
});

test("an answer lost before the booking: asked, it was not booked", async () => {
  const { terminal, charge, enquire } = terminalOnBench();
  terminal.setFault("close-before-booking");
  const fault = await charge((front) => front.presentCard(goodCard));
  expect((fault as Fault).code).toBe("terminal-answer-lost");
  expect(await enquire(undefined)).toEqual({ kind: "not-booked" });
  expect(terminal.booked.size).toBe(0);
});

test("an answer lost after the booking: asked, it was captured, once", async () => {
  const { terminal, receipts, charge, enquire } = terminalOnBench();
  await charge((front) => front.presentCard(goodCard));
  const before = terminal.lastReceipt();
  terminal.setFault("close-after-booking");
  const fault = await charge((front) => front.presentCard(goodCard));
  expect((fault as Fault).code).toBe("terminal-answer-lost");
  expect(receipts).toHaveLength(1);
  terminal.setFault("none");
  expect(await enquire(before)).toMatchObject({
    kind: "captured",
    receipt: { receiptNumber: "0002" },
  });
  expect(await enquire("0002")).toEqual({ kind: "not-booked" });
});

test("a facility that cannot keep the receipt makes the terminal reverse", async () => {
  const { terminal, charge, enquire } = terminalOnBench();
  const answer = await charge(
    (front) => front.presentCard(goodCard),
    () => {
      throw new Fault("disk-full", "no room");
    },
  );
  expect(answer).toMatchObject({ kind: "declined", resultCode: "66" });
  expect(terminal.booked.size).toBe(0);
  expect(await enquire(undefined)).toEqual({ kind: "not-booked" });
});

test("a facility that dies while it is told leaves the booking standing", async () => {
  const { terminal, charge, enquire } = terminalOnBench();
  const answer = await charge(
    (front) => front.presentCard(goodCard),
    () => {
      throw new Error("killed");
    },
  );
  expect(String(answer)).toBe("Error: killed");
  expect([...terminal.booked]).toEqual([["0001", 250]]);
  expect(await enquire(undefined)).toMatchObject({ kind: "captured" });
});

test("a repeated status tells the same receipt twice", async () => {
  const { terminal, receipts, charge } = terminalOnBench();
  terminal.setFault("duplicate-status");
  await charge((front) => front.presentCard(goodCard));
  expect(receipts.map(({ receiptNumber }) => receiptNumber)).toEqual(["0001", "0001"]);
  expect(terminal.booked.size).toBe(1);
});

test("a second charge meanwhile is refused, an enquiry waits for the first to end", async () => {
  const { clock, terminal } = terminalOnBench();
  const first = terminal.charge(request, () => {});
  await clock.advance(seconds(2));
  const second = terminal.charge(request, () => {}).catch((error: unknown) => error);
  const asked = terminal.enquire(request, undefined);
  await clock.advance(seconds(10));
  expect(((await second) as Fault).code).toBe("terminal-busy");
  terminal.presentCard(goodCard);
  await clock.advance(minutes(1));
  expect(await first).toMatchObject({ kind: "captured" });
  expect(await asked).toMatchObject({ kind: "captured" });
});

test("a silent terminal charged nothing for sure", async () => {
  const { terminal, charge } = terminalOnBench();
  terminal.setFault("silent");
  const fault = await charge((front) => front.presentCard(goodCard));
  expect((fault as Fault).code).toBe("terminal-unreachable");
  expect(terminal.booked.size).toBe(0);
});
