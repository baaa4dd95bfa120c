import type { Tariff } from "@gatehouse/shared/contracts/tariff";

/**
 * What a stay must cost, worked out another way than the product does: it walks through the started
 * increments one by one, in exact fractions of a minor unit (requirements T14 to T17).
 *
 * @param stayMs true length of the stay
 */
export function referencePrice(tariff: Tariff, vehicleClass: string, stayMs: number): number {
  if (stayMs <= tariff.free_s * 1000) return 0;
  const hourly =
    Object.entries(tariff.hourly_minor).find(([known]) => known === vehicleClass)?.[1] ??
    tariff.hourly_minor.car ??
    0;
  let thirtySixHundredths = 0n;
  for (let paidForMs = 0; paidForMs < stayMs; paidForMs += tariff.increment_s * 1000) {
    thirtySixHundredths += BigInt(hourly) * BigInt(tariff.increment_s);
  }
  return rounded(thirtySixHundredths, tariff.rounding);
}

function rounded(numerator: bigint, rounding: Tariff["rounding"]): number {
  const whole = numerator / 3600n;
  const twiceRest = (numerator % 3600n) * 2n;
  if (twiceRest === 0n || rounding === "down") return Number(whole);
  if (rounding === "up" || twiceRest > 3600n) return Number(whole + 1n);
  if (twiceRest < 3600n) return Number(whole);
  return Number(rounding === "half-up" || whole % 2n === 1n ? whole + 1n : whole);
}
