import type { LaneView } from "@gatehouse/shared/contracts/kiosk";
import { person } from "../connection.ts";
import { laneSignal } from "../model.ts";
import { shown } from "../showing.ts";
import type { Owing } from "./owing.ts";

/** What the vehicle at a lane owes, where who is here may take it; undefined: nothing. */
export function owingAt({ lane_id: laneId, session_id, due_minor: due, last_read }: LaneView) {
  const now = person.value;
  const takesMoney = now.kind === "signed-in" && now.me.role !== "technician";
  if (!takesMoney || session_id === null || due === null || due === 0) return undefined;
  const title = last_read?.plate ?? "";
  return { purpose: "stay", subjectId: session_id, laneId, title } satisfies Owing;
}

/** What the lane's key with Shift does: take what its vehicle owes. */
export function payAtLane(laneId: string): void {
  const lane = laneSignal(laneId)?.peek();
  const owing = lane === undefined ? undefined : owingAt(lane);
  if (owing !== undefined) shown.value = { kind: "pay", owing };
}
