import type { SpaceStatus } from "../store/spaces.ts";
import type { LiveSpace } from "./live-space.ts";

/** Spaces by status. */
export type Tally = Readonly<Record<SpaceStatus, number>>;

export interface SpaceTallies {
  readonly all: Tally;
  /** By zone. */
  readonly zones: ReadonlyMap<string, Tally>;
}

/** Counts spaces as they are published. */
export function tallySpaces(spaces: Iterable<LiveSpace>): SpaceTallies {
  const all = newTally();
  const zones = new Map<string, Record<SpaceStatus, number>>();
  for (const { spec, saved } of spaces) {
    const status = saved?.status ?? "unknown";
    const zone = zones.get(spec.zoneId) ?? newTally();
    zones.set(spec.zoneId, zone);
    zone[status]++;
    all[status]++;
  }
  return { all, zones };
}

const newTally = (): Record<SpaceStatus, number> => ({
  free: 0,
  occupied: 0,
  unknown: 0,
  "out-of-service": 0,
});
