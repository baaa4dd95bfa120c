import type { SpaceSpec } from "@gatehouse/shared/contracts/facility";
import { hours, type Instant, isoOf } from "@gatehouse/shared/time";
import type { Tx } from "../store/book.ts";
import { readCursor, saveNote } from "../store/notes.ts";
import { staysDuring } from "../store/stays.ts";

const hour = hours(1);
/** After a long silence no more than this many hours are rolled up at once. */
const hourLimit = 48;
/** So many spaces are named in one line of the ledger: a line has its length. */
const spacesPerLine = 500;
const cursor = "rolled-up";

/**
 * Writes the occupancy of each full hour since the last: seconds occupied by space and zone. The zones stand in
 * an hour's first line; spaces that have no room there follow in further lines of the same hour.
 */
export function rollUp(tx: Tx, specs: readonly SpaceSpec[], now: Instant): void {
  const current = Math.floor(now / hour) * hour;
  const done = readCursor(tx, cursor);
  const oldest = current - hourLimit * hour;
  // The first hour of all; or the wall clock has been far ahead and is right again.
  if (done === 0 || done > current + hourLimit * hour) return saveNote(tx, cursor, current);
  for (let start = Math.max(done, oldest); start < current; start += hour) {
    rollUpHour(tx, specs, start, now);
  }
  if (current > done) saveNote(tx, cursor, current);
}

function rollUpHour(tx: Tx, specs: readonly SpaceSpec[], start: number, now: Instant): void {
  const occupied = occupiedSeconds(tx, start, now);
  const zones: Record<string, { spaces: number; occupied_s: number }> = {};
  for (const { zoneId, spaceId } of specs) {
    const zone = (zones[zoneId] ??= { spaces: 0, occupied_s: 0 });
    zone.spaces++;
    zone.occupied_s += occupied.get(spaceId) ?? 0;
  }
  const spaces = [...occupied];
  for (let from = 0; from === 0 || from < spaces.length; from += spacesPerLine) {
    tx.append(now, {
      type: "occupancy-hour",
      body: {
        hour: isoOf(start as Instant),
        zones: from === 0 ? zones : {},
        spaces: Object.fromEntries(spaces.slice(from, from + spacesPerLine)),
      },
    });
  }
}

function occupiedSeconds(tx: Tx, start: number, now: Instant): Map<string, number> {
  const end = start + hour;
  const occupied = new Map<string, number>();
  for (const { spaceId, entryTime, exitTime } of staysDuring(tx, start, end)) {
    const ms = Math.min(exitTime ?? now, end) - Math.max(entryTime, start);
    if (ms > 0) occupied.set(spaceId, (occupied.get(spaceId) ?? 0) + ms);
  }
  // A wall clock that was set back makes stays overlap; an hour has no more seconds for that.
  return new Map(
    [...occupied].map(([spaceId, ms]) => [spaceId, Math.round(Math.min(ms, hour) / 1000)]),
  );
}
