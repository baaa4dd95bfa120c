import { SpaceEndRequest, SpaceVehicleRequest } from "@gatehouse/shared/contracts/space-vehicles";
import type { SpacesDesk } from "../flows/spaces-desk.ts";
import type { RouteName } from "./access.ts";
import { askingWith } from "./asked.ts";
import { actorOf, type Handler, type KioskContext, loginOf } from "./kiosk-context.ts";

type SpaceRouteName = Extract<RouteName, `${string} /api/spaces/${string}`>;

const { asked, told } = askingWith({
  "no-such-space": 404,
  "no-such-session": 404,
  "plate-unknown": 404,
});

/** Whose vehicle stands in a space. */
export const spaceRoutes = (desk: () => SpacesDesk): Record<SpaceRouteName, Handler> => ({
  "GET /api/spaces/:space_id/vehicle": (c) => told(c, desk().vehicleIn(spaceOf(c))),
  "POST /api/spaces/:space_id/vehicle": (c) =>
    asked(c, SpaceVehicleRequest, (body) => desk().say(spaceOf(c), body, actorOf(loginOf(c)))),
  "POST /api/spaces/:space_id/vehicle/end": (c) =>
    asked(c, SpaceEndRequest, (body) => desk().end(spaceOf(c), body, actorOf(loginOf(c)))),
});

const spaceOf = (context: KioskContext): string => context.req.param("space_id") ?? "";
