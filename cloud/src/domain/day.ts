import type { Instant } from "@gatehouse/shared/time";
import { perQuarter } from "./per-quarter.ts";

/** There are some 600 zones in the world; each may be written in several ways. */
const formatsMax = 1_000;
/** Formatters are dear to make. */
const formats = new Map<string, Intl.DateTimeFormat>();

/**
 * The calendar day of a moment at the facility, as `2026-11-20`.
 *
 * @param timezone an IANA zone that `isTimezone` accepts
 */
export const dayOf = perQuarter((at, timezone) => {
  const known = formats.get(timezone);
  const format = known ?? new Intl.DateTimeFormat("en-CA", { ...shape, timeZone: timezone });
  if (formats.size >= formatsMax) formats.clear();
  if (known === undefined) formats.set(timezone, format);
  return format.format(at);
});

const shape = { year: "numeric", month: "2-digit", day: "2-digit" } as const;

/** An IANA name: Node also takes `+05:30`, which PostgreSQL reads the other way round. */
export function isTimezone(zone: string): boolean {
  if (!/^[A-Z]/i.test(zone)) return false;
  try {
    dayOf(0 as Instant, zone);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
