import type { KioskChange } from "@gatehouse/shared/contracts/kiosk";
import type { Part } from "@gatehouse/shared/part";
import type { Clock, Stopwatch } from "@gatehouse/shared/ports/clock";
import { isoOf, milliseconds } from "@gatehouse/shared/time";
import type { Overview } from "./overview.ts";

/** Real time between two messages to the pages. */
const gapMs = 250;

/** Gathers what changed and tells the pages at most four times a real second; without listeners it does nothing. */
export class LiveChanges implements Part {
  readonly name = "live-changes";
  readonly #clock: Clock;
  readonly #stopwatch: Stopwatch;
  readonly #overview: Overview;
  readonly #rate: number;
  readonly #listeners = new Set<(change: KioskChange) => void>();
  readonly #spaces = new Set<string>();
  #cancel: (() => void) | undefined;
  #lastMs = 0;

  constructor(clock: Clock, stopwatch: Stopwatch, overview: Overview, rate: number) {
    this.#clock = clock;
    this.#stopwatch = stopwatch;
    this.#overview = overview;
    this.#rate = rate;
  }

  async start(): Promise<void> {}

  async stop(): Promise<void> {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#listeners.clear();
  }

  onChange(listener: (change: KioskChange) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  touch(spaceIds: readonly string[] = []): void {
    if (this.#listeners.size === 0) return;
    for (const id of spaceIds) this.#spaces.add(id);
    if (this.#cancel !== undefined) return;
    const waitMs = Math.max(0, gapMs - (this.#stopwatch.read() - this.#lastMs));
    this.#cancel = this.#clock.after(milliseconds(waitMs * this.#rate), () => {
      this.#cancel = undefined;
      this.#tell();
    });
  }

  #tell(): void {
    this.#lastMs = this.#stopwatch.read();
    const spaces = this.#overview.spaces([...this.#spaces]);
    this.#spaces.clear();
    const state = this.#overview;
    const change: KioskChange = {
      type: "change",
      now: isoOf(this.#clock.now()),
      lanes: state.lanes(),
      ...(spaces.length === 0 ? {} : { spaces, counts: state.counts() }),
      sessions: state.sessions(),
      takings: state.takings(),
      alerts: state.alerts(),
      sync: state.sync(),
    };
    for (const listener of this.#listeners) listener(change);
  }
}
