import { z } from "zod";
import { vehicleClasses } from "../vehicle.ts";

/** A tariff as it travels and is kept: versioned, immutable. Amounts are whole minor units. */
export const Tariff = z.object({
  tariff_id: z.string().min(1),
  version: z.number().int().positive(),
  name: z.string().min(1),
  currency: z.string().regex(/^[A-Z]{3}$/, "use the three letters of ISO 4217, for example EUR"),
  /** Minor units an hour by vehicle class; a class that is not named pays as `car`. */
  hourly_minor: z
    .partialRecord(z.enum(vehicleClasses), z.number().int().nonnegative())
    .refine(
      (rates) => rates.car !== undefined,
      "name the rate of class car: every class without its own pays it",
    ),
  /** Each started increment counts whole. */
  increment_s: z.number().int().positive(),
  rounding: z.enum(["half-up", "half-even", "up", "down"]),
  /** A stay of this length or less is free; a longer one is charged from its start. */
  free_s: z.number().int().nonnegative(),
  /** How long a driver may take from paying to leaving. */
  exit_grace_s: z.number().int().nonnegative(),
  /** What a driver owes whose ticket is lost and whose entry is not found; left out: the attendant must find it. */
  lost_ticket_minor: z.number().int().nonnegative().optional(),
  valid_from: z.iso.datetime({ offset: true }),
});
export type Tariff = z.infer<typeof Tariff>;

/** The tariff of a facility that has been given none (requirements T14–T17). */
export const defaultTariff: Tariff = {
  tariff_id: "default",
  version: 1,
  name: "Standard",
  currency: "EUR",
  hourly_minor: { car: 250, motorcycle: 100, truck: 500, bus: 1000 },
  increment_s: 900,
  rounding: "half-up",
  free_s: 0,
  exit_grace_s: 900,
  valid_from: "1970-01-01T00:00:00Z",
};
