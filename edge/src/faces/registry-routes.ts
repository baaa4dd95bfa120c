import {
  DeviceActRequest,
  type RegistryData,
  TicketRequest,
  type TicketsData,
  TicketStep,
} from "@gatehouse/shared/contracts/registry";
import { refuse } from "@gatehouse/shared/refusal";
import type { Clock } from "@gatehouse/shared/ports/clock";
import { isoOf } from "@gatehouse/shared/time";
import type { RegistryDesk } from "../flows/registry-desk.ts";
import type { RouteName } from "./access.ts";
import { askingWith } from "./asked.ts";
import { actorOf, type Handler, type KioskContext, loginOf } from "./kiosk-context.ts";
import { problems } from "./problems.ts";

type RegistryRouteName = Extract<
  RouteName,
  `${string} /api/${"registry" | "tickets"}` | `${string} /api/${"registry" | "tickets"}/${string}`
>;

const { asked } = askingWith({ "unknown-device": 404, "no-such-ticket": 404 });

/** Devices over all their days, and the work on them. */
export function registryRoutes(
  registry: RegistryDesk,
  clock: Clock,
): Record<RegistryRouteName, Handler> {
  return {
    "GET /api/registry": (c) =>
      c.json({
        now: isoOf(clock.now()),
        devices: [...registry.devices()],
      } satisfies RegistryData),
    "GET /api/registry/:device_id": (c) => {
      const told = registry.device(param(c, "device_id"));
      return told === undefined ? refuse(problems.noSuchDevice) : c.json(told);
    },
    "POST /api/registry/:device_id": (c) =>
      asked(c, DeviceActRequest, ({ act, reason }) =>
        registry.act(param(c, "device_id"), act, { actor: actorOf(loginOf(c)), reason }),
      ),
    "GET /api/tickets": (c) =>
      c.json({
        tickets: [...registry.tickets(c.req.query("all") === "true")],
      } satisfies TicketsData),
    "POST /api/tickets": (c) =>
      asked(c, TicketRequest, (body) => registry.openTicket(body, actorOf(loginOf(c)))),
    "POST /api/tickets/:ticket_id": (c) =>
      asked(c, TicketStep, (step) =>
        registry.stepTicket(param(c, "ticket_id"), step, actorOf(loginOf(c))),
      ),
  };
}

const param = (context: KioskContext, name: string): string => context.req.param(name) ?? "";
