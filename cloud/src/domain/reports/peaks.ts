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

/** How many vehicles were inside in an hour: the most at the end of any of its minutes, or as it began; and at its end. */
export interface InsideCourse {
  readonly peak: number;
  readonly atEnd: number;
}

/**
 * How many vehicles were inside, hour by hour.
 *
 * @param inside how many were inside when the first hour began
 * @param hours in their order; one that is missing changed nothing
 */
export function insideByHour(
  inside: number,
  hours: readonly HourCourse[],
): Map<string, InsideCourse> {
  const course = new Map<string, InsideCourse>();
  let now = inside;
  for (const { hour, netByMinute } of hours) {
    let peak = now;
    for (const net of netByMinute) {
      now += net;
      peak = Math.max(peak, now);
    }
    course.set(hour, { peak: Math.max(0, peak), atEnd: Math.max(0, now) });
  }
  return course;
}
