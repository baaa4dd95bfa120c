import type { SpaceSpec } from "@gatehouse/shared/contracts/facility";
import type { ViolationRules } from "@gatehouse/shared/contracts/violation-config";
import type { Random } from "@gatehouse/shared/ports/random";
import { type Instant, isoOf } from "@gatehouse/shared/time";
import type { Steady } from "../domain/quote.ts";
import { isTooLong, leastLimit, overstayLimit } from "../domain/violation-rules.ts";
import { subjectsOfOpen } from "../store/alerts.ts";
import type { Tx } from "../store/book.ts";
import { findSession, listLongInside, saveSession, type Session } from "../store/sessions.ts";
import { clearAlert, raiseAlert } from "./alerts.ts";
import { isInside } from "./sessions.ts";

export interface OverstayDeps {
  readonly random: Random;
  readonly rules: ViolationRules["overstay"];
  readonly spaces: ReadonlyMap<string, Pick<SpaceSpec, "type" | "zoneId">>;
}

const type = "overstay";
/** Sessions that are looked at in one round, and the most alerts about them that are open at once. */
const most = 100;

/**
 * Tells of sessions that are inside for longer than the facility allows, once each, whatever people make of the alert;
 * it ends when the vehicle leaves. Who has a permit may stay.
 */
export function lookAtOverstays(tx: Tx, deps: OverstayDeps, now: Instant, steady: Steady): void {
  if (!deps.rules.alert) return;
  const open = endLeft(tx, now);
  const long = listLongInside(tx, steady - leastLimit(deps.rules), most);
  for (const session of long.slice(0, Math.max(0, most - open)))
    tell(tx, deps, session, now, steady);
}

function tell(
  tx: Tx,
  { random, rules, spaces }: OverstayDeps,
  session: Session,
  now: Instant,
  steady: Steady,
): void {
  const limit = overstayLimit(rules, spaces.get(session.spaceId ?? ""));
  const length = steady - session.entrySteady;
  if (!isTooLong(length, limit)) return;
  const { sessionId, sessionMetadata } = session;
  saveSession(tx, { ...session, sessionMetadata: { ...sessionMetadata, overstay: true } });
  tx.append(now, { type: "session-flagged", body: { session_id: sessionId, flag: type } });
  raiseAlert(tx, random, now, {
    type,
    subject: sessionId,
    severity: "info",
    details: {
      session_id: sessionId,
      plate: session.vehicleLicense,
      entry_at: isoOf(session.entryTime as Instant),
      duration: Math.round(length / 1000),
      limit: Math.round(limit / 1000),
    },
  });
}

/** @returns how many are still open */
function endLeft(tx: Tx, now: Instant): number {
  let open = 0;
  for (const subject of subjectsOfOpen(tx, type)) {
    const session = findSession(tx, subject);
    // Cameras tell of spaces under the same word, and end what they told.
    if (session === undefined) continue;
    if (isInside(session)) open += 1;
    else clearAlert(tx, now, type, subject);
  }
  return open;
}
