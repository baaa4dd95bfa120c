import { type AddressInfo, createServer } from "node:net";
import {
  ZvtTerminal,
  type ZvtTerminalOptions,
} from "../../../src/adapters/terminal/zvt-terminal.ts";
import type { ZvtTerminalSimOptions } from "@gatehouse/firmware-sim/wire/zvt-sim-options";
import { ZvtTerminalSim } from "@gatehouse/firmware-sim/wire/zvt-terminal";
import { minorUnits } from "@gatehouse/shared/money";
import { PacedClock } from "@gatehouse/shared/paced-clock";
import type { Log } from "@gatehouse/shared/ports/log";
import type { ChargeRequest, TerminalReceipt } from "@gatehouse/shared/ports/terminal";
import type { Instant } from "@gatehouse/shared/time";
import { vi } from "vitest";
import type { ZvtLimits } from "../../../src/adapters/terminal/zvt-link.ts";

/** Virtual seconds a real second: 90 s of silence pass in 1.5 s. */
export const clock = clockAt(60);

export function clockAt(rate: number): PacedClock {
  const virtualEpoch = Date.parse("2026-11-20T13:22:00Z") as Instant;
  return new PacedClock({ rate, realEpochMs: Date.now(), virtualEpoch });
}

export const password = "123456";
export const card = { lastFour: "1234", name: "Debit Mastercard", approves: true };
export const request: ChargeRequest = {
  paymentId: "payment-1",
  amount: minorUnits(350),
  currency: "EUR",
};

interface LogLine {
  readonly event: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

export interface Exit {
  readonly terminal: ZvtTerminal;
  readonly sim: ZvtTerminalSim;
  readonly log: LogLine[];
  /** What was made durable, in order. */
  readonly captured: TerminalReceipt[];
  /** One charge of `request`; the receipt is kept in `captured`. */
  readonly charge: (over?: Partial<ChargeRequest>) => ReturnType<ZvtTerminal["charge"]>;
  readonly isOnline: () => boolean;
  readonly counter: (name: string) => number;
  readonly stop: () => Promise<void>;
}

/** A simulated terminal on a real port and the adapter on it, registered; a card is presented when asked for. */
export async function openExit(
  simulated: Partial<ZvtTerminalSimOptions> = {},
  limits: Partial<ZvtLimits> = {},
  over: Partial<ZvtTerminalOptions> = {},
): Promise<Exit> {
  const timezone = "Europe/Berlin";
  const sim = new ZvtTerminalSim({ port: 0, clock, timezone, password, ...simulated });
  await sim.start();
  sim.onCardWanted(() => sim.presentCard(card));
  const exit = exitOn(sim.port, limits, over);
  await vi.waitUntil(() => exit.isOnline(), patience);
  return {
    ...exit,
    sim,
    stop: async () => {
      await exit.stop();
      await sim.stop();
    },
  };
}

/** The adapter alone, on whatever listens at a port. */
export function exitOn(
  port: number,
  limits: Partial<ZvtLimits> = {},
  over: Partial<ZvtTerminalOptions> = {},
): Omit<Exit, "sim"> {
  const log: LogLine[] = [];
  const write = (event: string, fields = {}): void => void log.push({ event, fields });
  const sink: Log = { info: write, warn: write, error: write };
  const terminal = new ZvtTerminal({
    id: "terminal-1",
    host: "127.0.0.1",
    port,
    password,
    currency: "EUR",
    timezone: "Europe/Berlin",
    clock,
    log: sink,
    limits,
    ...over,
  });
  const captured: TerminalReceipt[] = [];
  const report = () => terminal.report()[0];
  void terminal.start();
  return {
    terminal,
    log,
    captured,
    charge: (over = {}) =>
      terminal.charge({ ...request, ...over }, (receipt) => captured.push(receipt)),
    isOnline: () => report()?.state === "online",
    counter: (name) => report()?.counters[name] ?? 0,
    stop: () => terminal.stop(),
  };
}

/** Real time within which a thing on this machine must have happened. */
export const patience = { timeout: 30_000, interval: 5 };

export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

export const bookedSum = (sim: ZvtTerminalSim): number =>
  [...sim.booked.values()].reduce((sum, amount) => sum + amount, 0);
