import { type CivilHour, hourOfDay, hoursOfWeek } from "./civil-hours.ts";
import type { Model } from "./model.ts";
import { bounded, type Series } from "./series.ts";

/**
 * What every forecast must beat: the same hour of the last week. Where that is not known the week before it, and where
 * no week has it, the mean of that hour of the day.
 *
 * @param end the first hour that is not known yet
 */
export function sameHourLastWeek({ hours, values, capacity }: Series, end: number): Model {
  const latest: (number | undefined)[] = Array.from({ length: hoursOfWeek });
  const byHour = Array.from({ length: 24 }, () => ({ sum: 0, count: 0 }));
  for (let place = 0; place < end; place += 1) {
    const [hour, value] = [hours[place], values[place]];
    if (hour === undefined || value === undefined) continue;
    latest[hour.slot] = value;
    const mean = byHour[hourOfDay(hour.slot)];
    if (mean === undefined) continue;
    mean.sum += value;
    mean.count += 1;
  }
  const meanOf = (slot: number): number => {
    const { sum, count } = byHour[hourOfDay(slot)] ?? { sum: 0, count: 0 };
    return count === 0 ? 0 : sum / count;
  };
  return {
    expect: ({ slot }: CivilHour) => bounded(latest[slot] ?? meanOf(slot), capacity),
  };
}
