import { Fault } from "@gatehouse/shared/fault";
import type { Part } from "@gatehouse/shared/part";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { VehicleCount } from "@gatehouse/shared/ports/sensor-feed";
import { elapsed, hours, type Instant, later, minutes } from "@gatehouse/shared/time";
import type { Book } from "../store/book.ts";
import {
  countedIn,
  type CounterHourRow,
  insertVehicleCount,
  latestCounterHours,
  saveCounterHour,
} from "../store/vehicle-counts.ts";
import type { Counters } from "./counters.ts";

export interface ZoneCountersDeps {
  readonly book: Book;
  readonly clock: Clock;
  readonly counters: Counters;
  /** Zones with a counter. */
  readonly zoneIds: readonly string[];
  /** Spaces of a zone that are occupied now. */
  readonly occupiedIn: (zoneId: string) => number;
}

const hour = hours(1);
/** A counter sends a message a few minutes: those of the hour's last minutes come after its end. */
const settling = minutes(10);
/** So many hours, of all zones together, are shown. */
const shownHours = 48;

/**
 * What counters at the ways into zones say. It changes no space: each hour it is set against what the spaces of the
 * zone say, and how far apart the two are tells which of them drifts.
 */
export class ZoneCounters implements Part {
  readonly name = "zone counters";
  readonly #deps: ZoneCountersDeps;
  /** The hour that runs, and how many spaces were occupied at its beginning; none where we came later. */
  #began: { readonly hour: Instant; readonly occupied: ReadonlyMap<string, number> } | undefined;
  #cancels: (() => void)[] = [];

  constructor(deps: ZoneCountersDeps) {
    this.#deps = deps;
  }

  async start(): Promise<void> {
    if (this.#deps.zoneIds.length > 0) this.#planTurn();
  }

  async stop(): Promise<void> {
    for (const cancel of this.#cancels.splice(0)) cancel();
  }

  /** @throws Fault `disk-full`: then nothing of the batch is kept */
  take(batch: readonly VehicleCount[]): void {
    const { book, clock, counters } = this.#deps;
    const receivedAt = clock.now();
    const kept = book.write(
      (tx) => batch.filter((count) => insertVehicleCount(tx, { ...count, receivedAt })),
      "plain",
    );
    for (const { zoneId, into, out } of kept) {
      counters.count("vehicles_counted_total", { zone: zoneId, way: "in" }, into);
      counters.count("vehicles_counted_total", { zone: zoneId, way: "out" }, out);
    }
  }

  /** Newest first. */
  latest(): readonly CounterHourRow[] {
    return latestCounterHours(this.#deps.book, shownHours);
  }

  #planTurn(): void {
    const now = this.#deps.clock.now();
    const next = later(startOf(now), hour);
    this.#cancels = [this.#deps.clock.after(elapsed(now, next), () => this.#turn(next))];
  }

  /** An hour ends and the next begins. */
  #turn(began: Instant): void {
    const { clock, zoneIds, occupiedIn } = this.#deps;
    const ended = this.#began;
    const occupied = new Map(zoneIds.map((id) => [id, occupiedIn(id)]));
    this.#began = { hour: began, occupied };
    this.#planTurn();
    const changes = new Map(
      zoneIds.map((id) => {
        const before = ended?.occupied.get(id);
        return [id, before === undefined ? null : (occupied.get(id) ?? 0) - before] as const;
      }),
    );
    const closed = (began - hour) as Instant;
    this.#cancels.push(clock.after(settling, () => this.#close(closed, changes)));
  }

  #close(began: Instant, changes: ReadonlyMap<string, number | null>): void {
    const { book, counters } = this.#deps;
    try {
      book.write((tx) => {
        for (const [zoneId, occupiedChange] of changes) {
          const counted = countedIn(tx, zoneId, began, later(began, hour));
          saveCounterHour(tx, { zoneId, hour: began, ...counted, occupiedChange });
        }
      }, "plain");
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      counters.count("writes_failed_total", { route: "zone-counters" });
    }
  }
}

const startOf = (at: Instant): Instant => (at - (at % hour)) as Instant;
