import { localClock } from "./local-clock.ts";
import type { Instant } from "./time.ts";

const dayMs = 86_400_000;
const civil = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?))?$/;

/**
 * Reads ISO 8601 with or without an offset. Without one it is civil time of the zone; of an hour that the end of summer
 * time repeats it is the first, and a time that summer time skips is as much later. A day alone is its midnight.
 *
 * @param timezone IANA
 * @returns undefined when the text is no moment
 */
export function civilMoment(text: string, timezone: string): Instant | undefined {
  const found = civil.exec(text);
  if (found === null)
    return /[T ].*(Z|[+-]\d\d:?\d\d)$/.test(text) ? orNone(Date.parse(text)) : undefined;
  const wanted = Date.parse(`${found[1]}T${found[2] ?? "00:00"}Z`);
  // JavaScript takes a 31 February for a day in March.
  if (Number.isNaN(wanted) || !new Date(wanted).toISOString().startsWith(found[1] ?? ""))
    return undefined;
  const clock = localClock(timezone);
  const offsetAt = (at: number): number => clock.at(at as Instant).offset;
  // A zone changes its offset at most once within these two days.
  const offsets = [offsetAt(wanted - dayMs), offsetAt(wanted + dayMs)];
  const possible = offsets.filter((offset) => offsetAt(wanted - offset) === offset);
  const offset = possible.length === 0 ? (offsets[0] ?? 0) : Math.max(...possible);
  return (wanted - offset) as Instant;
}

const orNone = (at: number): Instant | undefined =>
  Number.isNaN(at) ? undefined : (at as Instant);

/** A moment as the zone's clock shows it, to the minute: `2026-06-01T08:30`, as a page's field for a time has it. */
export const wallTime = (at: Instant, timezone: string): string =>
  new Date(at + localClock(timezone).at(at).offset).toISOString().slice(0, 16);
