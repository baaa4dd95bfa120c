import { localClock } from "@gatehouse/shared/local-clock";
import type { Instant } from "@gatehouse/shared/time";

/** `2026-11-20 14:22:33.123`, with a blank or a `T`, to the second or finer. */
const wallTime = /^(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,6}))?$/;

/**
 * The moment at which clocks of a zone show this wall time. In the hour that is passed twice in autumn it is the
 * earlier one; a time that is skipped in spring is taken as if the clocks had not been changed.
 *
 * @param timezone an IANA zone
 * @returns undefined when the text is no wall time
 */
export function instantOfWall(text: string, timezone: string): Instant | undefined {
  const match = wallTime.exec(text.trim());
  if (match === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map(Number);
  const fraction = Math.floor(Number(`0.${match[7] ?? "0"}`) * 1000);
  const asUtc = Date.UTC(year, month - 1, day, hour, minute, second, fraction);
  const shown = new Date(asUtc);
  const isReal = shown.getUTCDate() === day && shown.getUTCHours() === hour && minute < 60;
  if (!isReal || second > 59) return undefined;
  // Zones are at most 14 hours off, so a day around the wall time holds every offset that may be in force.
  const before = offsetAt(asUtc - dayMs, timezone);
  const after = offsetAt(asUtc + dayMs, timezone);
  const early = asUtc - before;
  return (offsetAt(early, timezone) === before ? early : asUtc - after) as Instant;
}

/** The wall time that clocks of a zone show, `2026-11-20 14:22:33`. */
export const wallOf = (at: Instant, timezone: string): string =>
  new Date(at + offsetAt(at, timezone)).toISOString().slice(0, 19).replace("T", " ");

const dayMs = 86_400_000;

/** Milliseconds that a zone's clocks are ahead of UTC at a moment. */
const offsetAt = (at: number, timezone: string): number =>
  localClock(timezone).at(at as Instant).offset;
