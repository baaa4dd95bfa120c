import type { Actor } from "@gatehouse/shared/contracts/actor";
import type { Instant } from "@gatehouse/shared/time";
import type { Grant } from "../domain/access.ts";
import type { Tx } from "../store/book.ts";
import { readsOfSession } from "../store/plates.ts";
import { saveSession, type Session } from "../store/sessions.ts";
import { noteCameIn } from "./access-presence.ts";
import { permitOf } from "./admission.ts";
import { learnFrom } from "./plate-knowledge.ts";

export interface Correction {
  readonly by: Actor;
  readonly reason: string;
  readonly at: Instant;
  /** The right of the plate, as it truly is; undefined: none. A session keeps the right that it came in with. */
  readonly grant: Grant | undefined;
}

/**
 * A session's plate is taken for another one from now on; what was read stays as it is. Where a person says so, it is
 * a lesson about the camera that read it.
 *
 * @param to normalised, and not what it is already
 */
export function writeCorrection(
  tx: Tx,
  session: Session,
  to: string,
  { by, reason, at, grant }: Correction,
): Session {
  const { sessionId, rawPlate, entryLane, vehicleLicense } = session;
  const permitId = session.permitId ?? permitOf(grant) ?? null;
  const corrected = { ...session, vehicleLicense: to, permitId };
  saveSession(tx, corrected);
  const hasComeIn = session.status === "open" || session.status === "paid-grace";
  if (permitId !== session.permitId && hasComeIn) noteCameIn(tx, corrected, at, true);
  tx.append(at, {
    type: "plate-corrected",
    body: {
      session_id: sessionId,
      from: vehicleLicense ?? "",
      to,
      raw_plate: rawPlate,
      permit_id: permitId,
      reason,
      by,
    },
  });
  const isPerson = by.kind === "attendant" || by.kind === "technician";
  const read = readsOfSession(tx, sessionId).find(({ laneId }) => laneId === entryLane);
  if (isPerson && read !== undefined) learnFrom(tx, read.readerId, read.readPlate, to);
  return corrected;
}
