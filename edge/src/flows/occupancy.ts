import { Fault } from "@gatehouse/shared/fault";
import type { Part } from "@gatehouse/shared/part";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { Random } from "@gatehouse/shared/ports/random";
import type { SourceLost, SpaceFeed, SpaceObservation } from "@gatehouse/shared/ports/space-feed";
import { type Duration, elapsed, type Instant, isoOf, milliseconds } from "@gatehouse/shared/time";
import type { SpaceSpec } from "@gatehouse/shared/contracts/facility";
import { fuse, type FusedSpace, settle } from "../domain/occupancy.ts";
import type { Book, Tx } from "../store/book.ts";
import {
  insertObservation,
  listSources,
  saveSource,
  type SourceRow,
} from "../store/observations.ts";
import { listSpaces, saveSpaces, type Space } from "../store/spaces.ts";
import { listActiveStays, saveStay, type Stay } from "../store/stays.ts";
import type { Counters } from "./counters.ts";

export interface OccupancyDeps {
  readonly book: Book;
  readonly clock: Clock;
  readonly random: Random;
  readonly counters: Counters;
  readonly facilityId: string;
  readonly spaces: readonly SpaceSpec[];
  readonly feeds: readonly SpaceFeed[];
  readonly hold: Duration;
  /** A source silent for so long no longer counts. */
  readonly stale: Duration;
  /** These spaces have a new answer, saved. */
  readonly changed: (spaceIds: readonly string[]) => void;
}

/** Changed spaces are saved together, at most this late. */
const flushEvery = milliseconds(250);

interface Live {
  readonly spec: SpaceSpec;
  fused: FusedSpace;
  /** Last word of each source, by source id. */
  readonly sources: Map<string, SourceRow>;
  stay: Stay | undefined;
  saved: Space | undefined;
}

/** From observations (sensor, camera) to one published answer a space, saved in groups. */
export class OccupancyFlow implements Part {
  readonly name = "occupancy";
  readonly #deps: OccupancyDeps;
  readonly #live = new Map<string, Live>();
  readonly #due = new Set<string>();
  #cancelFlush: (() => void) | undefined;
  #counts = { free: 0, occupied: 0, unknown: 0, "out-of-service": 0 };

  constructor(deps: OccupancyDeps) {
    this.#deps = deps;
    for (const feed of deps.feeds) {
      feed.onObservations((batch) => this.observe(batch));
      feed.onLost((lost) => this.lose(lost));
    }
  }

  /** Rebuilds what is published from the book: the saved spaces and the last word of each source. */
  async start(): Promise<void> {
    const { book, clock, spaces } = this.#deps;
    const saved = new Map(listSpaces(book).map((space) => [space.spaceId, space]));
    const active = new Map(listActiveStays(book).map((stay) => [stay.spaceId, stay]));
    const now = clock.now();
    for (const spec of spaces) {
      const space = saved.get(spec.spaceId);
      const answer =
        space === undefined || space.status === "out-of-service" ? "unknown" : space.status;
      const since = (space?.lastUpdated ?? now) as Instant;
      this.#live.set(spec.spaceId, {
        spec,
        fused: { answer, since, doubtedSince: undefined, doubt: undefined },
        sources: new Map(),
        stay: active.get(spec.spaceId),
        saved: space,
      });
    }
    for (const row of listSources(book))
      this.#live.get(row.spaceId)?.sources.set(row.sourceId, row);
    this.#saveNew(now);
    this.#recount();
    for (const spaceId of this.#live.keys()) this.#due.add(spaceId);
    this.#planFlush(flushEvery);
  }

  async stop(): Promise<void> {
    this.#cancelFlush?.();
    this.#cancelFlush = undefined;
  }

  get counts(): Readonly<Record<Space["status"], number>> {
    return this.#counts;
  }

  all(): { readonly spec: SpaceSpec; readonly status: Space["status"]; readonly since: Instant }[] {
    return [...this.#live.values()].map(({ spec, saved, fused }) => ({
      spec,
      status: saved?.status ?? "unknown",
      since: fused.since,
    }));
  }

  one(
    spaceId: string,
  ):
    | { readonly spec: SpaceSpec; readonly status: Space["status"]; readonly since: Instant }
    | undefined {
    const live = this.#live.get(spaceId);
    return (
      live && { spec: live.spec, status: live.saved?.status ?? "unknown", since: live.fused.since }
    );
  }

  /**
   * Keeps a batch of observations durably, then takes them into memory.
   *
   * @throws Fault `disk-full`: nothing of the batch may be acknowledged
   */
  observe(batch: readonly SpaceObservation[]): void {
    const { book, clock, counters } = this.#deps;
    const now = clock.now();
    const words: { readonly live: Live; readonly row: SourceRow }[] = [];
    book.write((tx) => {
      for (const seen of batch) {
        const live = this.#live.get(seen.spaceId);
        if (live === undefined)
          counters.count("observations_refused_total", { reason: "unknown-space" });
        else this.#keep(tx, live, seen, now, words);
      }
    }, "plain");
    for (const { live, row } of words) {
      live.sources.set(row.sourceId, row);
      this.#due.add(row.spaceId);
    }
    counters.count("observations_total", {}, batch.length);
    if (words.length > 0) this.#planFlush(flushEvery);
  }

  #keep(
    tx: Tx,
    live: Live,
    seen: SpaceObservation,
    now: Instant,
    words: { live: Live; row: SourceRow }[],
  ): void {
    const { counters } = this.#deps;
    const { sourceId, spaceId, boot, sequence, occupied, confidence, at } = seen;
    const isNew = insertObservation(tx, {
      sourceId,
      spaceId,
      boot,
      sequence,
      occupied,
      confidence,
      at,
      receivedAt: now,
    });
    if (!isNew) return counters.count("observations_repeated_total");
    const last =
      words.findLast((word) => word.row.sourceId === sourceId && word.live === live)?.row ??
      live.sources.get(sourceId);
    const late =
      last !== undefined && (last.boot === boot ? sequence <= last.sequence : at < last.at);
    if (late) return counters.count("observations_late_total");
    const row: SourceRow = {
      sourceId,
      spaceId,
      source: seen.source,
      boot,
      sequence,
      occupied,
      confidence,
      at,
      receivedAt: now,
      lost: false,
      batteryPercent: seen.batteryPercent ?? last?.batteryPercent ?? null,
    };
    saveSource(tx, row);
    words.push({ live, row });
  }

  /** A source fell silent: its word no longer counts, and what nobody vouches for becomes unknown. */
  lose(lost: SourceLost): void {
    const { book } = this.#deps;
    const touched = [...this.#live.values()].flatMap((live) => {
      const row = live.sources.get(lost.sourceId);
      return row === undefined || row.lost ? [] : [{ live, row: { ...row, lost: true } }];
    });
    if (touched.length === 0) return;
    try {
      book.write((tx) => {
        for (const { row } of touched) saveSource(tx, row);
      }, "plain");
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
    }
    for (const { live, row } of touched) {
      live.sources.set(row.sourceId, row);
      this.#due.add(row.spaceId);
    }
    this.#planFlush(flushEvery);
  }

  #planFlush(delay: Duration): void {
    this.#cancelFlush ??= this.#deps.clock.after(delay, () => {
      this.#cancelFlush = undefined;
      this.#flush();
    });
  }

  /** Settles every space in doubt, saves those with a new answer, and comes back when a hold ends. */
  #flush(): void {
    const { clock, hold, book, changed } = this.#deps;
    const now = clock.now();
    const flipped: Live[] = [];
    let nextLook: number | undefined;
    for (const spaceId of this.#due) {
      const live = this.#live.get(spaceId);
      if (live === undefined) continue;
      const before = live.fused;
      live.fused = settle(before, fuse(this.#words(live, now)), now, hold);
      if (live.fused.answer !== before.answer) flipped.push(live);
      if (live.fused.doubtedSince === undefined) this.#due.delete(spaceId);
      else nextLook = Math.min(nextLook ?? Infinity, live.fused.doubtedSince + hold - now);
    }
    if (flipped.length > 0) {
      try {
        book.write((tx) => this.#save(tx, flipped, now), "plain");
        this.#recount();
        changed(flipped.map((live) => live.spec.spaceId));
      } catch (error) {
        if (!(error instanceof Fault)) throw error;
        // Not saved: looked at again at the next flush, from the same words.
        for (const live of flipped) this.#due.add(live.spec.spaceId);
      }
    }
    if (this.#due.size > 0)
      this.#planFlush(milliseconds(Math.max(flushEvery, nextLook ?? flushEvery)));
  }

  #words(live: Live, now: Instant) {
    const { stale } = this.#deps;
    return [...live.sources.values()]
      .filter((row) => !row.lost && elapsed(row.receivedAt as Instant, now) < stale)
      .map((row) => ({
        occupied: row.occupied,
        confidence: row.confidence,
        at: row.at as Instant,
      }));
  }

  #save(tx: Tx, flipped: readonly Live[], now: Instant): void {
    for (const live of flipped) {
      this.#saveStays(tx, live, now);
      const space = this.#rowOf(live);
      saveSpaces(tx, [space]);
      live.saved = { ...space, change: tx.nextChange() };
    }
  }

  #saveStays(tx: Tx, live: Live, now: Instant): void {
    const { spec, fused, stay } = live;
    if (fused.answer === "occupied" && stay === undefined) {
      live.stay = this.#newStay(live, now);
      saveStay(tx, live.stay);
      return;
    }
    if (fused.answer !== "free" || stay === undefined) return;
    const seconds = Math.max(0, Math.round((now - stay.entryTime) / 1000));
    saveStay(tx, { ...stay, exitTime: now, durationSeconds: seconds, status: "completed" });
    live.stay = undefined;
    tx.append(now, {
      type: "space-stay-closed",
      body: {
        stay_id: stay.stayId,
        space_id: spec.spaceId,
        zone_id: spec.zoneId,
        source: stay.source,
        entry_time: isoOf(stay.entryTime as Instant),
        exit_time: isoOf(now),
        duration_seconds: seconds,
      },
    });
  }

  #newStay(live: Live, now: Instant): Stay {
    const { random } = this.#deps;
    const sources = [...live.sources.values()].filter((row) => !row.lost && row.occupied);
    return {
      stayId: random.id(),
      trackId: null,
      cameraId: sources.find((row) => row.source === "camera")?.sourceId ?? null,
      spaceId: live.spec.spaceId,
      spaceName: live.spec.number,
      vehicleClass: "unknown",
      entryTime: now,
      exitTime: null,
      durationSeconds: null,
      fee: null,
      status: "active",
      source: [...new Set(sources.map((row) => row.source))].toSorted().join("+"),
    };
  }

  #rowOf(live: Live): Omit<Space, "change"> {
    const { spec, fused } = live;
    const batteries = [...live.sources.values()].flatMap((row) =>
      row.batteryPercent === null ? [] : [row.batteryPercent],
    );
    return {
      spaceId: spec.spaceId,
      facilityId: this.#deps.facilityId,
      level: spec.level,
      zone: spec.zoneId,
      spaceNumber: spec.number,
      spaceType: spec.type,
      isAccessible: spec.type === "accessible",
      status: live.saved?.status === "out-of-service" ? "out-of-service" : fused.answer,
      lastUpdated: fused.since,
      sensorData: {
        sources: [...live.sources.keys()],
        ...(batteries.length > 0 ? { battery_pct: Math.min(...batteries) } : {}),
      },
    };
  }

  /** Spaces that the configuration names and the book does not know yet. */
  #saveNew(now: Instant): void {
    const fresh = [...this.#live.values()].filter((live) => live.saved === undefined);
    if (fresh.length === 0) return;
    this.#deps.book.write((tx) => {
      for (const live of fresh) {
        live.fused = { ...live.fused, since: now };
        const space = this.#rowOf(live);
        saveSpaces(tx, [space]);
        live.saved = { ...space, change: tx.nextChange() };
      }
    });
  }

  #recount(): void {
    const counts = { free: 0, occupied: 0, unknown: 0, "out-of-service": 0 };
    for (const { saved } of this.#live.values()) counts[saved?.status ?? "unknown"]++;
    this.#counts = counts;
  }
}
