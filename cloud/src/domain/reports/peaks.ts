/** The five highest, the highest first; where they are equal they stay in their order. */
export const topFive = <T>(rows: readonly T[], height: (row: T) => number): T[] =>
  rows
    .filter((row) => height(row) > 0)
    .toSorted((a, b) => height(b) - height(a))
    .slice(0, 5);

/** What an hour did to the number of vehicles inside: how many more there were after each of its minutes. */
export interface HourCourse {
  readonly hour: string;
  readonly netByMinute: readonly number[];
}

/**
 * The most vehicles inside at the end of any minute of each hour, or at its beginning.
 *
 * @param inside how many were inside when the first hour began
 * @param hours in their order; one that is missing changed nothing
 */
export function peakInside(inside: number, hours: readonly HourCourse[]): Map<string, number> {
  const peaks = new Map<string, number>();
  let now = inside;
  for (const { hour, netByMinute } of hours) {
    let peak = now;
    for (const net of netByMinute) {
      now += net;
      peak = Math.max(peak, now);
    }
    peaks.set(hour, Math.max(0, peak));
  }
  return peaks;
}
