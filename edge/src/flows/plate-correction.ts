import type { Actor } from "@gatehouse/shared/contracts/event";
import type { Instant } from "@gatehouse/shared/time";
import type { Tx } from "../store/book.ts";
import { readsOfSession } from "../store/plates.ts";
import { saveSession, type Session } from "../store/sessions.ts";
import { learnFrom } from "./plate-knowledge.ts";

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
  { by, reason, at }: { readonly by: Actor; readonly reason: string; readonly at: Instant },
): Session {
  const { sessionId, rawPlate, entryLane, vehicleLicense } = session;
  const corrected = { ...session, vehicleLicense: to };
  saveSession(tx, corrected);
  tx.append(at, {
    type: "plate-corrected",
    body: {
      session_id: sessionId,
      from: vehicleLicense ?? "",
      to,
      raw_plate: rawPlate,
      reason,
      by,
    },
  });
  const isPerson = by.kind === "attendant" || by.kind === "technician";
  const read = readsOfSession(tx, sessionId).find(({ laneId }) => laneId === entryLane);
  if (isPerson && read !== undefined) learnFrom(tx, read.readerId, read.readPlate, to);
  return corrected;
}
