import { penaltyStatuses, violationTypes } from "@gatehouse/shared/contracts/money-terms";
import {
  DecideViolationRequest,
  DisputeViolationRequest,
  ReviewViolationRequest,
  WaiveViolationRequest,
} from "@gatehouse/shared/contracts/violations";
import { refuse } from "@gatehouse/shared/refusal";
import type { Desk } from "../flows/desk.ts";
import type { RouteName } from "./access.ts";
import { askingWith } from "./asked.ts";
import { actorOf, type Handler, type KioskContext, loginOf } from "./kiosk-context.ts";
import { badQuestion } from "./problems.ts";

type ViolationRoute = Extract<RouteName, `${string} /api/violations${string}`>;

/** A plate longer than this is none. */
const plateMost = 20;

const { asked, told } = askingWith({ "no-such-violation": 404 });

/** Penalties: what shows them, and what people decide about them. */
export function violationRoutes(desk: () => Desk["violations"]): Record<ViolationRoute, Handler> {
  return {
    "GET /api/violations": (c) => list(c, desk()),
    "GET /api/violations/:violation_id": (c) => told(c, desk().show(idOf(c))),
    "POST /api/violations/:violation_id/review": (c) =>
      asked(c, ReviewViolationRequest, (body) => desk().review(idOf(c), body, actorOf(loginOf(c)))),
    "POST /api/violations/:violation_id/waive": (c) =>
      asked(c, WaiveViolationRequest, (body) => desk().waive(idOf(c), body, actorOf(loginOf(c)))),
    "POST /api/violations/:violation_id/dispute": (c) =>
      asked(c, DisputeViolationRequest, (body) =>
        desk().dispute(idOf(c), body, actorOf(loginOf(c))),
      ),
    "POST /api/violations/:violation_id/decide": (c) =>
      asked(c, DecideViolationRequest, (body) => desk().decide(idOf(c), body, actorOf(loginOf(c)))),
  };
}

function list(context: KioskContext, desk: Desk["violations"]): Response {
  const [told, name, plate] = [q(context, "status"), q(context, "type"), q(context, "plate")];
  const status = penaltyStatuses.find((each) => each === told);
  const type = violationTypes.find((each) => each === name);
  if (told !== undefined && status === undefined) return refuse(badQuestion("status"));
  if (name !== undefined && type === undefined) return refuse(badQuestion("type"));
  if (plate !== undefined && plate.length > plateMost) return refuse(badQuestion("plate"));
  return context.json(desk.list({ status, type, plate }));
}

const q = (context: KioskContext, name: string): string | undefined => {
  const value = context.req.query(name);
  return value === "" ? undefined : value;
};

const idOf = (context: KioskContext): string => context.req.param("violation_id") ?? "";
