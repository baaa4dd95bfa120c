import type { SpaceSpec } from "@gatehouse/shared/contracts/facility";
import { Fault } from "@gatehouse/shared/fault";
import type { Part } from "@gatehouse/shared/part";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { SourceLost, SpaceFeed, SpaceObservation } from "@gatehouse/shared/ports/space-feed";
import {
  type Duration,
  elapsed,
  type Instant,
  milliseconds,
  minutes,
  seconds,
} from "@gatehouse/shared/time";
import { type FusedSpace, fuse, settle, type SpaceAnswer } from "../domain/occupancy.ts";
import type { Book, Tx } from "../store/book.ts";
import { listSources, saveSource, type SourceRow } from "../store/observations.ts";
import { listSpaces, type SpaceStatus } from "../store/spaces.ts";
import { listActiveStays } from "../store/stays.ts";
import type { Counters } from "./counters.ts";
import { counts, heardAfter, type StaleOf, wordsOf } from "./heard.ts";
import {
  type LiveSpace,
  type Moment,
  reviveSpace,
  saveAnswer,
  type SavingDeps,
} from "./live-space.ts";
import { keepObservations } from "./observing.ts";
import { saveLayout } from "./space-layout.ts";
import { type SpaceTallies, type Tally, tallySpaces } from "./space-tally.ts";
import type { SpokenSpaces, SpokenWord } from "./spoken-words.ts";

export interface OccupancyDeps extends SavingDeps {
  readonly book: Book;
  readonly clock: Clock;
  readonly counters: Counters;
  readonly spaces: readonly SpaceSpec[];
  readonly feeds: readonly SpaceFeed[];
  readonly hold: Duration;
  /** A source silent for so long no longer counts. */
  readonly stale: Duration;
  /** Sources that speak more seldom, and how long theirs counts. */
  readonly staleOf?: ReadonlyMap<string, Duration>;
  /** Whether a source's word counts at all; one that is shut out is heard no more. */
  readonly isHeard?: (sourceId: string) => boolean;
  /** What was said, once it is durable. */
  readonly heard?: (batch: readonly SpaceObservation[]) => void;
  /** These spaces have a new answer, saved. */
  readonly changed: (spaceIds: readonly string[]) => void;
}

export interface SpaceNow {
  readonly spec: SpaceSpec;
  readonly status: SpaceStatus;
  readonly since: Instant;
}

/** Changed spaces are saved together, at most this late. */
const flushEvery = milliseconds(250);
/** The next look at what could not be saved. */
const flushRetry = seconds(5);
/** So many spaces change their answer in one transaction; a gate waits no longer than that takes. */
const flushLimit = 1000;
/** How often all spaces are looked at for sources that have fallen silent. */
const sweepEvery = minutes(1);

/** From observations (sensor, camera) to one published answer a space, saved in groups. */
export class OccupancyFlow implements Part, SpokenSpaces {
  readonly name = "occupancy";
  readonly #deps: OccupancyDeps;
  readonly #live = new Map<string, LiveSpace>();
  readonly #bySource = new Map<string, Set<LiveSpace>>();
  readonly #due = new Set<LiveSpace>();
  /** Sources that were lost since the last flush. */
  readonly #lost = new Set<string>();
  readonly #staleOf: StaleOf;
  #cancelFlush: (() => void) | undefined;
  #cancelSweep: () => void = () => {};
  #tally: SpaceTallies = tallySpaces([]);

  constructor(deps: OccupancyDeps) {
    this.#deps = deps;
    this.#staleOf = (sourceId) => deps.staleOf?.get(sourceId) ?? deps.stale;
    for (const feed of deps.feeds) {
      feed.onObservations((batch) => this.observe(batch));
      feed.onLost((lost) => this.lose(lost));
    }
  }

  /** Rebuilds what is published from the book: the saved spaces and the last word of each source. */
  async start(): Promise<void> {
    const { book, spaces } = this.#deps;
    const now = this.#now();
    const saved = new Map(listSpaces(book).map((space) => [space.spaceId, space]));
    for (const spec of spaces) this.#live.set(spec.spaceId, reviveSpace(spec, saved, now.at));
    for (const row of listActiveStays(book)) {
      const live = this.#live.get(row.spaceId);
      if (live === undefined) continue;
      live.stay = { row, began: now.monotonic - elapsed(row.entryTime as Instant, now.at) };
    }
    for (const row of listSources(book)) {
      const live = this.#live.get(row.spaceId);
      const silentFor = elapsed(row.receivedAt as Instant, now.at);
      if (live !== undefined) this.#hear(live, row, now.monotonic - silentFor);
    }
    saveLayout(this.#deps, this.#live, [...saved.values()], now.at);
    this.#tally = tallySpaces(this.#live.values());
    for (const live of this.#live.values()) this.#due.add(live);
    this.#planFlush(flushEvery);
    this.#planSweep();
  }

  async stop(): Promise<void> {
    this.#cancelSweep();
    this.#cancelFlush?.();
    this.#cancelFlush = undefined;
  }

  get counts(): Tally {
    return this.#tally.all;
  }

  /** Spaces by status in each zone. */
  get zones(): ReadonlyMap<string, Tally> {
    return this.#tally.zones;
  }

  all(): SpaceNow[] {
    return [...this.#live.values()].map(spaceNow);
  }

  one(spaceId: string): SpaceNow | undefined {
    const live = this.#live.get(spaceId);
    return live && spaceNow(live);
  }

  /** The last word of each source about a space. */
  words(spaceId: string): SpokenWord[] {
    const live = this.#live.get(spaceId);
    if (live === undefined) return [];
    const { monotonic } = this.#now();
    return [...live.sources.values()].map((heard) => ({
      source: heard.row.source,
      sourceId: heard.row.sourceId,
      occupied: heard.row.occupied,
      receivedAt: heard.row.receivedAt as Instant,
      counts: counts(heard, monotonic, this.#staleOf),
    }));
  }

  /** The spaces that a source has spoken of. */
  spacesOf(sourceId: string): string[] {
    return [...(this.#bySource.get(sourceId) ?? [])].map(({ spec }) => spec.spaceId);
  }

  /** Every camera that has spoken. */
  cameras(): string[] {
    return [...this.#bySource.keys()].filter((sourceId) => {
      const [any] = this.#bySource.get(sourceId) ?? [];
      return any?.sources.get(sourceId)?.row.source === "camera";
    });
  }

  /**
   * Keeps a batch of observations durably, then takes them into memory.
   *
   * @throws Fault `disk-full`: nothing of the batch may be acknowledged
   */
  observe(said: readonly SpaceObservation[]): void {
    const { book, counters, isHeard, heard } = this.#deps;
    const batch = isHeard === undefined ? said : said.filter(({ sourceId }) => isHeard(sourceId));
    if (batch.length < said.length)
      counters.count("observations_shut_out_total", {}, said.length - batch.length);
    const now = this.#now();
    const words = book.write(
      (tx) => keepObservations(tx, counters, this.#live, batch, now.at),
      "plain",
    );
    for (const { live, row } of words) {
      this.#hear(live, row, now.monotonic);
      this.#due.add(live);
    }
    heard?.(batch);
    counters.count("observations_total", {}, batch.length);
    if (words.length > 0) this.#planFlush(flushEvery);
  }

  #hear(live: LiveSpace, row: SourceRow, at: number): void {
    const last = live.sources.get(row.sourceId);
    live.sources.set(row.sourceId, heardAfter(last, row, at, this.#staleOf));
    const others = this.#bySource.get(row.sourceId) ?? new Set();
    this.#bySource.set(row.sourceId, others.add(live));
  }

  /** A source fell silent: its word no longer counts, and what nobody vouches for becomes unknown. */
  lose({ sourceId }: SourceLost): void {
    for (const live of this.#bySource.get(sourceId) ?? []) {
      const heard = live.sources.get(sourceId);
      if (heard === undefined || heard.row.lost) continue;
      live.sources.set(sourceId, { ...heard, row: { ...heard.row, lost: true } });
      this.#due.add(live);
      this.#lost.add(sourceId);
    }
    if (this.#lost.size > 0) this.#planFlush(flushEvery);
  }

  #planFlush(delay: Duration): void {
    this.#cancelFlush ??= this.#deps.clock.after(delay, () => {
      this.#cancelFlush = undefined;
      this.#flush();
    });
  }

  /** Settles every space in doubt, saves those with a new answer, and comes back when a hold ends. */
  #flush(): void {
    const { hold } = this.#deps;
    const now = this.#now();
    const flipped = new Map<LiveSpace, FusedSpace>();
    let nextLook: number = flushEvery;
    let doubts = Infinity;
    for (const live of this.#due) {
      const fused = settle(live.fused, this.#fuse(live, now.monotonic), now, hold);
      if (fused.answer !== live.fused.answer) {
        if (flipped.size < flushLimit) flipped.set(live, fused);
        else doubts = 0;
        continue;
      }
      live.fused = fused;
      if (fused.doubtedSince === undefined) this.#due.delete(live);
      else doubts = Math.min(doubts, fused.doubtedSince + hold - now.monotonic);
    }
    if (!this.#save(flipped, now)) nextLook = flushRetry;
    else if (Number.isFinite(doubts)) nextLook = Math.max(flushEvery, doubts);
    if (this.#due.size > 0 || this.#lost.size > 0) this.#planFlush(milliseconds(nextLook));
  }

  /** @returns false when there was no room: then everything is as before, and is looked at again */
  #save(flipped: ReadonlyMap<LiveSpace, FusedSpace>, now: Moment): boolean {
    const { book, counters, changed } = this.#deps;
    if (flipped.size === 0 && this.#lost.size === 0) return true;
    try {
      const outcomes = book.write((tx) => {
        this.#saveLost(tx);
        return [...flipped].map(
          ([live, fused]) => [live, saveAnswer(tx, this.#deps, live, fused, now)] as const,
        );
      }, "plain");
      for (const [live, outcome] of outcomes) {
        Object.assign(live, outcome);
        this.#due.delete(live);
      }
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      counters.count("writes_failed_total", { route: "occupancy" });
      return false;
    }
    this.#lost.clear();
    if (flipped.size === 0) return true;
    this.#tally = tallySpaces(this.#live.values());
    changed([...flipped.keys()].map((live) => live.spec.spaceId));
    return true;
  }

  /** A source that has spoken since is no longer lost. */
  #saveLost(tx: Tx): void {
    for (const sourceId of this.#lost) {
      for (const live of this.#bySource.get(sourceId) ?? []) {
        const heard = live.sources.get(sourceId);
        if (heard?.row.lost === true) saveSource(tx, heard.row);
      }
    }
  }

  #fuse({ sources }: LiveSpace, monotonic: number): SpaceAnswer {
    return fuse(wordsOf(sources.values(), monotonic, this.#staleOf));
  }

  /** A source that has fallen silent says nothing, so somebody has to look. */
  #planSweep(): void {
    this.#cancelSweep = this.#deps.clock.after(sweepEvery, () => {
      const { monotonic } = this.#now();
      for (const live of this.#live.values()) {
        if (this.#fuse(live, monotonic) !== live.fused.answer) this.#due.add(live);
      }
      if (this.#due.size > 0) this.#planFlush(flushEvery);
      this.#planSweep();
    });
  }

  #now(): Moment {
    const { clock } = this.#deps;
    return { at: clock.now(), monotonic: clock.monotonic() };
  }
}

const spaceNow = ({ spec, saved, fused }: LiveSpace): SpaceNow => ({
  spec,
  status: saved?.status ?? "unknown",
  since: fused.since,
});
