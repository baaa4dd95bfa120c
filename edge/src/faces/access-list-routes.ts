import {
  ListEndRequest,
  ListEntryRequest,
  NeutralRequest,
  NewVisitorRequest,
  VisitorEndRequest,
  VisitorRequest,
} from "@gatehouse/shared/contracts/rights";
import { refuse } from "@gatehouse/shared/refusal";
import type { AccessDesk } from "../flows/access-desk.ts";
import type { RouteName } from "./access.ts";
import { askingWith } from "./asked.ts";
import { actorOf, type Handler, type KioskContext, loginOf } from "./kiosk-context.ts";
import { badQuestion } from "./problems.ts";

type RightsRoute = Extract<RouteName, `${string} /api/rights/${string}`>;

const { asked, told } = askingWith({
  "no-plate": 422,
  "no-moment": 422,
  "over-already": 422,
  "no-such-entry": 404,
  "no-such-visitor": 404,
  "unknown-permit": 404,
});

/** Longest text that is searched for. */
const searchMost = 64;

/** Lists, visitors, permits and presence: see shared/contracts/rights. */
export function accessListRoutes(desk: () => AccessDesk): Record<RightsRoute, Handler> {
  return {
    "GET /api/rights/lists": (c) => searched(c, (text) => desk().lists(text)),
    "POST /api/rights/lists": (c) =>
      asked(c, ListEntryRequest, (body) => desk().list(body, personOf(c))),
    "POST /api/rights/lists/end": (c) =>
      asked(c, ListEndRequest, (body) => desk().unlist(body, personOf(c))),
    "GET /api/rights/visitors": (c) => searched(c, (text) => desk().visitors(text)),
    "POST /api/rights/visitors": (c) =>
      asked(c, NewVisitorRequest, (body) => desk().announce(body, personOf(c))),
    "POST /api/rights/visitors/:visitor_id": (c) =>
      asked(c, VisitorRequest, (body) => desk().change(visitorOf(c), body, personOf(c))),
    "POST /api/rights/visitors/:visitor_id/end": (c) =>
      asked(c, VisitorEndRequest, ({ why }) => desk().end(visitorOf(c), why, personOf(c))),
    "GET /api/rights/permits": (c) => {
      const plate = c.req.query("plate");
      return plate === undefined ? refuse(badQuestion("plate")) : told(c, desk().permits(plate));
    },
    "POST /api/rights/neutral": (c) =>
      asked(c, NeutralRequest, (body) => desk().makeNeutral(body, personOf(c))),
  };
}

function searched(context: KioskContext, find: (text: string) => object): Response {
  const text = context.req.query("search") ?? "";
  return text.length > searchMost ? refuse(badQuestion("search")) : context.json(find(text));
}

const personOf = (context: KioskContext) => actorOf(loginOf(context));
const visitorOf = (context: KioskContext): string => context.req.param("visitor_id") ?? "";
