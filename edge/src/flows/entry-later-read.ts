import type { Actor } from "@gatehouse/shared/contracts/actor";
import type { PlateRead } from "@gatehouse/shared/ports/credential-reader";
import type { Instant } from "@gatehouse/shared/time";
import type { Tx } from "../store/book.ts";
import { findSession } from "../store/sessions.ts";
import { authoriseAt, type EntrySite } from "./entry-scene.ts";
import { writeCorrection } from "./plate-correction.ts";
import { bindRead, platesOf } from "./reads.ts";

/**
 * One more read of the vehicle that was told to pass: until it has passed, its plate may become a better one.
 *
 * @param read as all reads of the vehicle together say it
 */
export function writeLaterRead(tx: Tx, site: EntrySite, read: PlateRead, now: Instant): void {
  const id = site.lane.passage?.sessionId;
  const session = typeof id === "string" ? findSession(tx, id) : undefined;
  if (session?.status !== "pending") return;
  bindRead(tx, session.sessionId, read);
  const { plate } = platesOf(read);
  if (plate === "" || plate === session.vehicleLicense) return;
  const by: Actor = { kind: "plate-rule", id: read.readerId };
  const { grant } = authoriseAt(tx, site, plate, now);
  writeCorrection(tx, session, plate, { by, reason: "later-read", at: now, grant });
}
