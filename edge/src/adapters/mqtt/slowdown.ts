import type { SlowdownLimits } from "./limits.ts";

interface Failing {
  failures: number;
  lastMs: number;
  freeMs: number;
}

/**
 * Makes whoever keeps failing wait: twice as long each time, and tries made side by side wait one after the other,
 * so that many connections guess no faster than one.
 */
export class Slowdown {
  readonly #limits: SlowdownLimits;
  /** The longest untouched stands first. */
  readonly #failing = new Map<string, Failing>();

  constructor(limits: SlowdownLimits) {
    this.#limits = limits;
  }

  /** @returns how long this try must wait before it is looked at; undefined: refuse it, too many wait already */
  waitMs(who: string, nowMs: number): number | undefined {
    const { freeTries, firstWaitMs, longestWaitMs } = this.#limits;
    const entry = this.#find(who, nowMs);
    if (entry === undefined || entry.failures < freeTries) return 0;
    const step = Math.min(longestWaitMs, firstWaitMs * 2 ** (entry.failures - freeTries));
    const slot = Math.max(nowMs, entry.freeMs) + step;
    if (slot - nowMs > longestWaitMs) return undefined;
    entry.freeMs = slot;
    return slot - nowMs;
  }

  failed(who: string, nowMs: number): void {
    const entry = this.#find(who, nowMs) ?? { failures: 0, lastMs: nowMs, freeMs: nowMs };
    entry.failures += 1;
    entry.lastMs = nowMs;
    this.#failing.delete(who);
    this.#failing.set(who, entry);
    if (this.#failing.size <= this.#limits.remembered) return;
    const [oldest] = this.#failing.keys();
    if (oldest !== undefined) this.#failing.delete(oldest);
  }

  succeeded(who: string): void {
    this.#failing.delete(who);
  }

  #find(who: string, nowMs: number): Failing | undefined {
    const entry = this.#failing.get(who);
    if (entry === undefined || nowMs - entry.lastMs < this.#limits.forgetMs) return entry;
    this.#failing.delete(who);
    return undefined;
  }
}
