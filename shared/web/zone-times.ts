/** Says moments as a clock in their own time zone shows them. */
export interface ZoneTimes {
  /** The time of day. @param at milliseconds since 1970 */
  readonly timeText: (at: number, timezone: string) => string;
  /** Day and time. @param at milliseconds since 1970 */
  readonly momentText: (at: number, timezone: string) => string;
}

/**
 * @param locale whose way of writing them is used: "de-AT"
 * @param timeStyle with seconds, or `short` without
 */
export function zoneTimes(locale: string, timeStyle: "medium" | "short" = "medium"): ZoneTimes {
  const times = kept((timeZone) => new Intl.DateTimeFormat(locale, { timeStyle, timeZone }));
  const moments = kept(
    (timeZone) => new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle, timeZone }),
  );
  return {
    timeText: (at, timezone) => times(timezone).format(at),
    momentText: (at, timezone) => moments(timezone).format(at),
  };
}

/** Formatters are dear to make; a browser knows some 600 zones. */
function kept(make: (zone: string) => Intl.DateTimeFormat): (zone: string) => Intl.DateTimeFormat {
  const known = new Map<string, Intl.DateTimeFormat>();
  return (zone) => {
    const format = known.get(zone) ?? make(zone);
    known.set(zone, format);
    return format;
  };
}
