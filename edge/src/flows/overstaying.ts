import type { SpaceSpec } from "@gatehouse/shared/contracts/facility";
import type { ViolationRules } from "@gatehouse/shared/contracts/violation-config";
import { type Duration, hours } from "@gatehouse/shared/time";
import type { Steady } from "../domain/quote.ts";
import { leastOwnLimit, overstayOf } from "../domain/violation-rules.ts";
import type { Reader } from "../store/book.ts";
import { longInSpaces, openSegment } from "../store/segments.ts";
import type { Session } from "../store/sessions.ts";

/** A session that is here for longer than it may. */
export interface Overstay {
  readonly session: Session;
  readonly length: number;
  readonly limit: Duration;
}

export interface OverstayLook {
  readonly rules: ViolationRules["overstay"];
  readonly spaces: ReadonlyMap<string, Pick<SpaceSpec, "type" | "zoneId">>;
  /** Sessions inside since before that steady moment that were not told of, the longest first. */
  readonly longInside: (before: Steady) => Session[];
  readonly isTold: (session: Session) => boolean;
}

/** Who stays too long, by the facility's limit or by that of the space where the vehicle is known to stand. */
export function findOverstays(
  reader: Reader,
  { rules, spaces, longInside, isTold }: OverstayLook,
  steady: Steady,
): Overstay[] {
  const least = leastOwnLimit(rules);
  const inSpaces = least === undefined ? [] : longInSpaces(reader, steady - least);
  const all = [...longInside(steady - hours(rules.limit_h)), ...inSpaces];
  const byId = new Map(all.map((session) => [session.sessionId, session]));
  return [...byId.values()].flatMap((session) => {
    if (isTold(session)) return [];
    const segment = openSegment(reader, session.sessionId);
    const space = segment && spaces.get(segment.spaceId);
    const found = overstayOf(rules, {
      inside: steady - session.entrySteady,
      place: segment && space && { space, length: steady - segment.fromSteady },
    });
    return found === undefined ? [] : [{ session, ...found }];
  });
}
