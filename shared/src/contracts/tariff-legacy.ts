import { z } from "zod";
import { currencyDigits } from "../currency.ts";

const whole = z.number().int().nonnegative();

/** The first shape of a tariff: one rate an hour by class, in minor units. Books and directives still hold some. */
const FirstShape = z.object({
  tariff_id: z.string(),
  version: z.number(),
  name: z.string(),
  currency: z.string(),
  hourly_minor: z.record(z.string(), whole),
  increment_s: whole.positive(),
  rounding: z.string(),
  free_s: whole,
  exit_grace_s: whole,
  lost_ticket_minor: whole.optional(),
  valid_from: z.string(),
});

/** Reads a tariff of the first shape as today's; anything else is given back as it came. */
export function upgradeTariff(value: unknown): unknown {
  if (value === null || typeof value !== "object" || "rates" in value) return value;
  const first = FirstShape.safeParse(value);
  if (!first.success) return value;
  const { currency, hourly_minor: hourly, free_s: free, lost_ticket_minor: lost } = first.data;
  const { increment_s: step, exit_grace_s: grace, ...header } = first.data;
  const decimal = (minor: number): string => majorText(minor, currencyDigits(currency));
  return {
    tariff_id: header.tariff_id,
    version: header.version,
    name: header.name,
    currency,
    valid_from: header.valid_from,
    rounding: header.rounding,
    rates: [
      {
        name: "hourly",
        prices: Object.fromEntries(
          Object.entries(hourly).map(([name, minor]) => [name, decimal(minor)]),
        ),
        per: "1 h",
        step: spanText(step),
      },
    ],
    ...(free === 0 ? {} : { free: [{ time: spanText(free), mode: "threshold" }] }),
    exit_grace: spanText(grace),
    ...(lost === undefined ? {} : { lost_ticket: { charge: "flat", price: decimal(lost) } }),
  };
}

function majorText(minor: number, digits: number): string {
  const text = String(minor).padStart(digits + 1, "0");
  return digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

const spanText = (seconds: number): string =>
  seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`;
