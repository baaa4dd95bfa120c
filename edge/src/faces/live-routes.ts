import { refuse } from "@gatehouse/shared/refusal";
import { upgradeWebSocket } from "@hono/node-server";
import type { MiddlewareHandler } from "hono";
import { WebSocket } from "ws";
import type { Desk } from "../flows/desk.ts";
import { cameraIn, type KioskContext, loginOf } from "./kiosk-context.ts";
import type { LiveRoute } from "./kiosk-routes.ts";
import type { Live } from "./live.ts";
import type { Metrics } from "./metrics.ts";
import { problems } from "./problems.ts";
import type { SignLive } from "./sign-live.ts";
import type { TrackingLive } from "./tracking-live.ts";
import type { Viewers } from "./viewers.ts";

export interface LiveRoutesDeps {
  readonly desk: Desk;
  readonly live: Live;
  readonly trackingLive: TrackingLive;
  readonly signLive: SignLive;
  readonly viewers: Viewers;
  readonly metrics: Metrics;
}

/** The addresses that speak WebSocket. */
export function liveRoutes(deps: LiveRoutesDeps): Record<LiveRoute, MiddlewareHandler> {
  const { desk, live, signLive, trackingLive } = deps;
  const signOf = (context: KioskContext): string => context.req.param("sign_id") ?? "";
  const cameraOf = (context: KioskContext): string | undefined => {
    const camera = cameraIn(context);
    return desk.tracking.cameraIds.find((known) => known === camera);
  };
  return {
    "GET /api/live": upgraded(deps, (socket, c) => live.add(socket, loginOf(c).loginId)),
    "GET /api/signs/:sign_id/live": upgraded(
      deps,
      (socket, c) => signLive.add(socket, signOf(c)),
      (c) => (desk.signs.view(signOf(c)) === undefined ? refuse(problems.noSuchSign) : undefined),
    ),
    "GET /ws/tracking/live": upgraded(
      deps,
      (socket, c) => trackingLive.add(socket, cameraOf(c) ?? "", c.get("login")?.loginId),
      (c) => (cameraOf(c) === undefined ? refuse(problems.noSuchCamera) : undefined),
    ),
  };
}

function upgraded(
  { viewers, metrics }: LiveRoutesDeps,
  add: (socket: WebSocket, context: KioskContext) => void,
  refusal: (context: KioskContext) => Response | undefined = () => undefined,
): MiddlewareHandler {
  const upgrade = upgradeWebSocket((context: KioskContext) => ({
    onOpen: (_event, { raw }) => {
      if (raw instanceof WebSocket) add(raw, context);
    },
  }));
  return (context, next) => {
    const refused = refusal(context);
    if (refused !== undefined) return Promise.resolve(refused);
    if (context.req.header("upgrade") === undefined) return Promise.resolve(refuse(upgradeNeeded));
    if (!viewers.isFull) return upgrade(context, next);
    metrics.count("live_viewers_refused");
    return Promise.resolve(refuse(problems.tooManyViewers));
  };
}

const upgradeNeeded = {
  type: "websocket-only",
  title: "This address speaks WebSocket only.",
  status: 426,
};
