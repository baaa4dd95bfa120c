import type { ControlAnswer, ControlRequest } from "@gatehouse/shared/contracts/control";
import type { WatchDesk } from "../flows/watch-desk.ts";
import { exitCodes, healthy, refused } from "./control-outcome.ts";

/** What the lanes' wires have said since the question before. */
export function watchAnswer(
  watching: WatchDesk,
  { lane_id, after }: Extract<ControlRequest, { verb: "watch" }>,
): ControlAnswer {
  const data = watching.since(lane_id ?? undefined, after ?? undefined);
  if (data === undefined) {
    return refused(
      exitCodes.refused,
      `There is no lane ${lane_id}.`,
      "unknown-lane",
      "npx gatehouse status names every lane.",
    );
  }
  const verdict = `${data.lanes.length} lane${data.lanes.length === 1 ? "" : "s"} watched.`;
  return healthy(verdict, data);
}
