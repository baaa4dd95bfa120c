import type { CapPlan } from "./plan.ts";
import type { Stretch } from "./timeline.ts";

/** What the caps of a plan still leave room for; amounts in units of the plan. */
export class CapRoom {
  readonly #caps: readonly CapPlan[];
  /** Of each cap, what its periods have come to. */
  readonly #used: readonly Map<number, bigint>[];
  readonly #usedByBlock = new Map<number, bigint>();

  constructor(caps: readonly CapPlan[]) {
    this.#caps = caps;
    this.#used = caps.map(() => new Map());
  }

  /** How much of an amount has room in a stretch, and what takes off the rest. */
  fit(amount: bigint, { rate, block, periods }: Stretch): { granted: bigint; by?: string } {
    let granted = amount;
    let by: string | undefined;
    if (rate.cap !== undefined) {
      const room = rate.cap - (this.#usedByBlock.get(block) ?? 0n);
      if (room < granted) [granted, by] = [room, rate.rule];
    }
    for (const [index, cap] of this.#caps.entries()) {
      const room = cap.amount - (this.#used[index]?.get(periods[index] ?? 0) ?? 0n);
      if (room < granted) [granted, by] = [room, cap.text];
    }
    return by === undefined ? { granted } : { granted, by };
  }

  /** @param amount negative: it is given back */
  take(amount: bigint, { rate, block, periods }: Stretch): void {
    if (rate.cap !== undefined)
      this.#usedByBlock.set(block, (this.#usedByBlock.get(block) ?? 0n) + amount);
    for (const [index, used] of this.#used.entries()) {
      const period = periods[index] ?? 0;
      used.set(period, (used.get(period) ?? 0n) + amount);
    }
  }
}
