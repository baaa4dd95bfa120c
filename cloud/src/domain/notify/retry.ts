import { type Duration, hours, milliseconds, seconds } from "@gatehouse/shared/time";

/** After so many tries in vain a message is given up; together they take some three days. */
export const attemptsMax = 18;
const first = seconds(15);
const longest = hours(6);
/** A receiver that has taken nothing for so long is told nothing more until somebody turns it on again. */
export const stoppedAfter = hours(72);
/** So many messages may wait for one target; then it is stopped. */
export const waitingMax = 20_000;

/**
 * How long to wait after so many tries in vain: twice as long each time, up to six hours, and up to a half more by
 * chance, so that receivers that come back are not met by everybody at once.
 *
 * @param chance from 0 to 1
 */
export function pauseAfter(attempts: number, chance: number): Duration {
  const base = Math.min(longest, first * 2 ** Math.max(0, attempts - 1));
  return milliseconds(base * (1 + chance / 2));
}
