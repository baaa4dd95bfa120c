import type { Duration, Instant } from "@gatehouse/shared/time";
import { checkedInFor, reservedSpace } from "../store/access.ts";
import type { Reader, Tx } from "../store/book.ts";
import { openSegment } from "../store/segments.ts";
import { findInsideByPlate, findSession, type Session } from "../store/sessions.ts";
import { reservationOf } from "./access-presence.ts";
import { tellPlace } from "./space-places.ts";

/** The space that is kept for a session's vehicle, where its reservation names one. */
export function keptSpaceOf(reader: Reader, session: Session): string | undefined {
  const reservation = reservationOf(session);
  return reservation === undefined ? undefined : reservedSpace(reader, reservation);
}

/** What an entry's display adds for who has a space kept. */
export function keptSpaceSign(reader: Reader, sessionId: string | null): string[] {
  const session = sessionId === null ? undefined : findSession(reader, sessionId);
  const space = session && keptSpaceOf(reader, session);
  return space === undefined ? [] : [`Space ${space}`];
}

/**
 * A stay begins in a space that is kept for somebody who came in a short while ago and stands nowhere yet: it is
 * theirs, until anything better is known.
 *
 * @param within how long ago they may have come in
 */
export function takeKeptSpace(
  tx: Tx,
  spaceId: string,
  within: Duration,
  at: Instant,
  steadyNow: number,
): void {
  const theirs = checkedInFor(tx, spaceId).flatMap(({ reservationId, plate }) =>
    findInsideByPlate(tx, plate).filter(
      (session) =>
        reservationOf(session) === reservationId &&
        steadyNow - session.entrySteady <= within &&
        openSegment(tx, session.sessionId) === undefined,
    ),
  );
  const [session] = theirs;
  if (session === undefined || theirs.length > 1) return;
  const by = { kind: "system" } as const;
  tellPlace(tx, { session, spaceId, witness: "assignment", by, at, steadyNow });
}
