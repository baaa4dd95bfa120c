import type { Tariff } from "@gatehouse/shared/contracts/tariff";
import { check } from "@gatehouse/shared/check";
import { type Minor, minorUnits, roundFraction } from "@gatehouse/shared/money";
import type { Duration } from "@gatehouse/shared/time";
import type { VehicleClass } from "@gatehouse/shared/vehicle";

/** What a stay costs and how it came about; the lines sum to the total. */
export interface Price {
  readonly lines: readonly PriceLine[];
  readonly total: Minor;
}

export interface PriceLine {
  readonly rule: string;
  readonly increments: number;
  readonly incrementSeconds: number;
  readonly hourlyMinor: number;
  readonly amount: Minor;
}

/**
 * Prices a stay.
 *
 * A stay of `free_s` or less costs nothing; a longer one is charged from its first millisecond. Each started
 * increment counts whole; the exact product is rounded once, by the tariff's own rule (requirements T14–T17).
 * A class without its own rate pays as a car.
 *
 * @param stay steady time from admission to exit
 */
export function priceStay(tariff: Tariff, vehicleClass: VehicleClass, stay: Duration): Price {
  if (stay <= tariff.free_s * 1000 || stay === 0) return { lines: [], total: minorUnits(0) };
  const hourlyMinor = tariff.hourly_minor[vehicleClass] ?? tariff.hourly_minor.car ?? 0;
  const increments = Math.ceil(stay / (tariff.increment_s * 1000));
  const amount = roundFraction(
    increments * tariff.increment_s * hourlyMinor,
    3600,
    tariff.rounding,
  );
  const rule =
    tariff.hourly_minor[vehicleClass] === undefined ? "hourly:car" : `hourly:${vehicleClass}`;
  return {
    lines: [{ rule, increments, incrementSeconds: tariff.increment_s, hourlyMinor, amount }],
    total: amount,
  };
}

/** What is owed where nobody knows how long the stay was. @throws Error (invariant) without such an amount */
export function priceLostTicket(tariff: Tariff): Price {
  const { lost_ticket_minor: flat } = tariff;
  check(flat !== undefined, "a lost ticket is priced by a tariff that says how");
  const amount = minorUnits(flat);
  const line = { rule: "lost-ticket", increments: 1, incrementSeconds: 0, hourlyMinor: 0, amount };
  return { lines: [line], total: amount };
}
