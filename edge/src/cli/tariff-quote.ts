import type { SpaceType } from "@gatehouse/shared/contracts/facility";
import type { Tariff } from "@gatehouse/shared/contracts/tariff";
import { type Instant, instantOf, isoOf, later } from "@gatehouse/shared/time";
import type { VehicleClass } from "@gatehouse/shared/vehicle";
import type { SiteCalendar } from "@gatehouse/shared/site-calendar";
import { writtenMoment } from "../domain/calendar.ts";
import { exitGraceOf } from "../domain/quote.ts";
import { type Price, priceStay, type StayToPrice } from "@gatehouse/shared/tariff/price";

/** What `tariff quote` was asked. */
export interface QuoteOptions {
  readonly file: string;
  readonly class: VehicleClass;
  readonly space: SpaceType;
  readonly from: string;
  readonly to: string;
  readonly at?: string;
  readonly zone?: string;
}

/** What `tariff quote --json` prints; instants are UTC. */
export interface QuoteAnswer {
  readonly lines: readonly {
    readonly rule: string;
    readonly from: string;
    readonly to: string;
    readonly minor: number;
  }[];
  readonly total_minor: number;
  readonly tax_minor: number;
  readonly currency: string;
}

export interface QuoteRefusal {
  readonly reason: string;
  readonly sentence: string;
}

/** The zone of a quote: the flag's, else the tariff's own, else UTC. */
export const zoneOf = ({ zone }: QuoteOptions, tariff: Tariff): string =>
  zone ?? tariff.time_zone ?? "UTC";

/**
 * Prices a stay by a tariff of a file.
 *
 * With `at` the driver asks and pays then: who leaves within the grace has paid that; who leaves later pays what the
 * tariff asks after the grace, or for the whole stay.
 */
export function quoteFromFile(tariff: Tariff, options: QuoteOptions): QuoteAnswer | QuoteRefusal {
  const timezone = zoneOf(options, tariff);
  const entry = writtenMoment(options.from, timezone);
  const exit = writtenMoment(options.to, timezone);
  const asked = options.at === undefined ? undefined : writtenMoment(options.at, timezone);
  if (entry === undefined) return noMoment("--from", options.from);
  if (exit === undefined) return noMoment("--to", options.to);
  if (options.at !== undefined && asked === undefined) return noMoment("--at", options.at);
  const invalid = validityOf(tariff, entry);
  if (invalid !== undefined) return invalid;
  const calendar: SiteCalendar = { timezone, holidays: [] };
  const stay: StayToPrice = {
    tariff,
    zone: calendar,
    vehicleClass: options.class,
    spaceType: options.space,
    entry,
    exit,
  };
  const price = asked === undefined ? priceStay(stay) : priceAsked(stay, asked);
  return "reason" in price ? price : answerOf(price, tariff.currency);
}

function priceAsked(stay: StayToPrice, asked: Instant): Price | QuoteRefusal {
  const { tariff, entry, exit } = stay;
  if (asked < entry) {
    const sentence = "It is asked for before the stay begins.";
    return { reason: "asked-too-early", sentence };
  }
  if (asked >= exit) return priceStay(stay);
  const first = priceStay({ ...stay, exit: asked });
  if (first.kind === "refused") return first;
  const graceUntil = later(asked, exitGraceOf(tariff));
  if (exit <= graceUntil) return first;
  return priceStay({ ...stay, settled: { at: asked, graceUntil, paid: first.total } });
}

function validityOf(
  { valid_from: from, valid_to: to }: Tariff,
  entry: Instant,
): QuoteRefusal | undefined {
  if (entry < (instantOf(from) ?? 0)) {
    const sentence = `The tariff is for stays that begin from ${from} on.`;
    return { reason: "not-yet-valid", sentence };
  }
  if (to === undefined || entry < (instantOf(to) ?? 0)) return undefined;
  return {
    reason: "no-longer-valid",
    sentence: `The tariff was for stays that began before ${to}.`,
  };
}

const noMoment = (option: string, text: string): QuoteRefusal => ({
  reason: "no-moment",
  sentence: `${option} ${text}: write a moment as 2026-06-01T08:30 or 2026-06-01T08:30+02:00.`,
});

const answerOf = ({ lines, total, tax }: Price, currency: string): QuoteAnswer => ({
  lines: lines.map(({ rule, from, to, minor }) => ({
    rule,
    from: isoOf(from),
    to: isoOf(to),
    minor,
  })),
  total_minor: total,
  tax_minor: tax,
  currency,
});
