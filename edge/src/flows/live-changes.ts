import type { KioskChange } from "@gatehouse/shared/contracts/kiosk";
import type { Part } from "@gatehouse/shared/part";
import type { Clock, Stopwatch } from "@gatehouse/shared/ports/clock";
import { type Instant, isoOf, milliseconds } from "@gatehouse/shared/time";
import type { Overview } from "./overview.ts";

/** Real time between two messages to the pages. */
const gapMs = 250;
/** With nothing to say, the pages hear after so much real time that the daemon lives; they are promised 5 s. */
const beatMs = 4000;

/** Gathers what changed and tells the pages at most four times a real second; without listeners it does nothing. */
export class LiveChanges implements Part {
  readonly name = "live-changes";
  readonly #clock: Clock;
  readonly #stopwatch: Stopwatch;
  readonly #overview: Overview;
  readonly #rate: number;
  readonly #listeners = new Set<(change: KioskChange) => void>();
  readonly #spaces = new Set<string>();
  /** What the listeners were told last of each part, as text. */
  readonly #told = new Map<string, string>();
  #cancel: (() => void) | undefined;
  #cancelBeat: () => void = () => {};
  #lastMs = 0;
  /** When it was looked last which spaces were left. */
  #lookedAt: Instant | undefined;

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
    this.#cancelBeat();
    this.#listeners.clear();
  }

  onChange(listener: (change: KioskChange) => void): () => void {
    this.#listeners.add(listener);
    // What was told before it listened it does not know: the next change says everything again.
    this.#told.clear();
    this.#planBeat();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.#cancelBeat();
    };
  }

  touch(spaceIds: readonly string[] = []): void {
    if (this.#listeners.size === 0) return;
    for (const id of spaceIds) this.#spaces.add(id);
    if (this.#cancel !== undefined) return;
    const waitMs = Math.max(0, gapMs - (this.#stopwatch.read() - this.#lastMs));
    this.#cancel = this.#afterReal(waitMs, () => {
      this.#cancel = undefined;
      this.#tell();
    });
  }

  #planBeat(): void {
    this.#cancelBeat();
    this.#cancelBeat = this.#afterReal(beatMs, () => this.#tell());
  }

  #afterReal(realMs: number, action: () => void): () => void {
    return this.#clock.after(milliseconds(realMs * this.#rate), action);
  }

  #tell(): void {
    if (this.#listeners.size === 0) return;
    this.#lastMs = this.#stopwatch.read();
    this.#planBeat();
    const change = this.#change();
    for (const listener of this.#listeners) listener(change);
  }

  #change(): KioskChange {
    const view = this.#overview;
    const at = this.#clock.now();
    const now = isoOf(at);
    for (const id of view.spacesLeft(this.#lookedAt ?? at)) this.#spaces.add(id);
    this.#lookedAt = at;
    const lanes = view.lanes().filter((lane) => this.#isNews(`lane ${lane.lane_id}`, lane));
    const spaces = view.spaces([...this.#spaces]);
    this.#spaces.clear();
    const parts = {
      facility: view.facility(),
      counts: view.counts(),
      sessions: view.sessions(),
      takings: view.takings(),
      alerts: view.alerts(),
      notices: view.notices(),
      sync: view.sync(),
    };
    const news = Object.entries(parts).filter(([name, part]) => this.#isNews(name, part));
    return {
      type: "change",
      now,
      ...(lanes.length === 0 ? {} : { lanes }),
      ...(spaces.length === 0 ? {} : { spaces }),
      ...Object.fromEntries(news),
    };
  }

  /** Whether a part is not as it was told last; from now on it is. */
  #isNews(name: string, part: unknown): boolean {
    const text = JSON.stringify(part);
    if (this.#told.get(name) === text) return false;
    this.#told.set(name, text);
    return true;
  }
}
