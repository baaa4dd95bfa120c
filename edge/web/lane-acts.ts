import type { LaneView } from "@gatehouse/shared/contracts/kiosk";
import { laneModes, type LaneAnswer } from "@gatehouse/shared/contracts/lanes";
import type { Told } from "../../shared/web/ask.ts";
import { orderLane, setLaneMode, turnLane } from "./desk-api.ts";
import { laneWords } from "./lane-words.ts";

/** One thing that a lane can be told, besides to open once. */
export interface LaneAct {
  readonly id: string;
  readonly text: string;
  readonly group: "barrier" | "mode";
  /** It is so already. */
  readonly isNow: boolean;
  readonly tell: (reason: string) => Promise<Told<LaneAnswer>>;
}

/** What a lane can be told now. Some of it the daemon may still refuse, and says why. */
export function laneActs(lane: LaneView): LaneAct[] {
  return [...orderActs(lane), ...turnActs(lane), ...modeActs(lane)];
}

function orderActs({ lane_id: laneId, hold, orders }: LaneView): LaneAct[] {
  const possible = [
    ...(hold === "none" && orders.includes("hold-open") ? ["hold-open" as const] : []),
    ...(hold === "held-open" ? ["let-go" as const] : []),
    ...(orders.includes("close") ? ["close" as const] : []),
    ...(hold === "none" ? ["lock" as const] : []),
    ...(hold === "locked" ? ["unlock" as const] : []),
  ];
  return possible.map((order) => ({
    id: order,
    text: laneWords.orders[order],
    group: "barrier",
    isNow: false,
    tell: (reason) => orderLane(laneId, { order, reason }),
  }));
}

function turnActs({ lane_id: laneId, direction, is_reversible: turns }: LaneView): LaneAct[] {
  if (!turns) return [];
  const other = direction === "entry" ? "exit" : "entry";
  return [
    {
      id: `turn-${other}`,
      text: laneWords.turns[other],
      group: "barrier",
      isNow: false,
      tell: (reason) => turnLane(laneId, { direction: other, reason }),
    },
  ];
}

/** Exits let vehicles out in every mode, so that only lanes which may be entries have one. */
function modeActs({ lane_id: laneId, direction, is_reversible: turns, mode }: LaneView): LaneAct[] {
  if (direction === "exit" && !turns) return [];
  return laneModes.map((each) => ({
    id: `mode-${each}`,
    text: laneWords.modes[each],
    group: "mode",
    isNow: each === mode,
    tell: (reason) => setLaneMode(laneId, { mode: each, reason }),
  }));
}
