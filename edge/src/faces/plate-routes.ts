import { ChooseRequest, CorrectRequest, ReviewRequest } from "@gatehouse/shared/contracts/plates";
import { refuse } from "@gatehouse/shared/refusal";
import type { z } from "zod";
import type { Refusal } from "../flows/desk.ts";
import type { PlatesDesk } from "../flows/plates-desk.ts";
import type { RouteName } from "./access.ts";
import { actorOf, type Handler, type KioskContext, loginOf } from "./kiosk-context.ts";
import { badQuestion } from "./problems.ts";
import { readBody } from "./request-body.ts";

type PlateRouteName = Extract<
  RouteName,
  | `${string} /api/lanes/:lane_id/${"candidates" | "choose"}`
  | `${string} /api/sessions${string}`
  | `${string} /api/reviews${string}`
>;

/** A part of a plate longer than this is none. */
const partMost = 20;

const unknown: ReadonlySet<string> = new Set(["unknown-lane", "no-such-session", "no-such-review"]);

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

async function asked<Body>(
  context: KioskContext,
  shape: z.ZodType<Body>,
  act: (body: Body) => object | Promise<object>,
): Promise<Response> {
  const read = await readBody(context.req, shape);
  return read.kind === "problem" ? refuse(read.problem) : told(context, await act(read.body));
}

function told(context: KioskContext, answer: object): Response {
  if (!isRefusal(answer)) return context.json(answer);
  const status = unknown.has(answer.reason) ? 404 : 409;
  return refuse({ type: answer.reason, title: answer.sentence, status });
}

const isRefusal = (answer: object): answer is Refusal =>
  "kind" in answer && answer.kind === "refused";

const param = (context: KioskContext, name: string): string => context.req.param(name) ?? "";
