import type { SpaceSpec } from "@gatehouse/shared/contracts/facility";
import type { ViolationRules } from "@gatehouse/shared/contracts/violation-config";
import type { Random } from "@gatehouse/shared/ports/random";
import { type Instant, isoOf } from "@gatehouse/shared/time";
import type { Steady } from "../domain/quote.ts";
import { subjectsOfOpen } from "../store/alerts.ts";
import type { Book, Tx } from "../store/book.ts";
import { findSession, listLongInside, saveSession, type Session } from "../store/sessions.ts";
import { clearAlert, raiseAlert } from "./alerts.ts";
import { findOverstays, type Overstay } from "./overstaying.ts";
import { isInside } from "./sessions.ts";

export interface OverstayDeps {
  readonly book: Book;
  readonly random: Random;
  readonly rules: ViolationRules["overstay"];
  readonly spaces: ReadonlyMap<string, Pick<SpaceSpec, "type" | "zoneId">>;
}

const type = "overstay";
/** Sessions that are looked at in one round. */
const lookedAt = 500;
/** The most alerts about sessions that are open at once. */
const openMost = 100;

/**
 * Tells of sessions that are inside for longer than the facility allows, once each, whatever people make of the alert;
 * it ends when the vehicle leaves. Who has a permit may stay. Nothing is written when there is no news.
 */
export function lookAtOverstays(deps: OverstayDeps, now: Instant, steady: Steady): void {
  const { book, rules, spaces } = deps;
  if (!rules.alert) return;
  // Cameras tell of spaces under the same word, and end what they told.
  const told = [...subjectsOfOpen(book, type)].flatMap((id) => findSession(book, id) ?? []);
  const left = told.filter((session) => !isInside(session));
  const look = {
    rules,
    spaces,
    longInside: (before: Steady) => listLongInside(book, before, lookedAt),
    isTold: ({ sessionMetadata }: Session) => sessionMetadata[type] !== undefined,
  };
  const found = findOverstays(book, look, steady).slice(
    0,
    Math.max(0, openMost - told.length + left.length),
  );
  if (left.length + found.length === 0) return;
  book.write((tx) => {
    for (const { sessionId } of left) clearAlert(tx, now, type, sessionId);
    for (const each of found) tell(tx, deps.random, each, now);
  }, "plain");
}

function tell(tx: Tx, random: Random, { session, length, limit }: Overstay, now: Instant): void {
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
