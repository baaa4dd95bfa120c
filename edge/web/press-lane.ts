import { asksWho } from "./asking.ts";
import { laneSignal } from "./model.ts";
import { openingLane } from "./opening.ts";
import { shown } from "./showing.ts";

/** What a lane's own button and key do now: say whose vehicle it is, where that is asked; else open by hand. */
export function pressLane(laneId: string): void {
  const lane = laneSignal(laneId)?.peek();
  if (lane !== undefined && asksWho(lane)) shown.value = { kind: "asked", laneId };
  else openingLane.value = laneId;
}
