import { type Backtest, backtest, leastDays } from "./backtest.ts";
import type { CivilHour } from "./civil-hours.ts";
import { spreads } from "./interval.ts";
import { learn } from "./model.ts";
import { sameHourLastWeek } from "./naive.ts";
import { bounded, type Calendar, type Series } from "./series.ts";

const hoursOfDay = 24;

/** One hour to come. */
export interface ForecastHour {
  readonly hour: CivilHour;
  readonly expected: number;
  /** Between them lay 80 % of what came in the past; undefined where no past forecast could be tried. */
  readonly low: number | undefined;
  readonly high: number | undefined;
}

export type Forecast =
  | {
      readonly kind: "forecast";
      /** `model`: it was better on the past than the same hour last week; else that one is shown, and it is said. */
      readonly method: "model" | "naive";
      readonly hours: readonly ForecastHour[];
      readonly backtest: Backtest | undefined;
      readonly knownDays: number;
    }
  | { readonly kind: "too-little"; readonly knownDays: number; readonly neededDays: number };

/**
 * What the coming hours will bring. The model is shown only where it was better than the same hour last week when both
 * forecast the past; where that cannot be tried, the simple way is shown, without an interval.
 *
 * @param coming hours after the series
 */
export function forecast(
  series: Series,
  coming: readonly CivilHour[],
  calendar: Calendar,
): Forecast {
  const known = series.values.filter((value) => value !== undefined).length;
  const knownDays = Math.floor(known / hoursOfDay);
  if (knownDays < leastDays) return { kind: "too-little", knownDays, neededDays: leastDays };
  const tried = backtest(series, calendar);
  const isBetter = tried !== undefined && tried.all.model.mae < tried.all.naive.mae;
  const end = series.hours.length;
  const shown = isBetter ? learn(series, end, calendar) : sameHourLastWeek(series, end);
  const spread =
    tried === undefined
      ? undefined
      : spreads(tried, ({ byModel, byNaive }) => (isBetter ? byModel : byNaive));
  const hours = coming.map((hour, ahead) => {
    const expected = shown.expect(hour);
    const range = spread?.(hour.slot, Math.floor(ahead / hoursOfDay) + 1);
    const within = (by: number | undefined): number | undefined =>
      by === undefined ? undefined : bounded(expected + by, series.capacity);
    return { hour, expected, low: within(range?.low), high: within(range?.high) };
  });
  const method = isBetter ? "model" : "naive";
  return { kind: "forecast", method, hours, backtest: tried, knownDays };
}
