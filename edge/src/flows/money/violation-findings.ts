import type { SpaceSpec } from "@gatehouse/shared/contracts/facility";
import type { ViolationType } from "@gatehouse/shared/contracts/money-terms";
import type { ViolationRules } from "@gatehouse/shared/contracts/violation-config";
import { earlier, hours, type Instant, isoOf, minutes } from "@gatehouse/shared/time";
import type { VehicleClass } from "@gatehouse/shared/vehicle";
import { owedOf } from "../../domain/money/billing.ts";
import type { Steady } from "../../domain/quote.ts";
import { isTooLong, leastOwnLimit, ownLimit, wrongSpace } from "../../domain/violation-rules.ts";
import { findPermit } from "../../store/access.ts";
import type { Reader } from "../../store/book.ts";
import type { Session } from "../../store/sessions.ts";
import {
  findViolation,
  leftUnpaid,
  longSessions,
  sessionInSpace,
  standingStays,
  unpaidInside,
  violationIdOf,
} from "../../store/violations.ts";
import { findOverstays } from "../overstaying.ts";
import type { Finding } from "./violation-evidence.ts";

/** Something that breaks a rule and was not written yet. */
export interface Found extends Finding {
  readonly type: ViolationType;
  /** The session, or the stay where no session is known. */
  readonly subject: string;
}

export interface FindingDeps {
  readonly rules: ViolationRules;
  /** Every space by its id. */
  readonly spaces: ReadonlyMap<string, SpaceSpec>;
}

/** The moment of a look, by both clocks. */
export interface LookAt {
  readonly now: Instant;
  readonly steady: Steady;
  /** Who left before that is left alone by `no-payment`: the rule was not there. */
  readonly unpaidSince: Instant;
}

/** Sessions that are looked at for one rule in one look. */
const lookedAt = 200;

/** What breaks the enabled rules now, at most `most` of each. */
export function findViolations(
  reader: Reader,
  deps: FindingDeps,
  look: LookAt,
  most: number,
): Found[] {
  const { rules } = deps;
  return [
    ...(rules.overstay.enabled ? overstays(reader, deps, look).slice(0, most) : []),
    ...(rules.unauthorised.enabled ? unauthorised(reader, deps, look).slice(0, most) : []),
    ...(rules["wrong-space-type"].enabled ? inWrongSpace(reader, deps, look).slice(0, most) : []),
    ...(rules["no-payment"].enabled ? unpaid(reader, deps, look).slice(0, most) : []),
  ];
}

/** By session; by stay where a kind of space or a zone has a limit of its own and nobody knows whose vehicle it is. */
function overstays(reader: Reader, { rules, spaces }: FindingDeps, look: LookAt): Found[] {
  const rule = rules.overstay;
  const bySession = findOverstays(
    reader,
    {
      rules: rule,
      spaces,
      longInside: (before) => longSessions(reader, before, lookedAt),
      isTold: ({ sessionId }) =>
        findViolation(reader, violationIdOf("overstay", sessionId)) !== undefined,
    },
    look.steady,
  ).map(({ session, length, limit }) => ofSession("overstay", session, length, limit));
  const least = leastOwnLimit(rule);
  const standing =
    least === undefined ? [] : standingStays(reader, "overstay", earlier(look.now, least));
  const byStay = standing.flatMap((stay) => {
    const space = spaces.get(stay.spaceId);
    const limit = space && ownLimit(rule, space);
    const length = look.now - stay.entryTime;
    if (space === undefined || limit === undefined || !isTooLong(length, limit)) return [];
    if (sessionInSpace(reader, stay.spaceId) !== undefined) return [];
    const text = overstayText(length, limit);
    const about = { type: "overstay", subject: stay.stayId, session: undefined } as const;
    return [{ ...about, stay: { ...stay, spaceType: space.type }, text, durationMs: length }];
  });
  return [...bySession, ...byStay];
}

function unauthorised(reader: Reader, { rules }: FindingDeps, look: LookAt): Found[] {
  const limit = minutes(rules.unauthorised.within_min);
  return unpaidInside(reader, look.steady - limit, lookedAt).map((session) => {
    const durationMs = look.steady - session.entrySteady;
    const text = `${lengthText(durationMs)} inside without a payment, ${lengthText(limit)} are allowed`;
    return {
      type: "unauthorised",
      subject: session.sessionId,
      session,
      stay: undefined,
      text,
      durationMs,
    };
  });
}

function inWrongSpace(reader: Reader, { rules, spaces }: FindingDeps, look: LookAt): Found[] {
  const rule = rules["wrong-space-type"];
  const before = earlier(look.now, minutes(rule.after_min));
  return standingStays(reader, "wrong-space-type", before).flatMap((stay) => {
    const space = spaces.get(stay.spaceId);
    if (space === undefined) return [];
    const isKept = space.type === "motorcycle" || rule.permit_kinds[space.type] !== undefined;
    if (!isKept) return [];
    const session = sessionInSpace(reader, stay.spaceId);
    const permit =
      session && (session.permitId === null ? "none" : findPermit(reader, session.permitId));
    const vehicleClass = stay.vehicleClass as VehicleClass;
    const text = wrongSpace(rule, space.type, { vehicleClass, permit });
    if (text === undefined) return [];
    const durationMs = look.now - stay.entryTime;
    const own = { ...stay, spaceType: space.type };
    return [
      { type: "wrong-space-type", subject: stay.stayId, session, stay: own, text, durationMs },
    ];
  });
}

function unpaid(reader: Reader, { rules }: FindingDeps, look: LookAt): Found[] {
  const before = earlier(look.now, hours(rules["no-payment"].after_h));
  return leftUnpaid(reader, look.unpaidSince, before, lookedAt)
    .filter((session) => owedOf(session) > 0)
    .map((session) => ({
      type: "no-payment",
      subject: session.sessionId,
      session,
      stay: undefined,
      text: `left at ${isoOf(session.exitTime as Instant)} without paying`,
      durationMs: undefined,
    }));
}

const ofSession = (type: "overstay", session: Session, length: number, limit: number): Found => ({
  type,
  subject: session.sessionId,
  session,
  stay: undefined,
  text: overstayText(length, limit),
  durationMs: length,
});

const overstayText = (length: number, limit: number): string =>
  `stood ${lengthText(length)}, ${lengthText(limit)} are allowed`;

function lengthText(length: number): string {
  const whole = Math.floor(length / 60_000);
  const [h, min] = [Math.floor(whole / 60), whole % 60];
  return h === 0 ? `${min} min` : `${h} h ${String(min).padStart(2, "0")} min`;
}
