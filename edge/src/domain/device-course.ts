/** So many messages are looked at for a device's clock. */
const skewSamples = 16;

/**
 * How far a device's clock is ahead of ours. A message only ever arrives later than it was sent, so of several the
 * one that seems furthest ahead was on its way the shortest, and tells the most.
 */
export class ClockSkew {
  readonly #samples: number[] = [];

  /**
   * @param saidAt the device's own time of the message
   * @param arrivedAt ours
   */
  hear(saidAt: number, arrivedAt: number): void {
    // A message without a time of its own carries that of its arrival.
    if (saidAt === arrivedAt) return;
    this.#samples.push(saidAt - arrivedAt);
    if (this.#samples.length > skewSamples) this.#samples.shift();
  }

  /** Milliseconds; undefined before a message with a time of its own. */
  get value(): number | undefined {
    return this.#samples.length === 0 ? undefined : Math.max(...this.#samples);
  }
}

/** Before so many gaps between messages nothing is usual. */
const gapsNeeded = 5;
/** Weight of one more gap. */
const freshness = 1 / 8;

/** How often a device speaks as a rule: an average that forgets, of the gaps between its messages. */
export class UsualInterval {
  #usual: number | undefined;
  #gaps: number;
  #last: number | undefined;

  /** @param known what was usual before a restart, milliseconds */
  constructor(known?: number) {
    this.#usual = known;
    this.#gaps = known === undefined ? 0 : gapsNeeded;
  }

  /** @param at monotonic milliseconds */
  hear(at: number): void {
    const gap = this.#last === undefined ? undefined : at - this.#last;
    this.#last = at;
    if (gap === undefined || gap <= 0) return;
    this.#gaps += 1;
    this.#usual = this.#usual === undefined ? gap : this.#usual + (gap - this.#usual) * freshness;
  }

  /** Milliseconds; undefined before there were enough messages. */
  get value(): number | undefined {
    return this.#gaps < gapsNeeded ? undefined : this.#usual;
  }
}

/**
 * Adds what was counted since the last look to what was counted before. A count that has fallen began anew: all of
 * it is fresh.
 */
export function totalsAfter(
  totals: Readonly<Record<string, number>>,
  last: Readonly<Record<string, number>>,
  now: Readonly<Record<string, number>>,
): Record<string, number> {
  const after = { ...totals };
  for (const [name, count] of Object.entries(now)) {
    if (isReading(name)) continue;
    const before = last[name] ?? 0;
    after[name] = (after[name] ?? 0) + (count < before ? count : count - before);
  }
  return after;
}

/** A value that goes up and down, told among the counts: adding such ones up would say nothing. */
export const isReading = (name: string): boolean =>
  /_(pct|v|c|dbm|db|ms|mean|max)$/.test(name) || levels.has(name);

const levels = new Set(["connected", "open", "held", "deliveries_waiting", "waiting", "plates"]);

/** What counts as a message, the first of them that a device counts. */
const messageCounts = ["messages", "frames", "reads", "pushes", "requests", "exchanges", "shown"];

/** How many messages a device has sent, or answered, by its own count. */
export function messagesIn(counters: Readonly<Record<string, number>>): number {
  const name = messageCounts.find((each) => counters[each] !== undefined);
  return name === undefined ? 0 : (counters[name] ?? 0);
}
