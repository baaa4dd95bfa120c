import type { ApdsRates, RateLine } from "@gatehouse/shared/contracts/open-data";
import type { Tariff } from "@gatehouse/shared/contracts/tariff";
import type { Rate, Tier } from "@gatehouse/shared/contracts/tariff-rates";
import { spanMs } from "@gatehouse/shared/contracts/tariff-values";
import { isoOf } from "@gatehouse/shared/time";
import type { PlaceFacts } from "./place-facts.ts";

type Table = NonNullable<ApdsRates["rateTable"]>;
type Collection = Table["rateLineCollections"][number];

/** What a facility costs in the words of APDS; what its lines cannot say is named and left out. */
export function apdsRates({ placeId, now, tariff }: PlaceFacts): ApdsRates {
  if (tariff === undefined) return { placeId, asOf: isoOf(now), rateTable: null };
  const { body, from, to } = tariff;
  const told = body.rates.map((rate) => ({ rate, lines: collectionsOf(rate, body) }));
  return {
    placeId,
    asOf: isoOf(now),
    rateTable: {
      id: body.tariff_id,
      version: body.version,
      name: body.name,
      validityStart: isoOf(from),
      validityEnd: to === undefined ? null : isoOf(to),
      rateType: "hourly",
      rateLineCollections: told.flatMap(({ lines }) => lines),
      notExpressed: notExpressed(body),
    },
  };
}

/** A rate as one collection for each group of classes that pays alike; none where it holds only at some times. */
function collectionsOf(rate: Rate, { currency, tax }: Tariff): Collection[] {
  if (isLimited(rate)) return [];
  const percent = rate.tax_percent ?? tax?.percent;
  const shared = {
    applicableCurrency: currency,
    taxIncluded: tax === undefined ? null : tax.prices === "inclusive",
    taxRate: percent === undefined ? null : Number(percent),
    rateName: rate.name ?? null,
  };
  const own = rate.classes ?? [];
  if (rate.tiers !== undefined)
    return [{ ...shared, vehicleTypes: own, rateLines: tierLines(rate.tiers) }];
  if (rate.price !== undefined)
    return [{ ...shared, vehicleTypes: own, rateLines: [priceLine(rate, rate.price)] }];
  return Object.entries(rate.prices ?? {}).map(([vehicleType, price = ""]) => ({
    ...shared,
    vehicleTypes: [vehicleType],
    rateLines: [priceLine(rate, price)],
  }));
}

function priceLine({ per, step }: Rate, price: number | string): RateLine {
  if (per === undefined) return { sequence: 1, rateLineType: "flatRate", value: String(price) };
  return {
    sequence: 1,
    rateLineType: "incrementingRate",
    value: String(price),
    incrementPeriod: isoSpan(per),
    ...(step === undefined || step === per ? {} : { countedIn: isoSpan(step) }),
  };
}

/** Tiers that say what a stay costs up to their end. */
function tierLines(tiers: readonly Tier[]): RateLine[] {
  let begin = "PT0S";
  return tiers.map(({ total, price, per, up_to: upTo }, index) => {
    const line: RateLine = {
      sequence: index + 1,
      rateLineType: per === undefined ? "flatRateTier" : "incrementingRate",
      value: String(total ?? price ?? ""),
      ...(per === undefined ? {} : { incrementPeriod: isoSpan(per) }),
      durationStart: begin,
      ...(upTo === undefined ? {} : { durationEnd: isoSpan(upTo) }),
    };
    begin = upTo === undefined ? begin : isoSpan(upTo);
    return line;
  });
}

/** Whether it holds for some spaces, times or activities alone, or its tiers add up in a way that no line says. */
const isLimited = ({ when, spaces, activity, tiers }: Rate): boolean =>
  when !== undefined ||
  spaces !== undefined ||
  (activity !== undefined && activity !== "parking") ||
  (tiers ?? []).some(
    ({ total, per, totals, prices }) =>
      totals !== undefined || prices !== undefined || (total === undefined && per === undefined),
  );

const parts = [
  "free",
  "fees",
  "caps",
  "minimum",
  "maximum",
  "specials",
  "events",
  "reentry",
  "after_grace",
  "lost_ticket",
] as const satisfies readonly (keyof Tariff)[];

const notExpressed = (tariff: Tariff): string[] => [
  ...parts.filter((part) => {
    const value = tariff[part];
    return Array.isArray(value) ? value.length > 0 : value !== undefined;
  }),
  ...tariff.rates.flatMap((rate, index) =>
    isLimited(rate) ? [`rates[${index}]`] : rate.cap === undefined ? [] : [`rates[${index}].cap`],
  ),
];

/** A length of time in ISO 8601. */
function isoSpan(text: string): string {
  const seconds = Math.round(spanMs(text) / 1000);
  if (seconds % 3600 === 0) return `PT${seconds / 3600}H`;
  return seconds % 60 === 0 ? `PT${seconds / 60}M` : `PT${seconds}S`;
}
