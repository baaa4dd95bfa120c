import {
  IssueTicketRequest,
  LostTicketRequest,
  ReprintTicketRequest,
  ShowTicketRequest,
} from "@gatehouse/shared/contracts/parking-tickets";
import { refuse } from "@gatehouse/shared/refusal";
import { Fault } from "@gatehouse/shared/fault";
import type { ParkingTicketDesk } from "../flows/parking-ticket-desk.ts";
import type { RouteName } from "./access.ts";
import { askingWith } from "./asked.ts";
import { actorOf, type Handler, type KioskContext, loginOf } from "./kiosk-context.ts";

type TicketRouteName = Extract<
  RouteName,
  `${string} /api/lanes/:lane_id/${"issue-ticket" | "lost-ticket" | "ticket" | "reprint"}`
>;

type TicketRoutesDesk = Pick<ParkingTicketDesk, "issue" | "lost" | "show" | "reprint">;

const answering = askingWith({ "no-tickets": 404 });
/** A printer that is away is told with what to do about it. */
const asked: typeof answering.asked = (context, shape, act) =>
  answering.asked(context, shape, act).catch((error: unknown) => {
    if (!(error instanceof Fault)) throw error;
    return refuse({ type: error.code, title: error.hint, status: 503 });
  });

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
      asked(c, ReprintTicketRequest, ({ request_id, number, reason }) =>
        desk().reprint(laneOf(c), { number, reason }, actorOf(loginOf(c)), request_id),
      ),
  };
}

const laneOf = (context: KioskContext): string => context.req.param("lane_id") ?? "";
