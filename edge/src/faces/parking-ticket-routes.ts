import {
  IssueTicketRequest,
  LostTicketRequest,
  ShowTicketRequest,
} from "@gatehouse/shared/contracts/parking-tickets";
import { Fault } from "@gatehouse/shared/fault";
import { refuse } from "@gatehouse/shared/refusal";
import type { z } from "zod";
import type { Refusal } from "../flows/desk.ts";
import type { ParkingTicketDesk } from "../flows/parking-ticket-desk.ts";
import type { RouteName } from "./access.ts";
import { actorOf, type Handler, type KioskContext, loginOf } from "./kiosk-context.ts";
import { readBody } from "./request-body.ts";

type TicketRouteName = Extract<
  RouteName,
  `${string} /api/lanes/:lane_id/${"issue-ticket" | "lost-ticket" | "ticket" | "reprint"}`
>;

type TicketRoutesDesk = Pick<ParkingTicketDesk, "issue" | "lost" | "show" | "reprint">;

/** What an attendant does for a driver whose ticket is lost, damaged or was never printed. */
export function parkingTicketRoutes(
  desk: () => TicketRoutesDesk,
): Record<TicketRouteName, Handler> {
  return {
    "POST /api/lanes/:lane_id/issue-ticket": (c) =>
      asked(c, IssueTicketRequest, ({ request_id: requestId }) =>
        desk().issue(laneOf(c), actorOf(loginOf(c)), requestId),
      ),
    "POST /api/lanes/:lane_id/lost-ticket": (c) =>
      asked(c, LostTicketRequest, ({ request_id, plate, entered_at: enteredAt, reason }) =>
        desk().lost(laneOf(c), { plate, enteredAt, reason }, actorOf(loginOf(c)), request_id),
      ),
    "POST /api/lanes/:lane_id/ticket": (c) =>
      asked(c, ShowTicketRequest, ({ request_id, number }) =>
        desk().show(laneOf(c), number, actorOf(loginOf(c)), request_id),
      ),
    "POST /api/lanes/:lane_id/reprint": (c) =>
      asked(c, ShowTicketRequest, ({ request_id, number }) =>
        desk().reprint(laneOf(c), number, request_id),
      ),
  };
}

async function asked<Body>(
  context: KioskContext,
  shape: z.ZodType<Body>,
  act: (body: Body) => Promise<object>,
): Promise<Response> {
  const read = await readBody(context.req, shape);
  if (read.kind === "problem") return refuse(read.problem);
  try {
    const answer = await act(read.body);
    if (!isRefusal(answer)) return context.json(answer);
    const status = answer.reason === "no-tickets" ? 404 : 409;
    return refuse({ type: answer.reason, title: answer.sentence, status });
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return refuse({ type: error.code, title: error.hint, status: 503 });
  }
}

const isRefusal = (answer: object): answer is Refusal =>
  "kind" in answer && answer.kind === "refused";

const laneOf = (context: KioskContext): string => context.req.param("lane_id") ?? "";
