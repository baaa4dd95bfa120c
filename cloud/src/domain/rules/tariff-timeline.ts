import type { TariffPlace } from "@gatehouse/shared/contracts/rules/tariffs";
import type { Instant } from "@gatehouse/shared/time";

/** A version as far as its place in time is concerned. */
export interface TimedVersion {
  readonly tariffId: string;
  readonly version: number;
  readonly validFrom: Instant;
  readonly validTo: Instant | undefined;
}

/** A stretch of time in which one version holds; without an end until something else is decided. */
export interface Reign<T> {
  readonly of: T;
  readonly from: Instant;
  readonly until: Instant | undefined;
}

/**
 * The version that a stay beginning at a moment gets, as the facility finds it: the latest that was valid by then and
 * still is; of two from the same moment the higher version.
 */
export function inForceAt<T extends TimedVersion>(
  versions: readonly T[],
  at: Instant,
): T | undefined {
  let found: T | undefined;
  for (const each of versions) {
    if (each.validFrom > at || (each.validTo !== undefined && at >= each.validTo)) continue;
    if (found === undefined || isLater(each, found)) found = each;
  }
  return found;
}

const isLater = (one: TimedVersion, other: TimedVersion): boolean =>
  one.validFrom > other.validFrom ||
  (one.validFrom === other.validFrom && one.version > other.version);

/** Which version holds when, in the order of time. Times that none covers are left out. */
export function timelineOf<T extends TimedVersion>(versions: readonly T[]): Reign<T>[] {
  const edges = versions.flatMap(({ validFrom, validTo }) =>
    validTo === undefined ? [validFrom] : [validFrom, validTo],
  );
  const moments = [...new Set(edges)].toSorted((a, b) => a - b);
  const reigns: Reign<T>[] = [];
  for (const [index, from] of moments.entries()) {
    const of = inForceAt(versions, from);
    const until = moments[index + 1];
    const last = reigns.at(-1);
    if (of === undefined) continue;
    if (last?.of === of && last.until === from) reigns[reigns.length - 1] = { ...last, until };
    else reigns.push({ of, from, until });
  }
  return reigns;
}

/** Where a version stands now. */
export function placeOfVersion<T extends TimedVersion>(
  version: T,
  timeline: readonly Reign<T>[],
  now: Instant,
): TariffPlace {
  const own = timeline.filter(({ of }) => of === version);
  if (own.length === 0) return "never";
  if (own.some(({ from, until }) => from <= now && (until === undefined || until > now)))
    return "in-force";
  return own.some(({ from }) => from > now) ? "planned" : "past";
}
