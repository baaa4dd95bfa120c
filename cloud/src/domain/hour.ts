import { check } from "@gatehouse/shared/check";
import { type Instant, isoOf } from "@gatehouse/shared/time";
import { perQuarter } from "./per-quarter.ts";

const minuteMs = 60_000;
const formatsMax = 1_000;
const formats = new Map<string, Intl.DateTimeFormat>();

/**
 * When the hour of civil time began in which a moment lies, as ISO 8601: in most zones a full hour of UTC, in India
 * half past one.
 *
 * @param timezone an IANA zone that `isTimezone` accepts
 */
export const hourOf = perQuarter((at, timezone) => {
  const known = formats.get(timezone);
  const format = known ?? new Intl.DateTimeFormat("en", { minute: "numeric", timeZone: timezone });
  if (formats.size >= formatsMax) formats.clear();
  if (known === undefined) formats.set(timezone, format);
  const minute = Number(format.format(at));
  check(Number.isInteger(minute), "the format of a minute is a number");
  return isoOf((at - (at % minuteMs) - minute * minuteMs) as Instant);
});
