/** Requests are told apart by whether they took at most so long. */
export const requestLimitsMs = [50, 100, 300, 1000, 3000] as const;

/** How the requests of an hour went at one route. */
export interface RequestSum {
  /** Empty where the address names no facility. */
  readonly facilityId: string;
  /** When the hour of the clock began, ISO 8601. */
  readonly hour: string;
  readonly route: string;
  requests: number;
  /** Answered with 4xx, and with 5xx. */
  refused: number;
  failed: number;
  totalMs: number;
  /** How many took at most as long as each of `requestLimitsMs`. */
  readonly within: number[];
}

/** Sums held at once; they are written down every minute, so that this is never reached unless the database is away. */
const sumsMax = 20_000;

/** What was counted since it was last taken away. */
export class RequestSums {
  #sums = new Map<string, RequestSum>();
  /** Requests that were not counted because there were too many different sums. */
  left = 0;

  count(
    { facilityId, hour, route }: Pick<RequestSum, "facilityId" | "hour" | "route">,
    { status, ms }: { readonly status: number; readonly ms: number },
  ): void {
    this.#add({
      facilityId,
      hour,
      route,
      requests: 1,
      refused: status >= 400 && status < 500 ? 1 : 0,
      failed: status >= 500 ? 1 : 0,
      totalMs: Math.round(ms),
      within: requestLimitsMs.map((limit) => (ms <= limit ? 1 : 0)),
    });
  }

  /** Everything counted so far, which is counted here no longer. */
  take(): RequestSum[] {
    const taken = [...this.#sums.values()];
    this.#sums = new Map();
    return taken;
  }

  /** What could not be written down counts here again. */
  giveBack(sums: readonly RequestSum[]): void {
    for (const sum of sums) this.#add(sum);
  }

  #add(sum: RequestSum): void {
    const key = [sum.facilityId, sum.hour, sum.route].join("\n");
    const known = this.#sums.get(key);
    if (known === undefined) {
      if (this.#sums.size < sumsMax) this.#sums.set(key, sum);
      else this.left += sum.requests;
      return;
    }
    known.requests += sum.requests;
    known.refused += sum.refused;
    known.failed += sum.failed;
    known.totalMs += sum.totalMs;
    for (const [at, count] of sum.within.entries())
      known.within[at] = (known.within[at] ?? 0) + count;
  }
}
