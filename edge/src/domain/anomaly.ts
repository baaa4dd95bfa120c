import type { Duration } from "@gatehouse/shared/time";

/** What a facility calls unusual (requirements T24–T26). */
export interface AnomalyRules {
  /** A stay longer than this is one too long; exactly this long is not. */
  readonly overstay: Duration;
  /** So many changes of space within `within` are suspicious. */
  readonly suspiciousChanges: number;
  readonly within: Duration;
  /** Where a stay must be paid or permitted: for how long it need not be yet. Undefined: nowhere. */
  readonly authoriseWithin: Duration | undefined;
}

export const isOverstay = (lengthMs: number, { overstay }: AnomalyRules): boolean =>
  lengthMs > overstay;

/** @param changes when it changed its space, on the same scale as `now` */
export function isSuspicious(
  changes: readonly number[],
  now: number,
  { suspiciousChanges, within }: AnomalyRules,
): boolean {
  return changes.filter((at) => now - at <= within).length >= suspiciousChanges;
}

export const isUnauthorised = (
  lengthMs: number,
  isPaidFor: () => boolean,
  { authoriseWithin }: AnomalyRules,
): boolean => authoriseWithin !== undefined && lengthMs > authoriseWithin && !isPaidFor();
