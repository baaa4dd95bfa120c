import {
  type SavedRange,
  type SearchTimeSettings,
  usualSources,
} from "@gatehouse/shared/contracts/reports/sustainability";

/** What is assumed where nobody has set anything else. */
export const usualSearchTime: SearchTimeSettings = {
  baseline_low_s: 120,
  baseline_s: 210,
  baseline_high_s: 300,
  baseline_source: usualSources.search,
  speed_kmh: 10,
  co2_g_per_km: 167,
  co2_source: usualSources.carbon,
};

/** What a period saved, each as a range. */
export interface Saved {
  readonly seconds_each: SavedRange;
  readonly hours: SavedRange;
  readonly km: SavedRange;
  readonly co2_kg: SavedRange;
}

/**
 * What a shorter search saves against a search without guidance. Of the measured way in and out the low figure takes
 * all for searching, the others half, which is the way in. Where the search is not shorter, nothing is saved.
 *
 * @param waySeconds average stay between the gates less average stay in a space
 * @param vehicles that came in
 */
export function savedBySearch(
  settings: SearchTimeSettings,
  waySeconds: number,
  vehicles: number,
): Saved {
  const each = {
    low: Math.max(0, settings.baseline_low_s - waySeconds),
    likely: Math.max(0, settings.baseline_s - waySeconds / 2),
    high: Math.max(0, settings.baseline_high_s - waySeconds / 2),
  };
  const of = (factor: number): SavedRange => ({
    low: tenth(each.low * factor),
    likely: tenth(each.likely * factor),
    high: tenth(each.high * factor),
  });
  const hours = vehicles / 3600;
  const km = hours * settings.speed_kmh;
  return {
    seconds_each: of(1),
    hours: of(hours),
    km: of(km),
    co2_kg: of((km * settings.co2_g_per_km) / 1000),
  };
}

const tenth = (value: number): number => Math.round(10 * value) / 10;
