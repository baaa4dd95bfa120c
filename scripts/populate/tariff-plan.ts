import type { Tariff } from "@gatehouse/shared/contracts/tariff";
import { type Instant, isoOf } from "@gatehouse/shared/time";
import { addPeriod, startOfMonth } from "../../edge/src/domain/calendar.ts";
import type { FacilityPlan } from "./plan.ts";

/** What a stay costs that begins from some moment on: each started hour, and the most of 24 hours. */
export interface PriceList {
  readonly tariffId: string;
  readonly version: number;
  readonly from: Instant;
  readonly hourMinor: number;
  readonly dayMinor: number;
}

/** The prices of a facility: as they are when its history begins, and dearer some months later. */
export function pricesOf(
  { hourMinor, dayMinor, card: { timezone } }: FacilityPlan,
  begin: Instant,
): PriceList[] {
  const tariffId = "standard";
  let from = startOfMonth(begin, timezone);
  for (let months = 0; months < monthsAhead; months += 1) from = addPeriod(from, "month", timezone);
  const earlier = startOfMonth((begin - longBefore) as Instant, timezone);
  return [
    { tariffId, version: 1, from: earlier, hourMinor, dayMinor },
    { tariffId, version: 2, from, hourMinor: hourMinor + 20, dayMinor: dayMinor + 200 },
  ];
}

/** The prices of a stay that begins at a moment: the last that hold by then. */
export function priceAt(prices: readonly PriceList[], at: Instant): PriceList {
  const found = prices.findLast(({ from }) => from <= at) ?? prices[0];
  if (found === undefined) throw new RangeError("a facility has prices");
  return found;
}

/** New prices come so many months after the one in which the history begins. */
const monthsAhead = 4;
const longBefore = 300 * 24 * 3_600_000;

/** The same as a tariff that head office publishes. @param taxPercent inside the prices */
export const tariffOf = (
  { tariffId, version, from, hourMinor, dayMinor }: PriceList,
  { currency, taxPercent }: { readonly currency: string; readonly taxPercent: number },
): Tariff => ({
  tariff_id: tariffId,
  version,
  name: "Standard",
  currency,
  valid_from: isoOf(from),
  ...(version === 1 ? {} : { supersedes: { tariff_id: tariffId, version: version - 1 } }),
  rates: [{ name: "hour", price: decimal(hourMinor), per: "1 h" }],
  caps: [{ price: decimal(dayMinor), per: "24 h" }],
  lost_ticket: { charge: "flat", price: decimal(2 * dayMinor) },
  tax: { percent: taxPercent, prices: "inclusive" },
});

const decimal = (minor: number): string => (minor / 100).toFixed(2);
