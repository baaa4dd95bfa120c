import type { Clock, Stopwatch } from "@gatehouse/shared/ports/clock";

/** A stopwatch for virtual time: what takes no virtual time takes none. */
export const virtualStopwatch = (clock: Clock): Stopwatch => ({
  read: () => clock.monotonic(),
});
