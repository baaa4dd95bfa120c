import type { Clock } from "@gatehouse/shared/ports/clock";
import type { Duration } from "@gatehouse/shared/time";

/** Resolves after a time, or at once when the signal is given. */
export function pauseFor(clock: Clock, time: Duration, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const wake = (): void => {
      cancel();
      signal.removeEventListener("abort", wake);
      resolve();
    };
    const cancel = clock.after(time, wake);
    if (signal.aborted) wake();
    else signal.addEventListener("abort", wake);
  });
}
