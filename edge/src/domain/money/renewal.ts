import type { SubscriptionState } from "@gatehouse/shared/contracts/money-terms";
import { type Duration, hours, type Instant, later } from "@gatehouse/shared/time";

/** A declined means is asked again after these, and after the last one as long again each time. */
const waits = [hours(6), hours(24), hours(48), hours(72)] as const;
/** A renewal is asked for so long before its period begins: a bank may be slow, and nobody waits at a gate for it. */
const ahead = hours(24);

/** When a renewal whose period ends at `paidUntil` is asked for first. */
export const firstTry = (paidUntil: Instant): Instant => (paidUntil - ahead) as Instant;

/** When it is asked for again after so many that came to nothing. @param tries 1 or more */
export const nextTry = (now: Instant, tries: number): Instant =>
  later(now, waits[Math.min(tries, waits.length) - 1] as Duration);

/** Until when a permit holds: as far as it is paid, and while it is renewed some days of grace more. */
export const holdsUntil = ({ paidUntil, state, graceDays }: Paid): Instant =>
  (isRunning({ state }) ? paidUntil + hours(24 * graceDays) : paidUntil) as Instant;

/** A subscription in one of these is asked for when it is due. */
export const runningStates = ["active", "past-due"] as const satisfies readonly SubscriptionState[];

/** Whether it is asked for when it is due: neither paused nor cancelled. */
export const isRunning = ({ state }: Pick<Paid, "state">): boolean =>
  runningStates.some((each) => each === state);

interface Paid {
  readonly paidUntil: number;
  readonly state: SubscriptionState;
  readonly graceDays: number;
}
