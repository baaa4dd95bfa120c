import type { SeededRandom } from "@gatehouse/firmware-sim/seeded-random";
import type { PaymentMethod } from "@gatehouse/shared/contracts/money-terms";
import type { VehicleClass } from "@gatehouse/shared/vehicle";
import { type Duration, minutes } from "@gatehouse/shared/time";
import { pick } from "./chance.ts";

/** Arrivals of an ordinary working day by the hour, and how busy each day of the week is (Sunday first). */
const byHour = [
  1, 1, 1, 1, 2, 6, 18, 46, 68, 54, 44, 46, 52, 50, 46, 44, 48, 56, 50, 36, 24, 16, 9, 4,
] as const;
const byWeekday = [0.45, 1, 1, 1.02, 1.05, 1.18, 0.9] as const;
const wholeDay = byHour.reduce((sum, weight) => sum + weight, 0);

/** How many arrivals an hour has on average. */
export const arrivalsIn = (hour: number, weekday: number, perDay: number): number =>
  ((byHour[hour] ?? 0) / wholeDay) * (byWeekday[weekday] ?? 1) * perDay;

/** Errands of an hour or so, whole working days, nights: never less than four minutes, never more than three days. */
export function stayOf(random: SeededRandom, hour: number): Duration {
  const kind = random.fraction();
  const around = (middle: number, spread: number): number =>
    middle * Math.exp(spread * (random.fraction() + random.fraction() + random.fraction() - 1.5));
  const middle = hour < 10 && kind < 0.4 ? 500 : kind > 0.96 ? 900 : 70;
  return minutes(Math.min(4320, Math.max(4, around(middle, middle === 70 ? 1.4 : 0.3))));
}

export const classOf = (random: SeededRandom): VehicleClass =>
  pick(random, [
    ["car", 88],
    ["van", 6],
    ["motorcycle", 4],
    ["truck", 1],
    ["unknown", 1],
  ]);

export const methodOf = (random: SeededRandom): PaymentMethod =>
  pick(random, [
    ["card", 62],
    ["cash", 16],
    ["online", 19],
    ["stored-value", 2],
    ["validation", 1],
  ]);
