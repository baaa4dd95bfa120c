import { minuteOf, spanMs } from "../contracts/tariff-values.ts";
import { check } from "../check.ts";
import { minorUnits } from "../money.ts";
import type { Instant } from "../time.ts";
import { amountFor, isFor, minorOf } from "./plan.ts";
import { type Price, priceStay, siteOf, type StayToPrice } from "./price.ts";
import { type PriceLine, taxed } from "./tax.ts";
import { dayMs } from "./windows.ts";

/** Who lost a ticket, and when they want to leave. */
export type LostTicketScene = Pick<
  StayToPrice,
  "tariff" | "zone" | "vehicleClass" | "spaceType"
> & { readonly now: Instant };

/**
 * What is owed where nobody knows how long the stay was: a flat amount, a day's most, or the price since the facility
 * opened last; with `price` beside the last two, that on top.
 *
 * @throws Error (invariant) of a tariff without such a rule
 */
export function priceLostTicket(scene: LostTicketScene): Price {
  const { tariff, zone, vehicleClass, spaceType = "standard", now } = scene;
  const { lost_ticket: lost, currency } = tariff;
  check(lost !== undefined, "a lost ticket is priced by a tariff that says how");
  const line = (rule: string, amount: string | number): PriceLine => ({
    rule,
    from: now,
    to: now,
    minor: minorUnits(minorOf(amount, currency)),
    taxPercent: String(tariff.tax?.percent ?? 0),
    explain: {},
  });
  const amount = amountFor(lost, vehicleClass);
  const own = amount === undefined ? [] : [line("lost-ticket", amount)];
  if (lost.charge === "flat") return { kind: "price", ...taxed(own, tariff) };
  if (lost.charge === "daily_max") {
    const cap = (tariff.caps ?? []).find(
      (each) =>
        (each.per === "calendar_day" || spanMs(each.per) === dayMs) &&
        isFor(each, vehicleClass, spaceType),
    );
    const most = cap === undefined ? undefined : amountFor(cap, vehicleClass);
    return {
      kind: "price",
      ...taxed([line("lost-ticket:daily-max", most ?? 0), ...own], tariff),
    };
  }
  const opens = minuteOf(lost.opens) * 60_000;
  const opened = siteOf(zone, tariff).lastTime(now, opens);
  const stay = priceStay({ tariff, zone, vehicleClass, spaceType, entry: opened, exit: now });
  check(stay.kind === "price", "the facility opened before now");
  const lines = stay.lines.filter(({ rule }) => !rule.startsWith("tax:"));
  return { kind: "price", ...taxed([...lines, ...own], tariff) };
}
