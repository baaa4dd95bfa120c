const minuteMs = 60_000;

/**
 * The moment at which clocks in a zone show a time; of two of one name the first, and of one that is skipped in spring
 * the moment an hour later.
 *
 * @param local as a field of a form has it: `2026-11-20T18:00`
 * @returns ISO 8601; undefined where it is no time
 */
export function momentAt(local: string, timezone: string): string | undefined {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(local)) return undefined;
  const wanted = Date.parse(`${local.slice(0, 16)}Z`);
  if (Number.isNaN(wanted)) return undefined;
  const day = 24 * 60 * minuteMs;
  // Offsets of the day before and after: one of them holds then, or both are the same.
  const offsets = [offsetAt(wanted - day, timezone), offsetAt(wanted + day, timezone)];
  const fitting = offsets.find((offset) => offsetAt(wanted - offset, timezone) === offset);
  return new Date(wanted - (fitting ?? offsets[0] ?? 0)).toISOString();
}

/** Local time less UTC in milliseconds. */
function offsetAt(at: number, timezone: string): number {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone: timezone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
  }).formatToParts(at);
  const part = Object.fromEntries(parts.map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = part;
  return Date.UTC(year, month - 1, day, hour, minute) - Math.floor(at / minuteMs) * minuteMs;
}
