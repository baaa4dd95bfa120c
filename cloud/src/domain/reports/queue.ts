/** A lane as a queue with one server. */
export interface LaneLoad {
  /** Vehicles in an hour. */
  readonly perHour: number;
  /** Seconds from a gate's command until it is shut again. */
  readonly serviceS: number;
}

/** How many vehicles a lane can let through in an hour. */
export const handlingRate = (serviceS: number): number => (serviceS <= 0 ? 0 : 3600 / serviceS);

/** The share of the time in which a lane is busy; from 1 on its queue only grows. */
export const busyShare = ({ perHour, serviceS }: LaneLoad): number => (perHour * serviceS) / 3600;

/**
 * How long a vehicle waits before it is its turn, in seconds: Pollaczek–Khinchine for arrivals by chance and a service
 * that always takes the same time, `ρ·s ÷ 2(1 − ρ)`.
 *
 * @returns undefined where more vehicles come than the lane can take
 */
export function waitingS(load: LaneLoad): number | undefined {
  const busy = busyShare(load);
  return busy >= 1 ? undefined : (busy * load.serviceS) / (2 * (1 - busy));
}

/** So many lanes (or people at them) an hour's vehicles need, each at its handling rate. */
export const lanesNeeded = ({ perHour, serviceS }: LaneLoad): number =>
  Math.max(0, Math.ceil((perHour * serviceS) / 3600 - 1e-9));
