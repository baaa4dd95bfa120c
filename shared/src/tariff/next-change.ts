import { hours, type Instant, later, milliseconds } from "../time.ts";
import { priceStay, type StayToPrice } from "./price.ts";

/** A price that does not rise for so long is shown without an end. */
const farthest = hours(24 * 8);

/**
 * Until when a stay costs what it costs now: the last moment at which leaving costs no more ("2.50 until 14:30").
 *
 * It tries ever longer stays and halves the last step, which is right because a price never falls; where a tariff's
 * own words make it fall (a special, a fee for leaving), a rise that is taken back may be passed over.
 *
 * @returns undefined where the price does not rise within eight days, or there is none
 */
export function sameUntil(stay: StayToPrice): Instant | undefined {
  const now = priceStay(stay);
  if (now.kind === "refused") return undefined;
  const isDearer = (ms: number): boolean => {
    const then = priceStay({ ...stay, exit: later(stay.exit, milliseconds(ms)) });
    return then.kind === "price" && then.total > now.total;
  };
  let same = 0;
  let dearer = 60_000;
  while (!isDearer(dearer)) {
    if (dearer >= farthest) return undefined;
    [same, dearer] = [dearer, Math.min(dearer * 2, farthest)];
  }
  while (dearer - same > 1) {
    const middle = Math.floor((same + dearer) / 2);
    if (isDearer(middle)) dearer = middle;
    else same = middle;
  }
  return later(stay.exit, milliseconds(same));
}
