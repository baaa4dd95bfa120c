import type { PlateRead } from "@gatehouse/shared/ports/credential-reader";
import type { Instant } from "@gatehouse/shared/time";
import type { Tx } from "../store/book.ts";
import type { AccessSite } from "./access.ts";
import { decideAndWriteExit, type ExitStep } from "./exit-decision.ts";
import { matchSession } from "./exit-match.ts";
import { unseenCase } from "./exit-unseen.ts";
import type { LaneFlow } from "./lane.ts";
import { platesOf } from "./reads.ts";

/** What an exit makes of a plate that its camera read: whose it is, and whether it may leave. */
export function decideReadAtExit(
  tx: Tx,
  flow: LaneFlow,
  access: Pick<AccessSite, "calendar" | "rightsAreOld">,
  read: PlateRead,
  now: Instant,
): ExitStep {
  const { lane, steady } = flow.deps;
  const place = { laneId: lane.id, readerId: read.readerId, now, steadyNow: steady.now() };
  const { kind, found } = matchSession(tx, place, platesOf(read));
  const actor = { kind: "plate-rule" as const, id: read.readerId };
  const own = kind === "none" ? unseenCase(tx, flow, access, read, now) : undefined;
  return decideAndWriteExit(tx, flow, now, { match: kind, found, ...own, actor, read });
}
