import { plateDistance } from "./plate-distance.ts";

/** Something that one card, plate or person did. */
export interface Deed {
  /** Who or what: "Visa …4242", a plate, a login. */
  readonly key: string;
  readonly id: string;
  /** Milliseconds UTC. */
  readonly at: number;
}

/** What a person should look at. */
export interface Suspicion {
  readonly type: `fraud-${string}` | "payment-failures";
  /** One alert is open for each type and subject. */
  readonly subject: string;
  /** Ids of payments, sessions, decisions, refunds that show it, oldest first. */
  readonly evidence: readonly string[];
  /** When the last of it happened: what was looked at once is not told again. */
  readonly at: number;
}

/** Evidence that is named in one alert. */
const namedMost = 20;

/** Keys with more than `most` deeds within some stretch of `within` milliseconds; the last such stretch of each. */
export function tooMany(
  type: Suspicion["type"],
  deeds: readonly Deed[],
  most: number,
  within: number,
): Suspicion[] {
  return [...Map.groupBy(deeds, ({ key }) => key)].flatMap(([subject, all]) => {
    const own = all.toSorted((a, b) => a.at - b.at);
    for (let last = own.length - 1; last >= most; last--) {
      const end = own[last]?.at ?? 0;
      if (end - (own[last - most]?.at ?? 0) >= within) continue;
      const stretch = own.slice(0, last + 1).filter(({ at }) => end - at < within);
      const evidence = stretch.slice(-namedMost).map(({ id }) => id);
      return [{ type, subject, evidence, at: end }];
    }
    return [];
  });
}

/** As `tooMany`, of deeds of which several with the same `what` are one: plates, not visits. */
export function tooManyKinds(
  type: Suspicion["type"],
  deeds: readonly (Deed & { readonly what: string })[],
  most: number,
  within: number,
): Suspicion[] {
  const first = [...Map.groupBy(deeds, ({ key, what }) => `${key}\n${what}`).values()];
  return tooMany(
    type,
    first.flatMap(([deed]) => deed ?? []),
    most,
    within,
  );
}

/** A stay that has ended. */
export interface Ended {
  readonly sessionId: string;
  readonly plate: string;
  readonly exitAt: number;
  /** Nobody saw it coming in: the session was made at the exit. */
  readonly isOrphan: boolean;
}

/** Plates that left twice within a time, the second time without having been seen coming in. */
export function exitsTwice(ended: readonly Ended[], within: number): Suspicion[] {
  return [...Map.groupBy(ended, ({ plate }) => plate)].flatMap(([plate, all]) => {
    const own = all.toSorted((a, b) => a.exitAt - b.exitAt);
    const index = own.findLastIndex((each, place) => {
      const before = own[place - 1];
      return before !== undefined && each.isOrphan && each.exitAt - before.exitAt <= within;
    });
    const [before, second] = [own[index - 1], own[index]];
    if (before === undefined || second === undefined) return [];
    const evidence = [before.sessionId, second.sessionId];
    return [{ type: "fraud-exit-twice", subject: plate, evidence, at: second.exitAt } as const];
  });
}

/** A ticket that let a vehicle out, and what was read of the vehicles that came in and left with it. */
export interface TicketUse {
  readonly sessionId: string;
  readonly entryAt: number;
  readonly exitAt: number;
  /** Sure reads only; undefined where there was none. */
  readonly entryPlate: string | undefined;
  readonly exitPlate: string | undefined;
  /** Another vehicle that is said to be inside under the plate that left. */
  readonly other: { readonly sessionId: string; readonly entryAt: number } | undefined;
}

/** Reads of one plate are never further apart than that; two plates nearly always are. */
const otherPlate = 3;

/**
 * Tickets that changed hands: another plate left with one than came in, or the one that left had been inside for much
 * longer under its own plate.
 *
 * @param earlier so much longer, in milliseconds
 */
export const ticketSwaps = (uses: readonly TicketUse[], earlier: number): Suspicion[] =>
  uses.flatMap(({ sessionId, entryAt, exitAt, entryPlate, exitPlate, other }) => {
    if (exitPlate === undefined) return [];
    const isOther = entryPlate !== undefined && plateDistance(entryPlate, exitPlate) >= otherPlate;
    const wasLonger = other !== undefined && entryAt - other.entryAt >= earlier;
    if (!isOther && !wasLonger) return [];
    const evidence = [sessionId, ...(wasLonger ? [other.sessionId] : [])];
    return [{ type: "fraud-ticket-swap", subject: sessionId, evidence, at: exitAt } as const];
  });

export interface CashBack {
  readonly refundId: string;
  readonly paymentId: string;
  readonly takenAt: number;
  readonly givenAt: number;
}

/** Cash that was given back soon after it was taken. */
export const cashBack = (refunds: readonly CashBack[], within: number): Suspicion[] =>
  refunds
    .filter(({ takenAt, givenAt }) => givenAt - takenAt <= within)
    .map(({ refundId, paymentId, givenAt }) => ({
      type: "fraud-refund-after-cash",
      subject: paymentId,
      evidence: [paymentId, refundId],
      at: givenAt,
    }));

/** A charge at a terminal or gateway. */
export interface Charge extends Deed {
  readonly hasFailed: boolean;
}

/** Places where more than `most` charges failed within a time since the last that succeeded. */
export function failingPlaces(
  charges: readonly Charge[],
  most: number,
  within: number,
): Suspicion[] {
  const since = [...Map.groupBy(charges, ({ key }) => key).values()].flatMap((all) => {
    const own = all.toSorted((a, b) => a.at - b.at);
    return own.slice(own.findLastIndex(({ hasFailed }) => !hasFailed) + 1);
  });
  return tooMany("payment-failures", since, most, within);
}
