declare const instant: unique symbol;
declare const duration: unique symbol;

/** A moment: whole milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number & { readonly [instant]: true };

/** A length of time in whole milliseconds; never negative. */
export type Duration = number & { readonly [duration]: true };

export const milliseconds = (count: number): Duration => Math.round(count) as Duration;
export const seconds = (count: number): Duration => milliseconds(count * 1000);
export const minutes = (count: number): Duration => milliseconds(count * 60_000);
export const hours = (count: number): Duration => milliseconds(count * 3_600_000);

export const later = (from: Instant, by: Duration): Instant => (from + by) as Instant;
export const earlier = (from: Instant, by: Duration): Instant => (from - by) as Instant;
export const elapsed = (from: Instant, to: Instant): Duration => Math.max(0, to - from) as Duration;

/** The instant as ISO 8601 in UTC with milliseconds, as it leaves every process. */
export const isoOf = (at: Instant): string => new Date(at).toISOString();

/**
 * Reads ISO 8601 with an offset or `Z`.
 *
 * @returns undefined when the text is no such moment; a naive time is refused, because it names no moment
 */
export function instantOf(iso: string): Instant | undefined {
  if (!/^\d{4}-\d\d-\d\dT[\d:.,]+(Z|[+-]\d\d:?\d\d)$/.test(iso)) return undefined;
  const at = Date.parse(iso.replace(",", "."));
  return Number.isNaN(at) ? undefined : (at as Instant);
}
