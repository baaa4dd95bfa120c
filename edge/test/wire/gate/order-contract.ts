import { milliseconds, seconds } from "@gatehouse/shared/time";
import { afterEach, beforeEach, expect, test } from "vitest";
import { pulseLengths } from "./bench.ts";
import { GateLane, type GateMake } from "./gate-lane.ts";

const accepted = { kind: "accepted" };
const rejected = { kind: "rejected" };

/** What every gate does whose CLOSE is wired. */
export function closingGateContract(make: GateMake): void {
  const lane = laneOf(make);

  test("closes the barrier by its own contact, once for each command", async () => {
    const { bench, contact, closeContact } = lane();
    expect([...bench.gate.orders]).toContain("close");
    expect(await bench.until(bench.gate.order("close", "x-1"))).toMatchObject(accepted);
    await bench.until(bench.gate.order("close", "x-1"));
    await bench.pass(seconds(1));
    expect(pulseLengths(closeContact)).toEqual([lane().pulse]);
    expect(contact).toEqual([]);
  });

  test("refuses to close while it is held open", async () => {
    const { bench, closeContact } = lane();
    expect(await bench.until(bench.gate.order("hold-open", "h-1"))).toMatchObject(accepted);
    expect(await bench.until(bench.gate.order("close", "x-1"))).toMatchObject(rejected);
    expect(await bench.until(bench.gate.order("let-go", "l-1"))).toMatchObject(accepted);
    expect(await bench.until(bench.gate.order("close", "x-2"))).toMatchObject(accepted);
    await bench.pass(seconds(1));
    expect(closeContact).toHaveLength(2);
  });
}

/** What a gate does whose OPEN contact can be latched. */
export function heldGateContract(make: GateMake): void {
  const lane = laneOf(make);

  test("keeps its contact closed until it lets go, through an OPEN and its own watching", async () => {
    const { bench, contact } = lane();
    expect(await bench.until(bench.gate.order("hold-open", "h-1"))).toMatchObject(accepted);
    await bench.pass(seconds(5));
    expect(await bench.until(bench.gate.open("c-1"))).toMatchObject(accepted);
    await bench.pass(seconds(1));
    expect(contact.map(({ closed }) => closed)).toEqual([true]);
    expect(bench.report.fault).toBeUndefined();
    expect(await bench.until(bench.gate.order("let-go", "l-1"))).toMatchObject(accepted);
    await bench.settle();
    expect(contact.map(({ closed }) => closed)).toEqual([true, false]);
    await bench.pass(seconds(3));
    expect(contact).toHaveLength(2);
  });

  test("closes its contact again when its board comes back from a power cut", async () => {
    const { bench, board, contact } = lane();
    await bench.until(bench.gate.order("hold-open", "h-1"));
    await lane().unplug();
    await bench.eventually(() => bench.report.state === "offline");
    await board.start();
    await bench.eventually(() => contact.length >= 3);
    expect(contact.map(({ closed }) => closed)).toEqual([true, false, true]);
  });

  test("refuses an order that it does not know", async () => {
    const { bench } = lane();
    expect([...bench.gate.orders]).not.toContain("lock");
    expect(await bench.until(bench.gate.order("lock", "k-1"))).toMatchObject(rejected);
  });

  test("lets go on its way out", async () => {
    const { bench, contact } = lane();
    await bench.until(bench.gate.order("hold-open", "h-1"));
    await bench.gate.stop();
    await bench.settle();
    expect(contact.at(-1)).toMatchObject({ closed: false });
  });
}

/** What a gate does whose OPEN cannot be latched. */
export function repeatingGateContract(make: GateMake): void {
  const lane = laneOf(make);

  test("opens again before the barrier would close, until it lets go", async () => {
    const { bench, contact } = lane();
    expect(await bench.until(bench.gate.order("hold-open", "h-1"))).toMatchObject(accepted);
    await bench.pass(milliseconds(6500));
    const closures = contact.filter(({ closed }) => closed);
    expect(closures).toHaveLength(3);
    expect(await bench.until(bench.gate.order("let-go", "l-1"))).toMatchObject(accepted);
    await bench.pass(seconds(4));
    expect(contact.filter(({ closed }) => closed)).toHaveLength(3);
    expect(contact.at(-1)).toMatchObject({ closed: false });
  });
}

function laneOf(make: GateMake): () => GateLane {
  let lane: GateLane;
  beforeEach(async () => {
    lane = await GateLane.start(make);
  });
  afterEach(() => lane.stop());
  return () => lane;
}
