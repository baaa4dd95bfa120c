import { minorUnits } from "@gatehouse/shared/money";
import type { Instant } from "@gatehouse/shared/time";
import type { Grant } from "../domain/access.ts";
import type { Quote } from "../domain/quote.ts";
import type { Tx } from "../store/book.ts";
import type { Session } from "../store/sessions.ts";
import { admit, isLost, isOrphan } from "./admission.ts";
import type { LaneDeps } from "./lane-deps.ts";
import { isInside, openSession, reopenSession } from "./sessions.ts";
import { quoteSession } from "./session-quote.ts";

/** The vehicle stands at the exit, so it is inside, whatever was or was not seen at the entry. */
export function presentSession(tx: Tx, deps: LaneDeps, session: Session, now: Instant): Session {
  if (session.status === "pending") return openSession(tx, deps, session, now, true);
  if (session.status === "closed-assumed") return reopenSession(tx, session, now);
  return session;
}

/**
 * The session of a vehicle that is to leave now.
 *
 * @param found whose it is taken to be; one that has ended for good is another vehicle's, or another visit's
 * @param read of the vehicle that stands there, for the session of one that has none
 */
export function sessionAtExit(
  tx: Tx,
  deps: LaneDeps,
  now: Instant,
  found: Session | undefined,
  read: { readonly plate: string; readonly rawPlate: string } | undefined,
): Session {
  const mayLeave = found !== undefined && (isInside(found) || found.status === "closed-assumed");
  return mayLeave ? presentSession(tx, deps, found, now) : admitOrphan(tx, deps, now, read);
}

/**
 * A vehicle that leaves without a session gets one, so that every opening is bound to a session.
 *
 * @param grant the permit for whose sake it need not wait for a person
 */
export function admitOrphan(
  tx: Tx,
  deps: LaneDeps,
  now: Instant,
  read: { readonly plate: string; readonly rawPlate: string } | undefined,
  grant?: Grant,
): Session {
  const { plate, rawPlate } = read ?? { plate: "", rawPlate: "" };
  const newcomer = { plate, rawPlate, vehicleClass: "unknown" as const, grant };
  const session = admit(tx, deps, now, newcomer, "open");
  tx.append(now, {
    type: "session-flagged",
    body: { session_id: session.sessionId, flag: "orphan-exit" },
  });
  return session;
}

/** What the stay has cost when the vehicle has passed. Nobody knows how long an orphan was inside. */
export function finalQuote(tx: Tx, deps: LaneDeps, session: Session): Quote {
  const quote = quoteSession(tx, deps, session);
  if (!isOrphan(session) || isLost(session)) return quote;
  return { ...quote, total: minorUnits(session.paidAmount), due: minorUnits(0) };
}
