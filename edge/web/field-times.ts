import { facilityNow } from "./facility-time.ts";
import { facility } from "./model.ts";

/** What a browser's field of date and time holds: the facility's own clock, "2026-06-01T18:00", without a zone. */

/** The last minute of today. */
export const endOfToday = (): string => `${civil(facilityNow.peek()).slice(0, 10)}T23:59`;

/** A moment of the facility as such a field writes it. */
export const fieldOf = (iso: string): string => civil(Date.parse(iso));

/** What such a field holds, where a contract takes the facility's own clock: to the second. */
export const momentOf = (field: string): string => (field.length === 16 ? `${field}:00` : field);

/** What such a field holds, where a contract wants UTC. */
export function instantOf(field: string): string {
  const asUtc = Date.parse(`${momentOf(field)}Z`);
  // Twice: the first guess may lie on the other side of a change of the clocks.
  const guess = asUtc - aheadAt(asUtc);
  return new Date(asUtc - aheadAt(guess)).toISOString();
}

/** How far the facility's clock is ahead of UTC; milliseconds. */
const aheadAt = (at: number): number => {
  const minute = at - (at % 60_000);
  return Date.parse(`${civil(minute)}:00Z`) - minute;
};

function civil(at: number): string {
  const timeZone = facility.peek()?.timezone ?? "UTC";
  // Sweden writes days and times as ISO 8601 does.
  const clock = new Intl.DateTimeFormat("sv-SE", {
    dateStyle: "short",
    timeStyle: "short",
    timeZone,
  });
  return clock.format(at).replace(" ", "T");
}
