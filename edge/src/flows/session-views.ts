import type { ReadView, SessionView } from "@gatehouse/shared/contracts/plates";
import type { PlateRead } from "@gatehouse/shared/ports/credential-reader";
import { type Instant, isoOf } from "@gatehouse/shared/time";
import type { Reader } from "../store/book.ts";
import { readsOfSession, type SessionRead } from "../store/plates.ts";
import { openSegment } from "../store/segments.ts";
import type { Session } from "../store/sessions.ts";
import { colourOf } from "./admission.ts";
import { keptSpaceOf } from "./kept-spaces.ts";
import { sessionReadOf } from "./reads.ts";

/** A session with the read at its entry. */
export function sessionView(reader: Reader, session: Session): SessionView {
  const read = readsOfSession(reader, session.sessionId).find(
    ({ laneId }) => laneId === session.entryLane,
  );
  const segment = openSegment(reader, session.sessionId);
  const kept = keptSpaceOf(reader, session);
  return {
    session_id: session.sessionId,
    plate: session.vehicleLicense,
    raw_plate: session.rawPlate,
    vehicle_class: session.vehicleClass,
    vehicle_colour: colourOf(session) ?? null,
    status: session.status,
    entry_at: isoOf(session.entryTime as Instant),
    entry_lane_id: session.entryLane,
    has_permit: session.permitId !== null,
    paid_minor: session.paidAmount,
    entry_read: read === undefined ? null : readView(read),
    ...(segment && {
      place: { space_id: segment.spaceId, from: isoOf(segment.fromTime as Instant) },
    }),
    ...(kept === undefined ? {} : { kept_space_id: kept }),
  };
}

/** A read of a vehicle that has no session yet. */
export const standingView = (read: PlateRead) => ({
  ...readView(sessionReadOf("", read)),
  vehicle_class: read.vehicleClass,
  vehicle_colour: read.vehicleColour ?? null,
});

const readView = (read: SessionRead): ReadView => ({
  reader_id: read.readerId,
  read_id: read.readId,
  at: isoOf(read.at as Instant),
  raw_plate: read.rawPlate,
  read_plate: read.readPlate,
  corrected_plate: read.correctedPlate,
  confidence: read.confidence,
});
