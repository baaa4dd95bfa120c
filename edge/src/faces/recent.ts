import type { Clock } from "@gatehouse/shared/ports/clock";
import type { Duration } from "@gatehouse/shared/time";

/**
 * Remembers an answer for a moment, so that asking without end costs the daemon no more than asking now and then.
 *
 * @param moment how long an answer holds, on the clock's monotonic time
 */
export function recent<T>(clock: Clock, moment: Duration, ask: () => T): () => T {
  let last: { readonly answer: T; readonly at: number } | undefined;
  return () => {
    const now = clock.monotonic();
    if (last === undefined || now - last.at >= moment) last = { answer: ask(), at: now };
    return last.answer;
  };
}
