import type { LaneConfig } from "@gatehouse/shared/contracts/lane-config";
import { milliseconds, seconds } from "@gatehouse/shared/time";
import type { LaneTimes } from "../domain/lane-state.ts";

const boardSlack = seconds(5);
/** An arm is rarely as fast as its maker says. */
const travelSlack = seconds(4);

/** How long a lane's arm and vehicles may take, from what its configuration says of them. */
export const timesOf = ({ gate, passage_s }: LaneConfig): LaneTimes => ({
  opening: milliseconds(seconds(gate.travel_s) + travelSlack),
  passage: seconds(passage_s + gate.travel_s),
  closing: milliseconds(seconds(gate.hold_s + gate.travel_s) + boardSlack),
});
