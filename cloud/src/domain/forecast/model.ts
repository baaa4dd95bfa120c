import { type CivilHour, hourOfDay, hoursOfWeek, onSunday } from "./civil-hours.ts";
import { evenLevel, type Level, levelAfter, nextLevel } from "./level.ts";
import { bounded, type Calendar, eventAt, type Series } from "./series.ts";

/** What an hour of a week ago counts against one of today. */
const memory = 0.95;
/** A day tells the level when so many of its hours are known. */
const leastKnownHours = 12;
/** The first event of a name is believed four fifths, more of them more. */
const eventDoubt = 0.25;

/** Says what an hour will be, from what is known before some moment. */
export interface Model {
  /** @param hour after the last hour that it has learnt from */
  readonly expect: (hour: CivilHour) => number;
}

/**
 * Learns from the hours before a place in the series: the mean week (recent weeks count more), how busy it is lately
 * and where that is going, what public holidays do, and what events of each name do. Hours that nobody knows teach
 * nothing.
 *
 * @param end the first hour that is not learnt from
 */
export function learn({ hours, values, capacity }: Series, end: number, calendar: Calendar): Model {
  const season = meanWeek(hours, values, end, calendar);
  const usual = (slot: number): number => season[slot] ?? 0;
  const { byDay, last } = followLevel(hours, values, end, calendar, usual);
  const levelOn = (day: string): number =>
    byDay.get(day) ?? levelAfter(last.level, daysBetween(last.day, day));

  const holidays = new Effect();
  const byEvent = new Map<string, Effect>();
  const isHoliday = ({ day }: CivilHour): boolean => calendar.holidays.has(day);
  const ordinary = (hour: CivilHour): number =>
    isHoliday(hour)
      ? usual(onSunday(hour.slot)) * levelOn(hour.day)
      : usual(hour.slot) * levelOn(hour.day);
  for (let place = 0; place < end; place += 1) {
    const [hour, value] = [hours[place], values[place]];
    if (hour === undefined || value === undefined) continue;
    const event = eventAt(calendar, hour);
    if (event === undefined) {
      if (isHoliday(hour)) holidays.add(hour.day, value, ordinary(hour));
      continue;
    }
    const effect = byEvent.get(keyOf(event.name)) ?? new Effect();
    byEvent.set(keyOf(event.name), effect);
    effect.add(String(event.from), value, ordinary(hour));
  }

  const expect = (hour: CivilHour): number => {
    const event = eventAt(calendar, hour);
    const base = ordinary(hour) * (isHoliday(hour) ? holidays.factor() : 1);
    if (event === undefined) return bounded(base, capacity);
    const factor =
      event.expectedPercent === null
        ? (byEvent.get(keyOf(event.name))?.factor() ?? 1)
        : 1 + event.expectedPercent / 100;
    return bounded(base * factor, capacity);
  };
  return { expect };
}

/** Events are of one name however it is capitalised. */
const keyOf = (name: string): string => name.trim().toLowerCase();

type Values = readonly (number | undefined)[];

/** The mean of every place in the week, of ordinary hours; one that was never seen is as its hour on other days. */
function meanWeek(
  hours: readonly CivilHour[],
  values: Values,
  end: number,
  calendar: Calendar,
): (number | undefined)[] {
  const sums = Array.from({ length: hoursOfWeek }, () => ({ weight: 0, sum: 0 }));
  for (let place = 0; place < end; place += 1) {
    const [hour, value] = [hours[place], values[place]];
    const slot = hour === undefined ? undefined : sums[hour.slot];
    if (hour === undefined || value === undefined || slot === undefined) continue;
    if (calendar.holidays.has(hour.day) || eventAt(calendar, hour) !== undefined) continue;
    const weight = memory ** ((end - place) / hoursOfWeek);
    slot.weight += weight;
    slot.sum += weight * value;
  }
  const ofHour = Array.from({ length: 24 }, (_, hour) => {
    const known = sums.filter(({ weight }, slot) => weight > 0 && hourOfDay(slot) === hour);
    const weight = known.reduce((total, each) => total + each.weight, 0);
    return weight === 0 ? undefined : known.reduce((total, each) => total + each.sum, 0) / weight;
  });
  return sums.map(({ weight, sum }, slot) => (weight > 0 ? sum / weight : ofHour[hourOfDay(slot)]));
}

function followLevel(
  hours: readonly CivilHour[],
  values: Values,
  end: number,
  calendar: Calendar,
  usual: (slot: number) => number,
): { byDay: ReadonlyMap<string, number>; last: { level: Level; day: string } } {
  const byDay = new Map<string, number>();
  const last = { level: evenLevel, day: hours[Math.max(0, end - 1)]?.day ?? "1970-01-01" };
  let [day, known, had, usually] = ["", 0, 0, 0];
  const close = (): void => {
    if (day === "") return;
    if (known >= leastKnownHours && usually > 0) last.level = nextLevel(last.level, had / usually);
    byDay.set(day, last.level.level);
    [known, had, usually] = [0, 0, 0];
  };
  for (let place = 0; place < end; place += 1) {
    const [hour, value] = [hours[place], values[place]];
    if (hour === undefined) continue;
    if (hour.day !== day) {
      close();
      ({ day } = hour);
    }
    if (value === undefined || calendar.holidays.has(day)) continue;
    if (eventAt(calendar, hour) !== undefined) continue;
    known += 1;
    had += value;
    usually += usual(hour.slot);
  }
  close();
  return { byDay, last };
}

/** What happened against what would have happened, over several occasions. */
class Effect {
  #had = 0;
  #expected = 0;
  readonly #occasions = new Set<string>();

  add(occasion: string, had: number, expected: number): void {
    this.#occasions.add(occasion);
    this.#had += had;
    this.#expected += expected;
  }

  /** 1: nothing is known of any effect. */
  factor(): number {
    if (this.#expected <= 0) return 1;
    const doubt = (eventDoubt * this.#expected) / this.#occasions.size;
    return (this.#had + doubt) / (this.#expected + doubt);
  }
}

const daysBetween = (from: string, to: string): number =>
  Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000));
