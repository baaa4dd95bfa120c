import { earlier, type Instant, milliseconds } from "@gatehouse/shared/time";
import { Temporal } from "temporal-polyfill";

/** A terminal's local time: MMDD and HHMMSS. */
interface Printed {
  readonly date?: string;
  readonly time?: string;
}

/**
 * The moments a printed local time can mean: the year is not told (the one around `near` or a neighbour), and in
 * the hour that a zone lives twice there are two.
 *
 * @param timezone IANA
 * @returns none when it is no time at all
 */
export function momentsOf({ date, time }: Printed, near: Instant, timezone: string): Instant[] {
  if (date === undefined || time === undefined) return [];
  const { year } = Temporal.Instant.fromEpochMilliseconds(near).toZonedDateTimeISO(timezone);
  return [year - 1, year, year + 1].flatMap((each) =>
    (["earlier", "later"] as const).flatMap((disambiguation) => {
      const local = localTime(each, date, time);
      const at = local?.toZonedDateTime(timezone, { disambiguation });
      return at === undefined ? [] : [at.epochMilliseconds as Instant];
    }),
  );
}

export const wholeSecond = (at: Instant): Instant => earlier(at, milliseconds(at % 1000));

function localTime(year: number, date: string, time: string): Temporal.PlainDateTime | undefined {
  const pair = (text: string, index: number): number => Number(text.slice(index, index + 2));
  const parts = {
    year,
    month: pair(date, 0),
    day: pair(date, 2),
    hour: pair(time, 0),
    minute: pair(time, 2),
    second: pair(time, 4),
  };
  try {
    return Temporal.PlainDateTime.from(parts, { overflow: "reject" });
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
