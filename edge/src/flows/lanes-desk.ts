import type { Actor } from "@gatehouse/shared/contracts/actor";
import type { LaneAnswer, LaneMode, TransitionsData } from "@gatehouse/shared/contracts/lanes";
import type { GateOrder } from "@gatehouse/shared/ports/gate";
import type { Refusal } from "./desk.ts";

/** Who asks for something at a lane, and why. */
export interface LaneWish {
  readonly actor: Actor;
  readonly reason: string;
}

/** What people make of lanes besides opening them once. */
export interface LanesDesk {
  /** @param laneId undefined: the whole facility */
  setMode(laneId: string | undefined, mode: LaneMode, wish: LaneWish): LaneAnswer | Refusal;
  /** Resolves when the gate has answered. */
  order(laneId: string, order: GateOrder, wish: LaneWish): Promise<LaneAnswer | Refusal>;
  /** Turns a reversible lane round. */
  turn(laneId: string, direction: "entry" | "exit", wish: LaneWish): LaneAnswer | Refusal;
  /** Puts the lane with its context before everybody at a desk, as a driver's call does. */
  call(laneId: string, wish: LaneWish): LaneAnswer | Refusal;
  /** @returns undefined when there is no such lane */
  transitions(laneId: string, limit: number): TransitionsData | undefined;
}
