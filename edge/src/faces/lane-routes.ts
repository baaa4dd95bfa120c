import {
  CallRequest,
  ModeRequest,
  OrderRequest,
  TurnRequest,
} from "@gatehouse/shared/contracts/lanes";
import { refuse } from "@gatehouse/shared/refusal";
import type { LanesDesk, LaneWish } from "../flows/lanes-desk.ts";
import type { RouteName } from "./access.ts";
import { askingWith } from "./asked.ts";
import { actorOf, type Handler, type KioskContext, loginOf } from "./kiosk-context.ts";
import { problems } from "./problems.ts";

type LaneRouteName =
  | "POST /api/mode"
  | Extract<
      RouteName,
      `${string} /api/lanes/:lane_id/${"mode" | "order" | "direction" | "call" | "transitions"}`
    >;

/** So many transitions answer the question "what has just happened here?". */
const transitionsShown = 200;

const { asked } = askingWith({ "unknown-lane": 404 });

/** What people make of lanes besides opening them once. */
export function laneRoutes(lanes: LanesDesk): Record<LaneRouteName, Handler> {
  return {
    "POST /api/mode": (c) =>
      asked(c, ModeRequest, ({ mode, reason }) => lanes.setMode(undefined, mode, wish(c, reason))),
    "POST /api/lanes/:lane_id/mode": (c) =>
      asked(c, ModeRequest, ({ mode, reason }) => lanes.setMode(laneOf(c), mode, wish(c, reason))),
    "POST /api/lanes/:lane_id/order": (c) =>
      asked(c, OrderRequest, ({ order, reason }) => lanes.order(laneOf(c), order, wish(c, reason))),
    "POST /api/lanes/:lane_id/direction": (c) =>
      asked(c, TurnRequest, ({ direction, reason }) =>
        lanes.turn(laneOf(c), direction, wish(c, reason)),
      ),
    "POST /api/lanes/:lane_id/call": (c) =>
      asked(c, CallRequest, ({ reason }) => lanes.call(laneOf(c), wish(c, reason))),
    "GET /api/lanes/:lane_id/transitions": (c) => {
      const told = lanes.transitions(laneOf(c), transitionsShown);
      return told === undefined ? refuse(problems.noSuchLane) : c.json(told);
    },
  };
}

const laneOf = (context: KioskContext): string => context.req.param("lane_id") ?? "";

const wish = (context: KioskContext, reason: string): LaneWish => ({
  actor: actorOf(loginOf(context)),
  reason,
});
