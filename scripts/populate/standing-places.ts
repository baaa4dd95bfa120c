import type { SeededRandom } from "@gatehouse/firmware-sim/seeded-random";
import { type Instant, isoOf } from "@gatehouse/shared/time";
import type { SpaceState } from "@gatehouse/shared/contracts/batch";
import type { FacilityPlan } from "./plan.ts";

const hourMs = 3_600_000;

interface Occupied {
  readonly spaceId: string;
  readonly from: Instant;
  until: Instant | undefined;
}

/** Which spaces are taken, since when, and for how long each was in the hour that ends. */
export class StandingPlaces {
  readonly #plan: FacilityPlan;
  readonly #free = new Map<string, string[]>();
  readonly #zoneOf: ReadonlyMap<string, string>;
  #lately: Occupied[] = [];
  readonly #changed = new Map<string, Instant>();

  constructor(plan: FacilityPlan) {
    this.#plan = plan;
    this.#zoneOf = new Map(plan.spaces.map(({ spaceId, zoneId }) => [spaceId, zoneId]));
    for (const { zone_id } of plan.layout.zones) this.#free.set(zone_id, []);
    for (const { spaceId, zoneId } of plan.spaces) this.#free.get(zoneId)?.push(spaceId);
  }

  /** @returns the space that is taken; undefined: the facility is full */
  take(at: Instant, random: SeededRandom, zones: readonly string[]): Occupied | undefined {
    const among = zones.length > 0 ? zones : [...this.#free.keys()];
    const free = among.map((zone) => this.#free.get(zone) ?? []).find((each) => each.length > 0);
    if (free === undefined) return undefined;
    // Nearer spaces are taken first.
    const place = Math.floor(free.length * random.fraction() ** 2);
    const [spaceId = ""] = free.splice(place, 1);
    const occupied: Occupied = { spaceId, from: at, until: undefined };
    this.#lately.push(occupied);
    this.#changed.set(spaceId, at);
    return occupied;
  }

  leave(occupied: Occupied, at: Instant): void {
    occupied.until = at;
    this.#changed.set(occupied.spaceId, at);
    this.#free.get(this.zoneOf(occupied.spaceId))?.push(occupied.spaceId);
  }

  zoneOf(spaceId: string): string {
    return this.#zoneOf.get(spaceId) ?? "";
  }

  /** The body of the line that tells the hour up to `end`, as the edge's own roll-up says it. */
  hourUntil(end: Instant) {
    const start = end - hourMs;
    const spaces: Record<string, number> = {};
    const zones = Object.fromEntries(
      this.#plan.layout.zones.map((zone) => [
        zone.zone_id,
        { spaces: Object.values(zone.spaces).reduce((sum, n) => sum + n, 0), occupied_s: 0 },
      ]),
    );
    for (const { spaceId, from, until } of this.#lately) {
      const ms = Math.min(until ?? end, end) - Math.max(from, start);
      if (ms <= 0) continue;
      const seconds = Math.round(ms / 1000);
      spaces[spaceId] = (spaces[spaceId] ?? 0) + seconds;
      const zone = zones[this.zoneOf(spaceId)];
      if (zone !== undefined) zone.occupied_s += seconds;
    }
    this.#lately = this.#lately.filter(({ until }) => until === undefined || until > end);
    return { hour: isoOf(start as Instant), zones, spaces };
  }

  /** The present state of all spaces, as it travels with a batch: newer than all that were told before. */
  states(now: Instant): SpaceState[] {
    const told = Math.round(now / hourMs) * this.#plan.spaces.length;
    const free = new Set([...this.#free.values()].flat());
    return this.#plan.spaces.map(({ spaceId, zoneId }, index) => ({
      space_id: spaceId,
      zone_id: zoneId,
      level: this.#plan.layout.zones.find(({ zone_id }) => zone_id === zoneId)?.level ?? "0",
      space_type: "standard",
      status: free.has(spaceId) ? "free" : "occupied",
      changed_at: isoOf(this.#changed.get(spaceId) ?? now),
      change: told + index + 1,
    }));
  }
}
