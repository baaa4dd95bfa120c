import { learn } from "./model.ts";
import { sameHourLastWeek } from "./naive.ts";
import type { Calendar, Series } from "./series.ts";

/** How far ahead a forecast was: from the first day on, up to and including the last. */
export const horizons = [
  { from: 1, to: 1 },
  { from: 2, to: 7 },
  { from: 8, to: 14 },
  { from: 15, to: 28 },
] as const;

/** The horizon's place in `horizons` for a day so far ahead; 1 is the first day. */
export const horizonOf = (daysAhead: number): number =>
  Math.max(
    0,
    horizons.findIndex(({ to }) => daysAhead <= to),
  );

/** Forecasts are made anew every so many days: no multiple of a week, so that they begin on every weekday. */
const stepDays = 4;
/** Over so many past days. */
const testedDays = 56;
/** Before the first of them so much must be known. */
export const leastDays = 14;
const hoursOfDay = 24;

/** What came out against what was said. */
export interface Miss {
  readonly horizon: number;
  readonly slot: number;
  readonly actual: number;
  readonly byModel: number;
  readonly byNaive: number;
}

/** How wrong one way of forecasting was. */
export interface Accuracy {
  /** Mean of the absolute errors, in the series' own unit. */
  readonly mae: number;
  /** All absolute errors of all that there was (weighted absolute percentage error); undefined where nothing was. */
  readonly wape: number | undefined;
}

export interface TestedHorizon {
  readonly from: number;
  readonly to: number;
  readonly hours: number;
  readonly model: Accuracy;
  readonly naive: Accuracy;
}

export interface Backtest {
  /** How often a forecast was made as if its future were not known. */
  readonly origins: number;
  readonly misses: readonly Miss[];
  readonly all: TestedHorizon;
  readonly byHorizon: readonly TestedHorizon[];
}

/**
 * Forecasts the past as if it were not known, from several moments on (rolling origin), and compares with what came:
 * the model and the naive way on the very same hours.
 *
 * @returns undefined where too little is known to try
 */
export function backtest(series: Series, calendar: Calendar): Backtest | undefined {
  const { hours, values } = series;
  const first = firstKnown(values);
  const misses: Miss[] = [];
  let origins = 0;
  const earliest = Math.max(first + leastDays * hoursOfDay, hours.length - testedDays * hoursOfDay);
  for (
    let origin = dayBegin(series, earliest);
    origin < hours.length;
    origin = dayBegin(series, origin + stepDays * hoursOfDay)
  ) {
    const found = missesFrom(series, calendar, origin);
    if (found.length > 0) origins += 1;
    misses.push(...found);
  }
  if (misses.length === 0) return undefined;
  const last = horizons.at(-1)?.to ?? 1;
  return {
    origins,
    misses,
    all: tested(misses, { from: 1, to: last }),
    byHorizon: horizons.flatMap((horizon, place) => {
      const own = misses.filter((miss) => miss.horizon === place);
      return own.length === 0 ? [] : [tested(own, horizon)];
    }),
  };
}

function missesFrom(series: Series, calendar: Calendar, origin: number): Miss[] {
  const { hours, values } = series;
  const model = learn(series, origin, calendar);
  const naive = sameHourLastWeek(series, origin);
  const reach = (horizons.at(-1)?.to ?? 1) * hoursOfDay;
  return hours.slice(origin, origin + reach).flatMap((hour, ahead) => {
    const actual = values[origin + ahead];
    if (actual === undefined) return [];
    const horizon = horizonOf(Math.floor(ahead / hoursOfDay) + 1);
    const said = { byModel: model.expect(hour), byNaive: naive.expect(hour) };
    return [{ horizon, slot: hour.slot, actual, ...said }];
  });
}

function tested(misses: readonly Miss[], { from, to }: { from: number; to: number }) {
  return {
    from,
    to,
    hours: misses.length,
    model: accuracy(misses, ({ byModel }) => byModel),
    naive: accuracy(misses, ({ byNaive }) => byNaive),
  };
}

function accuracy(misses: readonly Miss[], said: (miss: Miss) => number): Accuracy {
  const wrong = misses.reduce((sum, miss) => sum + Math.abs(miss.actual - said(miss)), 0);
  const whole = misses.reduce((sum, { actual }) => sum + actual, 0);
  return { mae: wrong / misses.length, wape: whole <= 0 ? undefined : wrong / whole };
}

const firstKnown = (values: Series["values"]): number => {
  const place = values.findIndex((value) => value !== undefined);
  return place < 0 ? values.length : place;
};

/** The first hour from here on with which a day begins. */
function dayBegin({ hours }: Series, from: number): number {
  for (let place = from; place < hours.length; place += 1)
    if (hours[place]?.day !== hours[place - 1]?.day) return place;
  return hours.length;
}
