import type { ControlAnswer, ControlRequest } from "@gatehouse/shared/contracts/control";
import { isRefusal, type Refusal } from "../flows/desk.ts";
import type { SpacesDesk } from "../flows/spaces-desk.ts";
import { exitCodes, healthy, refused } from "./control-outcome.ts";

type SpaceRequest = Extract<ControlRequest, { verb: `space-${string}` }>;

/** `gatehouse space …`. */
export function spaceAnswer(desk: SpacesDesk, request: SpaceRequest): ControlAnswer {
  const { verb, space_id: spaceId } = request;
  if (verb === "space-show") {
    const data = desk.vehicleIn(spaceId);
    if (isRefusal(data)) return refusedWith(data);
    const { vehicle, space_id: id } = data;
    const verdict =
      vehicle === null
        ? `Nobody is known to stand in space ${id}.`
        : `${vehicle.session.plate ?? "A vehicle without a plate"} stands in space ${id} since ${vehicle.from}.`;
    return healthy(verdict, data);
  }
  const by = { kind: "technician", id: request.actor } as const;
  const answer =
    verb === "space-vehicle" ? desk.say(spaceId, request, by) : desk.end(spaceId, request, by);
  if (isRefusal(answer)) return refusedWith(answer);
  return healthy(answer.sentence, answer);
}

const refusedWith = ({ sentence, reason }: Refusal): ControlAnswer =>
  refused(exitCodes.refused, sentence, reason, hints[reason] ?? null);

const hints: Readonly<Record<string, string>> = {
  "plate-unknown": "Next: npx gatehouse plates search PART",
  "several-sessions": "Choose it at the kiosk: touch the space on the plan.",
  "nobody-known": "Next: npx gatehouse space vehicle SPACE PLATE",
};
