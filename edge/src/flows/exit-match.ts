import { earlier, hours, type Instant } from "@gatehouse/shared/time";
import { matchPlate, type PlateMatch } from "../domain/plate.ts";
import type { Reader } from "../store/book.ts";
import {
  findAssumedClosed,
  findInsideByPlate,
  listInside,
  type Session,
} from "../store/sessions.ts";

/** A session that was assumed closed may turn up at an exit for so long. */
const assumedFor = hours(24 * 7);

/**
 * Whose session the vehicle at an exit has. One that is just leaving through another lane is not here.
 *
 * @param read normalised; `plate` "" when the camera saw none
 */
export function matchSession(
  reader: Reader,
  laneId: string,
  { plate, candidates }: { readonly plate: string; readonly candidates: readonly string[] },
  now: Instant,
): PlateMatch<Session> {
  if (plate === "") return { kind: "none", found: [] };
  const mayBeHere = ({ status, exitLane }: Session): boolean =>
    status !== "exiting" || exitLane === laneId;
  const match = (known: readonly Session[]): PlateMatch<Session> =>
    matchPlate(plate, candidates, known.filter(mayBeHere), (one) => one.vehicleLicense ?? "");
  // Nearly always the plate is there as it was read: then the thousands of others are left alone.
  const exact = match(findInsideByPlate(reader, plate));
  if (exact.kind !== "none") return exact;
  const assumed = findAssumedClosed(reader, plate, earlier(now, assumedFor));
  if (assumed !== undefined) return { kind: "exact", found: [assumed] };
  return match(listInside(reader));
}
