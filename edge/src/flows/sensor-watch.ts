import type { SpaceSpec } from "@gatehouse/shared/contracts/facility";
import type { RegistryRules } from "@gatehouse/shared/contracts/registry";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { SpaceObservation } from "@gatehouse/shared/ports/space-feed";
import { earlier, elapsed, hours, type Instant, minutes } from "@gatehouse/shared/time";
import { type Malfunction, malfunctionsOf } from "../domain/malfunction.ts";
import type { Book } from "../store/book.ts";
import { listSources } from "../store/observations.ts";
import { staysEndedBySpace } from "../store/stays.ts";
import type { DeviceLife } from "./device-life.ts";
import type { OpenAlerts } from "./open-alerts.ts";
import type { SpokenWord } from "./spoken-words.ts";

export interface SensorWatchDeps {
  readonly book: Book;
  readonly clock: Clock;
  readonly rules: RegistryRules;
  readonly spaces: readonly SpaceSpec[];
  /** The last word of each source about a space. */
  readonly words: (spaceId: string) => readonly SpokenWord[];
}

/** The last word of one sensor, and when it changed within the last hour (monotonic). */
interface Course {
  spaceId: string;
  occupied: boolean;
  changes: number[];
}

const malfunctions: readonly Malfunction[] = ["sensor-stuck", "sensor-flapping", "sensor-silent"];
const disagree = "sensors-disagree";
/** How often the stays of all zones are counted anew. */
const countEvery = hours(1);

/** Whether bay sensors can be believed: stuck, flapping, silent, or at odds with the other one of their space. */
export class SensorWatch {
  readonly #deps: SensorWatchDeps;
  readonly #courses = new Map<string, Course>();
  readonly #zoneOf: ReadonlyMap<string, string>;
  /** Spaces that more than one sensor has spoken of. */
  readonly #paired = new Map<string, Set<string>>();
  /** Since when (monotonic) the sensors of a space differ. */
  readonly #differing = new Map<string, number>();
  #lives: ReadonlyMap<string, DeviceLife> = new Map();
  #stays: {
    readonly at: number;
    readonly spaces: Map<string, number>;
    zones: Map<string, number>;
  } = { at: -Infinity, spaces: new Map(), zones: new Map() };

  constructor(deps: SensorWatchDeps) {
    this.#deps = deps;
    this.#zoneOf = new Map(deps.spaces.map(({ spaceId, zoneId }) => [spaceId, zoneId]));
  }

  /** Takes up what the book knows of every sensor. */
  start(lives: ReadonlyMap<string, DeviceLife>): void {
    this.#lives = lives;
    for (const { sourceId, source, spaceId, occupied } of listSources(this.#deps.book)) {
      if (source !== "sensor" || !this.#zoneOf.has(spaceId)) continue;
      this.#courses.set(sourceId, { spaceId, occupied, changes: [] });
      this.#pair(spaceId, sourceId);
    }
  }

  /** What sensors said, once it is durable. */
  hear(batch: readonly SpaceObservation[]): void {
    const { clock, rules } = this.#deps;
    const [now, monotonic] = [clock.now(), clock.monotonic()];
    for (const { source, sourceId, spaceId, occupied, at } of batch) {
      if (source !== "sensor") continue;
      const life = this.#lives.get(sourceId);
      life?.skew.hear(at, now);
      const course = this.#courses.get(sourceId);
      if (course === undefined) {
        this.#courses.set(sourceId, { spaceId, occupied, changes: [] });
        this.#pair(spaceId, sourceId);
        life?.changed(now);
      } else if (course.occupied !== occupied) {
        course.occupied = occupied;
        course.changes.push(monotonic);
        // One more than the rule allows is all that must be known.
        if (course.changes.length > rules.flapping_changes + 1) course.changes.shift();
        life?.changed(now);
      }
    }
  }

  /** Raises and ends what must be said of sensors. Once a minute. */
  look(alerts: OpenAlerts): void {
    this.#countStays();
    for (const [sensorId, course] of this.#courses) {
      const life = this.#lives.get(sensorId);
      if (life === undefined || !life.row.configured || life.row.standing !== "approved") continue;
      const found = this.#malfunctions(life, course);
      for (const type of malfunctions) {
        if (!found.includes(type)) alerts.clear(type, sensorId);
        else
          alerts.raise({
            type,
            subject: sensorId,
            severity: "warning",
            details: { space: course.spaceId },
          });
      }
    }
    this.#lookAtPairs(alerts);
  }

  #malfunctions(life: DeviceLife, course: Course): Malfunction[] {
    const { clock, rules } = this.#deps;
    const [now, monotonic] = [clock.now(), clock.monotonic()];
    const { lastChange, lastSeen, firstSeen } = life.row;
    const zone = this.#zoneOf.get(course.spaceId) ?? "";
    const own = this.#stays.spaces.get(course.spaceId) ?? 0;
    return malfunctionsOf(
      {
        lastChangeAgo: elapsed((lastChange ?? firstSeen) as Instant, now),
        lastMessageAgo: lastSeen === null ? undefined : elapsed(lastSeen as Instant, now),
        usualInterval: life.interval.value,
        changesLastHour: course.changes.filter((at) => monotonic - at <= hours(1)).length,
        zoneStays: (this.#stays.zones.get(zone) ?? 0) - own,
      },
      rules,
    );
  }

  #lookAtPairs(alerts: OpenAlerts): void {
    const { clock, rules, words } = this.#deps;
    const monotonic = clock.monotonic();
    for (const [spaceId, sensors] of this.#paired) {
      if (sensors.size < 2) continue;
      const spoken = words(spaceId).filter(({ source, counts }) => source === "sensor" && counts);
      const differ = new Set(spoken.map(({ occupied }) => occupied)).size > 1;
      if (!differ) {
        this.#differing.delete(spaceId);
        alerts.clear(disagree, spaceId);
        continue;
      }
      const since = this.#differing.get(spaceId) ?? monotonic;
      this.#differing.set(spaceId, since);
      if (monotonic - since < minutes(rules.disagree_min)) continue;
      const said = spoken.map(({ sourceId, occupied }) => [
        sourceId,
        occupied ? "occupied" : "free",
      ]);
      alerts.raise({
        type: disagree,
        subject: spaceId,
        severity: "warning",
        details: { sensors: Object.fromEntries(said) },
      });
    }
  }

  #pair(spaceId: string, sensorId: string): void {
    this.#paired.set(spaceId, (this.#paired.get(spaceId) ?? new Set()).add(sensorId));
  }

  #countStays(): void {
    const { book, clock, rules } = this.#deps;
    const monotonic = clock.monotonic();
    if (monotonic - this.#stays.at < countEvery) return;
    const since = earlier(clock.now(), hours(24 * rules.stuck_days));
    const spaces = new Map<string, number>();
    const zones = new Map<string, number>();
    for (const { spaceId, count } of staysEndedBySpace(book, since)) {
      const zone = this.#zoneOf.get(spaceId);
      if (zone === undefined) continue;
      spaces.set(spaceId, count);
      zones.set(zone, (zones.get(zone) ?? 0) + count);
    }
    this.#stays = { at: monotonic, spaces, zones };
  }
}
