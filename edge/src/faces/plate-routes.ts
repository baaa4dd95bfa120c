import { ChooseRequest, CorrectRequest, ReviewRequest } from "@gatehouse/shared/contracts/plates";
import { refuse } from "@gatehouse/shared/refusal";
import type { PlatesDesk } from "../flows/plates-desk.ts";
import type { RouteName } from "./access.ts";
import { askingWith } from "./asked.ts";
import { actorOf, type Handler, type KioskContext, loginOf } from "./kiosk-context.ts";
import { badQuestion } from "./problems.ts";

type PlateRouteName = Extract<
  RouteName,
  | `${string} /api/lanes/:lane_id/${"candidates" | "choose"}`
  | `${string} /api/sessions${string}`
  | `${string} /api/reviews${string}`
>;

/** A part of a plate longer than this is none. */
const partMost = 20;

const { asked, told } = askingWith({
  "unknown-lane": 404,
  "no-such-session": 404,
  "no-such-review": 404,
});

/** Whose vehicle stands at an exit, what a plate truly is, which sessions are of one vehicle. */
export function plateRoutes(desk: () => PlatesDesk): Record<PlateRouteName, Handler> {
  return {
    "GET /api/lanes/:lane_id/candidates": (c) => told(c, desk().candidatesAt(param(c, "lane_id"))),
    "POST /api/lanes/:lane_id/choose": (c) =>
      asked(c, ChooseRequest, (body) =>
        desk().choose(param(c, "lane_id"), body, actorOf(loginOf(c))),
      ),
    "GET /api/sessions": (c) => {
      const part = c.req.query("plate") ?? "";
      return part === "" || part.length > partMost
        ? refuse(badQuestion("plate"))
        : c.json(desk().search(part));
    },
    "POST /api/sessions/:session_id/plate": (c) =>
      asked(c, CorrectRequest, (body) =>
        desk().correct(param(c, "session_id"), body, actorOf(loginOf(c))),
      ),
    "GET /api/reviews": (c) => c.json(desk().reviews()),
    "POST /api/reviews/:review_id": (c) =>
      asked(c, ReviewRequest, (body) =>
        desk().review(param(c, "review_id"), body, actorOf(loginOf(c))),
      ),
  };
}

const param = (context: KioskContext, name: string): string => context.req.param(name) ?? "";
