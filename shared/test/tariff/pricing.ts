import { checkTariff, type Tariff } from "@gatehouse/shared/contracts/tariff";
import type { Instant } from "@gatehouse/shared/time";
import { Temporal } from "temporal-polyfill";
import { type Price, priceStay, type StayToPrice } from "../../src/tariff/price.ts";

/** A tariff as somebody writes it, without what every tariff says alike. @throws Error with what is wrong with it */
export function tariffOf(written: object): Tariff {
  const checked = checkTariff({
    tariff_id: "test",
    version: 1,
    name: "Test",
    currency: "EUR",
    valid_from: "2000-01-01T00:00:00Z",
    ...written,
  });
  if ("tariff" in checked) return checked.tariff;
  throw new Error(checked.complaints.map(({ path, message }) => `${path}: ${message}`).join("\n"));
}

/** A moment of the wall clock in Berlin unless it says otherwise; with an offset it is what it says. */
export function at(text: string, zone = "Europe/Berlin"): Instant {
  if (/(Z|[+-]\d\d:\d\d)$/.test(text)) return Date.parse(text) as Instant;
  return Temporal.PlainDateTime.from(text).toZonedDateTime(zone).epochMilliseconds as Instant;
}

const berlin = { timezone: "Europe/Berlin", holidays: ["2026-12-25", "2026-12-26", "2026-05-01"] };

export function price(
  tariff: Tariff,
  from: string | Instant,
  to: string | Instant,
  more: Partial<StayToPrice> = {},
): Price {
  const zone = more.zone ?? berlin;
  const [entry, exit] = [from, to].map((each) =>
    typeof each === "string" ? at(each, zone.timezone) : each,
  ) as [Instant, Instant];
  const priced = priceStay({ tariff, zone, vehicleClass: "car", entry, exit, ...more });
  if (priced.kind === "refused") throw new Error(priced.sentence);
  return priced;
}

/** What so many minutes cost that begin on a plain Tuesday at eight. */
export function priceOf(tariff: Tariff, minutes: number, more: Partial<StayToPrice> = {}): number {
  const entry = at("2026-06-02T08:00");
  const exit = Math.round(entry + minutes * 60_000) as Instant;
  return price(tariff, entry, exit, more).total;
}
