import type { AntiPassback, Overrun, TimeWindow } from "@gatehouse/shared/contracts/access-terms";
import type { Instant } from "@gatehouse/shared/time";
import {
  judgeLeaving,
  judgePassback,
  type PassbackVerdict,
  type Presence,
} from "./access-passback.ts";
import type { SiteCalendar } from "@gatehouse/shared/site-calendar";
import { isWithin } from "./access-windows.ts";

/** A permit of the plate, whether it holds now or not. */
export interface PermitFact {
  readonly permitId: string;
  readonly validFrom: Instant;
  readonly validUntil: Instant;
  readonly revoked: boolean;
  /** Empty: always. */
  readonly windows: readonly TimeWindow[];
  readonly outsideWindows: Overrun;
  /** Empty: every lane, every zone. */
  readonly lanes: readonly string[];
  readonly zones: readonly string[];
  readonly passback: AntiPassback;
  readonly presences: readonly Presence[];
  /** Vehicles of it that were told to pass at another lane and have not been seen yet. */
  readonly coming: number;
  readonly pool: PoolFact | undefined;
}

export interface PoolFact {
  readonly poolId: string;
  readonly capacity: number;
  /** Places in use by others, those on their way in among them. */
  readonly used: number;
  readonly whenFull: Overrun;
  readonly windows: readonly TimeWindow[];
  readonly outsideWindows: Overrun;
}

export interface VisitorFact {
  readonly visitorId: string;
  readonly validFrom: Instant;
  readonly validUntil: Instant;
  readonly windows: readonly TimeWindow[];
  readonly entriesMax: number | undefined;
  readonly entriesUsed: number;
  readonly ended: boolean;
}

export interface ReservationFact {
  readonly reservationId: string;
  readonly from: Instant;
  readonly until: Instant;
}

/** Whoever keeps the reservations. It names those of a plate that wait for their vehicle, at any time. */
export interface ReservationBook {
  waitingFor(plate: string): readonly ReservationFact[];
}

/** Everything that is known of a plate's rights. */
export interface PlateRights {
  /** The reason that is read out; undefined: not on the list. */
  readonly denied: string | undefined;
  readonly allowed: string | undefined;
  readonly permits: readonly PermitFact[];
  readonly visitors: readonly VisitorFact[];
  readonly reservations: readonly ReservationFact[];
}

export interface AccessPlace {
  readonly at: Instant;
  readonly calendar: SiteCalendar;
  readonly laneId: string;
  /** Zones that the lane leads to; empty: to all of them. */
  readonly laneZones: readonly string[];
}

export type RightKind = "permit" | "visitor" | "reservation" | "allow-list";

/** The right under which a vehicle comes in. */
export interface Grant {
  readonly kind: RightKind;
  /** Of the permit, visitor or reservation; empty for the allow list. */
  readonly id: string;
  /** What was overlooked: `pool-over-use`, `passback`, `outside-window`. */
  readonly flags: readonly string[];
}

/** What a plate's rights come to at one lane and moment. */
export interface Authorisation {
  readonly denied: string | undefined;
  readonly grant: Grant | undefined;
  /** Without a grant: why a right of the plate keeps it out, although others might come in. */
  readonly refused: string | undefined;
  /** The rules that fired, in order: what kept rights from holding, what was overlooked, what held. */
  readonly rules: readonly string[];
}

/**
 * Finds the best that a plate's rights do for its driver. The deny list wins over every right. A right that costs
 * nothing and needs no indulgence comes first, then one that does, then a reservation, then the allow list, whose
 * vehicles pay. A right that does not reach here or now leaves its vehicle a stranger's chance, unless it is hard.
 */
export function authorise(rights: PlateRights, place: AccessPlace): Authorisation {
  if (rights.denied !== undefined) {
    return { denied: rights.denied, grant: undefined, refused: undefined, rules: ["deny-list"] };
  }
  const judged = [
    ...rights.permits.map((permit) => judgePermit(permit, place)),
    ...rights.visitors.map((visitor) => judgeVisitor(visitor, place)),
    ...rights.reservations.map((reservation) => judgeReservation(reservation, place)),
    ...(rights.allowed === undefined ? [] : [granted("allow-list", "")]),
  ];
  return bestOf(judged);
}

/**
 * Whether a permit lets its vehicle leave that nobody saw coming in. Where it may come in says nothing of where it
 * leaves, and anti-passback is asked the other way round; the rest is as at an entry.
 */
export function authoriseUnseen(
  { denied, permits }: Pick<PlateRights, "denied" | "permits">,
  plate: string,
  place: AccessPlace,
): Authorisation {
  if (denied !== undefined) {
    return { denied, grant: undefined, refused: undefined, rules: ["deny-list"] };
  }
  return bestOf(
    permits.map((permit) => {
      const anywhere = { ...permit, lanes: [], zones: [] };
      return judgePermit(anywhere, place, judgeLeaving(permit, plate, place.at));
    }),
  );
}

function bestOf(judged: readonly Judged[]): Authorisation {
  const grant = judged
    .flatMap((each) => (each.effect === "grant" ? [each.grant] : []))
    .toSorted((a, b) => rankOf(a) - rankOf(b))[0];
  const fallen = judged.flatMap((each) => (each.effect === "grant" ? [] : [each]));
  const refused = fallen.find(({ effect }) => effect === "refuse")?.rule;
  return {
    denied: undefined,
    grant,
    refused: grant === undefined ? refused : undefined,
    rules: [
      ...new Set(fallen.map(({ rule }) => rule)),
      ...(grant === undefined ? [] : [...grant.flags, grant.kind]),
    ],
  };
}

type Judged =
  | { readonly effect: "grant"; readonly grant: Grant }
  | { readonly effect: "refuse" | "transient"; readonly rule: string };

const granted = (kind: RightKind, id: string, flags: readonly string[] = []): Judged => ({
  effect: "grant",
  grant: { kind, id, flags },
});
const stranger = (rule: string): Judged => ({ effect: "transient", rule });

function judgePermit(
  permit: PermitFact,
  place: AccessPlace,
  passback = judgePassback(permit.passback, permit.presences, permit.coming, place.at),
): Judged {
  const { at, calendar } = place;
  if (permit.revoked) return stranger("permit-revoked");
  if (at < permit.validFrom) return stranger("permit-not-yet");
  if (at >= permit.validUntil) return stranger("permit-expired");
  if (permit.lanes.length > 0 && !permit.lanes.includes(place.laneId))
    return stranger("permit-other-lane");
  if (!leadsTo(permit.zones, place.laneZones)) return stranger("permit-other-zone");

  const { pool } = permit;
  const limits: readonly Limit[] = [
    {
      isKept: isWithin(permit.windows, at, calendar),
      over: permit.outsideWindows,
      rule: "permit-outside-window",
      flag: "outside-window",
    },
    passbackLimit(passback),
    ...(pool === undefined ? [] : poolLimits(pool, place)),
  ];
  const broken = limits.filter(({ isKept }) => !isKept);
  const stop =
    broken.find(({ over }) => over === "refuse") ?? broken.find(({ over }) => over === "transient");
  if (stop === undefined) {
    const flags = new Set(broken.map(({ flag }) => flag));
    return granted("permit", permit.permitId, [...flags]);
  }
  return { effect: stop.over === "refuse" ? "refuse" : "transient", rule: stop.rule };
}

interface Limit {
  readonly isKept: boolean;
  readonly over: Overrun;
  readonly rule: string;
  readonly flag: string;
}

const passbackLimit = (verdict: PassbackVerdict): Limit => ({
  isKept: verdict === "clear",
  over: verdict === "flag" ? "let-in" : "refuse",
  rule: "permit-passback",
  flag: "passback",
});

const poolLimits = (pool: PoolFact, { at, calendar }: AccessPlace): readonly Limit[] => [
  {
    isKept: isWithin(pool.windows, at, calendar),
    over: pool.outsideWindows,
    rule: "pool-outside-window",
    flag: "outside-window",
  },
  {
    isKept: pool.used < pool.capacity,
    over: pool.whenFull,
    rule: "pool-full",
    flag: "pool-over-use",
  },
];

function judgeVisitor(visitor: VisitorFact, { at, calendar }: AccessPlace): Judged {
  if (visitor.ended) return stranger("visitor-ended");
  if (at < visitor.validFrom) return stranger("visitor-not-yet");
  if (at >= visitor.validUntil) return stranger("visitor-expired");
  if (!isWithin(visitor.windows, at, calendar)) return stranger("visitor-outside-window");
  if (visitor.entriesMax !== undefined && visitor.entriesUsed >= visitor.entriesMax)
    return stranger("visitor-entries-used");
  return granted("visitor", visitor.visitorId);
}

function judgeReservation({ reservationId, from, until }: ReservationFact, place: AccessPlace) {
  if (place.at < from) return stranger("reservation-not-yet");
  if (place.at >= until) return stranger("reservation-over");
  return granted("reservation", reservationId);
}

/** "permit P1"; null: no right of its own. */
export const grantText = (grant: Grant | undefined): string | null =>
  grant === undefined ? null : `${grant.kind} ${grant.id}`.trim();

const leadsTo = (zones: readonly string[], laneZones: readonly string[]): boolean =>
  zones.length === 0 || laneZones.length === 0 || zones.some((zone) => laneZones.includes(zone));

function rankOf({ kind, flags }: Grant): number {
  switch (kind) {
    case "permit":
    case "visitor":
      return flags.length === 0 ? 0 : 1;
    case "reservation":
      return 2;
    case "allow-list":
      return 3;
  }
}
