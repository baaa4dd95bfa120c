import type { Tariff } from "@gatehouse/shared/contracts/tariff";

/**
 * What a stay must cost by a simple tariff (one rate an hour with two digits, by class), worked out another way than the product does: it walks through the started
 * increments one by one, in exact fractions of a minor unit (requirements T14 to T17).
 *
 * @param stayMs true length of the stay
 */
export function referencePrice(tariff: Tariff, vehicleClass: string, stayMs: number): number {
  const freeMs = minutesIn(tariff.free?.[0]?.time ?? "0 min") * 60_000;
  if (stayMs <= freeMs) return 0;
  const { prices, step = "" } = tariff.rates[0] ?? {};
  const hourly =
    Object.entries(prices ?? {}).find(([known]) => known === vehicleClass)?.[1] ?? prices?.car ?? 0;
  const cents = BigInt(String(hourly).replace(".", ""));
  let thirtySixHundredths = 0n;
  for (let paidForMs = 0; paidForMs < stayMs; paidForMs += minutesIn(step) * 60_000) {
    thirtySixHundredths += cents * BigInt(minutesIn(step) * 60);
  }
  return rounded(thirtySixHundredths, tariff.rounding);
}

/** A length of time that is written in minutes, as those of the simulation are. */
export const minutesIn = (text: string): number => Number(/^(\d+) min$/.exec(text)?.[1]);

function rounded(numerator: bigint, rounding: Tariff["rounding"]): number {
  const whole = numerator / 3600n;
  const twiceRest = (numerator % 3600n) * 2n;
  if (twiceRest === 0n || rounding === "down") return Number(whole);
  if (rounding === "up" || twiceRest > 3600n) return Number(whole + 1n);
  if (twiceRest < 3600n) return Number(whole);
  return Number(rounding === "half-up" || whole % 2n === 1n ? whole + 1n : whole);
}
