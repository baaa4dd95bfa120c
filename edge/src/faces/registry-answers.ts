import type { ControlAnswer, ControlRequest } from "@gatehouse/shared/contracts/control";
import type {
  DeviceActAnswer,
  TicketAnswer,
  TicketsData,
} from "@gatehouse/shared/contracts/registry";
import type { Actor } from "@gatehouse/shared/contracts/actor";
import type { Refusal } from "../flows/desk.ts";
import type { RegistryDesk } from "../flows/registry-desk.ts";
import { exitCodes, healthy, refused } from "./control-outcome.ts";

type Asked<Verb> = Extract<ControlRequest, { verb: Verb }>;

/** What a technician asks of the registry and of the work on devices. */
export function registryAnswer(
  registry: RegistryDesk,
  request: Asked<"device-show" | "device-act" | "tickets" | "ticket-open" | "ticket-close">,
): ControlAnswer {
  switch (request.verb) {
    case "device-show":
      return showAnswer(registry, request.device_id);
    case "device-act": {
      const { device_id, act, reason } = request;
      return answerOf(registry.act(device_id, act, { actor: technician(request), reason }));
    }
    case "tickets":
      return ticketsAnswer(registry, request.all);
    case "ticket-open": {
      const { verb: _, actor: __, ...asked } = request;
      return answerOf(registry.openTicket(asked, technician(request)));
    }
    case "ticket-close": {
      const step = { step: "complete" as const, done: request.done };
      return answerOf(registry.stepTicket(request.ticket_id, step, technician(request)));
    }
  }
}

function showAnswer(registry: RegistryDesk, deviceId: string): ControlAnswer {
  const data = registry.device(deviceId);
  if (data === undefined)
    return refused(
      exitCodes.refused,
      `No device ${deviceId} was ever known.`,
      "unknown-device",
      "npx gatehouse devices names every device.",
    );
  const { device, tickets } = data;
  const isWell = device.state === "online" || device.state === "approved";
  const work = tickets.filter(({ completed_at }) => completed_at === null).length;
  return {
    exit_code: isWell && work === 0 ? exitCodes.healthy : exitCodes.attention,
    verdict: `${device.device_id} is ${device.state} since ${device.state_since}${work === 0 ? "" : `; ${work} tickets are open`}.`,
    data,
  };
}

function ticketsAnswer(registry: RegistryDesk, all: boolean): ControlAnswer {
  const data: TicketsData = { tickets: [...registry.tickets(all)] };
  const open = data.tickets.filter(({ completed_at }) => completed_at === null).length;
  return {
    exit_code: open === 0 ? exitCodes.healthy : exitCodes.attention,
    verdict: open === 0 ? "No work waits." : `${open} tickets wait for somebody.`,
    data,
  };
}

const technician = ({ actor }: { readonly actor: string }): Actor => ({
  kind: "technician",
  id: actor,
});

const answerOf = (answer: DeviceActAnswer | TicketAnswer | Refusal): ControlAnswer =>
  "kind" in answer
    ? refused(exitCodes.refused, answer.sentence, answer.reason, null)
    : healthy(answer.sentence, answer);
