import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Clock, Stopwatch } from "./ports/clock.ts";
import { type Duration, type Instant, milliseconds } from "./time.ts";

export interface Pace {
  /** Virtual seconds a real second. */
  readonly rate: number;
  /** The real moment (Unix ms) at which virtual time showed `virtualEpoch`. */
  readonly realEpochMs: number;
  readonly virtualEpoch: Instant;
}

/** Rate 1 from a common epoch: the machine's own time. */
const realTime: Pace = { rate: 1, realEpochMs: 0, virtualEpoch: 0 as Instant };

/** Node's timers overflow at 2^31 ms (24.8 days) and then fire at once: longer waits are chained. */
const longestTimerMs = 2 ** 31 - 1;

/** The machine's time, or a faster one that every process of a demonstration shares. */
export class PacedClock implements Clock {
  readonly bootId: string;
  readonly #pace: Pace;

  constructor(pace: Pace = realTime) {
    this.#pace = pace;
    this.bootId = isReal(pace)
      ? machineBootId
      : `${machineBootId}/${pace.rate}/${pace.realEpochMs}/${pace.virtualEpoch}`;
  }

  get rate(): number {
    return this.#pace.rate;
  }

  now(): Instant {
    const { rate, realEpochMs, virtualEpoch } = this.#pace;
    return Math.floor(virtualEpoch + (Date.now() - realEpochMs) * rate) as Instant;
  }

  monotonic(): Duration {
    return Math.floor(this.#steadyMs()) as Duration;
  }

  after(delay: Duration, action: () => void): () => void {
    const due = this.#steadyMs() + delay;
    let timer: NodeJS.Timeout;
    const arm = (): void => {
      const realMs = Math.ceil(Math.max(0, due - this.#steadyMs()) / this.#pace.rate);
      timer = setTimeout(
        () => (this.#steadyMs() < due ? arm() : action()),
        Math.min(realMs, longestTimerMs),
      );
    };
    arm();
    return () => clearTimeout(timer);
  }

  sleep(delay: Duration): Promise<void> {
    return new Promise((resolve) => void this.after(delay, resolve));
  }

  /** Monotonic time with fractions: Linux counts it from the machine's start. */
  #steadyMs(): number {
    return (Number(process.hrtime.bigint()) / 1e6) * this.#pace.rate;
  }
}

/** Real elapsed time of this process. */
export class SystemStopwatch implements Stopwatch {
  read(): number {
    return performance.now();
  }
}

/**
 * The clock that the process was started with: `GATEHOUSE_CLOCK="rate,realEpochMs,virtualEpochMs"`, all
 * decimal numbers; absent or empty means real time.
 *
 * @throws RangeError saying what to write
 */
export function pacedClockFromEnv(env: Readonly<Record<string, string | undefined>>): PacedClock {
  const text = env["GATEHOUSE_CLOCK"] ?? "";
  if (text === "") return new PacedClock();
  const match = /^(\d+(?:\.\d+)?),(\d{1,15}),(\d{1,15})$/.exec(text.trim());
  const rate = Number(match?.[1]);
  if (match === null || rate < slowestRate || rate > fastestRate) {
    throw new RangeError(
      `GATEHOUSE_CLOCK is "${text}": write "rate,realEpochMs,virtualEpochMs", the rate from ` +
        `${slowestRate} to ${fastestRate} and both epochs in milliseconds since 1970, for example ` +
        `"5,1764000000000,1764055800000"; leave it out for real time`,
    );
  }
  const virtualEpoch = Number(match[3]) as Instant;
  return new PacedClock({ rate, realEpochMs: Number(match[2]), virtualEpoch });
}

/** The text that makes `pacedClockFromEnv` build the same clock in a child process. */
export const paceText = (pace: Pace): string =>
  `${pace.rate},${milliseconds(pace.realEpochMs)},${pace.virtualEpoch}`;

const slowestRate = 0.01;
const fastestRate = 1000;

const isReal = (pace: Pace): boolean => pace.rate === 1 && pace.realEpochMs === pace.virtualEpoch;

/** Where the system does not name its start, each process counts as one: cautious, never wrong. */
const machineBootId = readBootId() ?? `process-${randomUUID()}`;

function readBootId(): string | undefined {
  try {
    return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
  } catch {
    return undefined;
  }
}
