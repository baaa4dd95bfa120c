import type { PlateRead } from "@gatehouse/shared/ports/credential-reader";
import type { Instant } from "@gatehouse/shared/time";
import { authoriseUnseen } from "../domain/access.ts";
import { permitsOf } from "../store/access.ts";
import { listingOf } from "../store/access-lists.ts";
import type { Tx } from "../store/book.ts";
import type { AccessSite } from "./access.ts";
import type { ExitCase } from "./exit-decision.ts";
import { admitOrphan } from "./exit-session.ts";
import type { LaneFlow } from "./lane.ts";
import { readFacts } from "./reads.ts";

/**
 * A vehicle at an exit without a session: who holds a permit came in unseen, and leaves on a session that is made now.
 * Where the permit does not let it out, or its plate is too unsure to name anybody, a person is asked as for everybody.
 *
 * @returns undefined where no permit has a say
 */
export function unseenCase(
  tx: Tx,
  flow: LaneFlow,
  { calendar, rightsAreOld }: Pick<AccessSite, "calendar" | "rightsAreOld">,
  read: PlateRead,
  now: Instant,
): Pick<ExitCase, "match" | "found" | "permitRefused"> | undefined {
  const { lane } = flow.deps;
  const facts = readFacts(read);
  const isLocked = flow.state.hold === "locked";
  if (facts.plate === "" || read.confidence < lane.confidence_min || isLocked) return undefined;
  const rights = {
    denied: listingOf(tx, facts.plate, now).deny,
    permits: permitsOf(tx, facts.plate, lane.id),
  };
  const place = { at: now, calendar, laneId: lane.id, laneZones: [] };
  const { grant, refused } = authoriseUnseen(rights, facts.plate, place);
  if (grant === undefined) return { match: "none", found: [], permitRefused: refused };
  if (rightsAreOld()) return { match: "none", found: [], permitRefused: "rights-old" };
  return { match: "permit", found: [admitOrphan(tx, flow.deps, now, facts, grant)] };
}
