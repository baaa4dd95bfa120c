import {
  CallRequest,
  ModeRequest,
  OrderRequest,
  TurnRequest,
} from "@gatehouse/shared/contracts/lanes";
import { refuse } from "@gatehouse/shared/refusal";
import type { z } from "zod";
import type { Refusal } from "../flows/desk.ts";
import type { LanesDesk, LaneWish } from "../flows/lanes-desk.ts";
import type { RouteName } from "./access.ts";
import { actorOf, type Handler, type KioskContext, loginOf } from "./kiosk-context.ts";
import { problems } from "./problems.ts";
import { readBody } from "./request-body.ts";

type LaneRouteName =
  | "POST /api/mode"
  | Extract<
      RouteName,
      `${string} /api/lanes/:lane_id/${"mode" | "order" | "direction" | "call" | "transitions"}`
    >;

/** So many transitions answer the question "what has just happened here?". */
const transitionsShown = 200;

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

async function asked<Body>(
  context: KioskContext,
  shape: z.ZodType<Body>,
  act: (body: Body) => object | Promise<object>,
): Promise<Response> {
  const read = await readBody(context.req, shape);
  if (read.kind === "problem") return refuse(read.problem);
  const answer = await act(read.body);
  if (!isRefusal(answer)) return context.json(answer);
  const status = answer.reason === "unknown-lane" ? 404 : 409;
  return refuse({ type: answer.reason, title: answer.sentence, status });
}

const isRefusal = (answer: object): answer is Refusal =>
  "kind" in answer && answer.kind === "refused";

const laneOf = (context: KioskContext): string => context.req.param("lane_id") ?? "";

const wish = (context: KioskContext, reason: string): LaneWish => ({
  actor: actorOf(loginOf(context)),
  reason,
});
