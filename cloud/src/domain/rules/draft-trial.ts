import { civilMoment } from "@gatehouse/shared/civil-moment";
import type { PricedStay, TestStay } from "@gatehouse/shared/contracts/rules/tariffs";
import type { Tariff } from "@gatehouse/shared/contracts/tariff";
import { spanMs } from "@gatehouse/shared/contracts/tariff-values";
import type { SiteCalendar } from "@gatehouse/shared/site-calendar";
import { priceLostTicket } from "@gatehouse/shared/tariff/lost-ticket";
import { type Price, type PriceRefusal, priceStay } from "@gatehouse/shared/tariff/price";
import { type Instant, isoOf, later, milliseconds } from "@gatehouse/shared/time";

const refused = (sentence: string): PriceRefusal => ({
  kind: "refused",
  reason: "ends-before-it-begins",
  sentence,
});

/** Prices a stay that nobody had, line by line as the facility would explain it. */
export function tryStay(tariff: Tariff, zone: SiteCalendar, stay: TestStay): PricedStay {
  const [entry, exit, paidAt] = [stay.entry, stay.exit, stay.paid_at].map((text) =>
    text === undefined ? undefined : civilMoment(text, zone.timezone),
  );
  if (entry === undefined || exit === undefined || (stay.paid_at !== undefined && !paidAt))
    return { kind: "refused", sentence: "There is no such moment in the calendar." };
  const price = priceOf(tariff, zone, { ...stay, entry, exit, paidAt });
  return price.kind === "refused"
    ? { kind: "refused", sentence: price.sentence }
    : {
        kind: "price",
        lines: price.lines.map(({ rule, from, to, minor, taxPercent, explain }) => ({
          rule,
          from: isoOf(from),
          to: isoOf(to),
          minor,
          tax_percent: taxPercent,
          explain,
        })),
        total_minor: price.total,
        net_minor: price.net,
        tax_minor: price.tax,
      };
}

interface Timed extends Pick<TestStay, "vehicle_class" | "space_type" | "lost_ticket"> {
  readonly entry: Instant;
  readonly exit: Instant;
  readonly paidAt: Instant | undefined;
}

function priceOf(tariff: Tariff, zone: SiteCalendar, stay: Timed): Price | PriceRefusal {
  const { entry, exit, paidAt } = stay;
  const scene = {
    tariff,
    zone,
    vehicleClass: stay.vehicle_class,
    ...(stay.space_type === undefined ? {} : { spaceType: stay.space_type }),
  };
  if (stay.lost_ticket === true)
    return tariff.lost_ticket === undefined
      ? refused("The tariff says nothing of lost tickets.")
      : priceLostTicket({ ...scene, now: exit });
  if (paidAt === undefined) return priceStay({ ...scene, entry, exit });
  if (paidAt < entry || paidAt > exit)
    return refused("It is paid before it begins or after it ends.");
  const first = priceStay({ ...scene, entry, exit: paidAt });
  if (first.kind === "refused") return first;
  const graceUntil = later(paidAt, milliseconds(spanMs(tariff.exit_grace ?? "15 min")));
  if (exit <= graceUntil) return first;
  return priceStay({
    ...scene,
    entry,
    exit,
    settled: { at: paidAt, graceUntil, paid: first.total },
  });
}
