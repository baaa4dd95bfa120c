import { TerminalSim } from "@gatehouse/firmware-sim/devices/terminal-sim";
import { SeededRandom } from "@gatehouse/firmware-sim/seeded-random";
import { VirtualClock } from "@gatehouse/firmware-sim/virtual-clock";
import type { ZvtTerminalSimOptions } from "@gatehouse/firmware-sim/wire/zvt-sim-options";
import { type Instant, seconds } from "@gatehouse/shared/time";
import { describe } from "vitest";
import { clock, openExit } from "./car-at-exit.ts";
import { type TerminalBench, terminalContract } from "./terminal-contract.ts";

const onWire = (simulated: Partial<ZvtTerminalSimOptions>) => async (): Promise<TerminalBench> => {
  const { terminal, sim, stop } = await openExit(simulated);
  return { terminal, front: sim, now: () => clock.now(), settle: (work) => work, stop };
};

describe("over ZVT", () => {
  terminalContract(onWire({}));
});

describe("over ZVT at a terminal of an older kind", () => {
  terminalContract(
    onWire({
      refusesContainers: true,
      repeats: "lines",
      tells: "version",
      lastReceipt: 9996,
    }),
  );
});

describe("over ZVT where reversals bear the number of their payment", () => {
  terminalContract(onWire({ reversalsKeepNumber: true }));
});

describe("in memory", () => {
  terminalContract(async () => {
    const virtual = new VirtualClock(Date.UTC(2026, 10, 20, 13) as Instant);
    const random = new SeededRandom(5);
    const terminal = new TerminalSim({ clock: virtual, random, terminalId: "t1" });
    return {
      terminal,
      front: terminal,
      now: () => virtual.now(),
      settle: (work) => passUntil(virtual, work),
      stop: () => terminal.stop(),
    };
  });
});

async function passUntil<T>(virtual: VirtualClock, work: Promise<T>): Promise<T> {
  let isSettled = false;
  const settled = work.finally(() => (isSettled = true));
  // Whoever waits for it hears of its failure; this copy must not be a second one that nobody hears.
  settled.catch(() => undefined);
  while (!isSettled) await virtual.advance(seconds(1));
  return settled;
}
