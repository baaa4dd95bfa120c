import type { ControlAnswer, ControlRequest } from "@gatehouse/shared/contracts/control";
import type { LaneAnswer } from "@gatehouse/shared/contracts/lanes";
import type { Refusal } from "../flows/desk.ts";
import type { LanesDesk } from "../flows/lanes-desk.ts";
import { exitCodes, healthy, refused } from "./control-outcome.ts";

type Asked<Verb> = Extract<ControlRequest, { verb: Verb }>;

/** What a technician makes of lanes, and how they went from phase to phase. */
export async function laneAnswer(
  lanes: LanesDesk,
  request: Asked<"lane-mode" | "lane-order" | "lane-turn" | "lane-log">,
): Promise<ControlAnswer> {
  switch (request.verb) {
    case "lane-mode":
      return answerOf(lanes.setMode(request.lane_id ?? undefined, request.mode, wish(request)));
    case "lane-order":
      return answerOf(await lanes.order(request.lane_id, request.order, wish(request)));
    case "lane-turn":
      return answerOf(lanes.turn(request.lane_id, request.direction, wish(request)));
    case "lane-log": {
      const data = lanes.transitions(request.lane_id, request.limit);
      if (data === undefined)
        return refused(
          exitCodes.refused,
          `There is no lane ${request.lane_id}.`,
          "unknown-lane",
          "npx gatehouse status names every lane.",
        );
      const last = data.transitions[0];
      const verdict =
        last === undefined
          ? `${data.lane_id} has not changed yet.`
          : `${data.lane_id} is ${last.to} since ${last.at}.`;
      return healthy(verdict, data);
    }
  }
}

const wish = ({ actor, reason }: { readonly actor: string; readonly reason: string }) => ({
  actor: { kind: "technician" as const, id: actor },
  reason,
});

const answerOf = (answer: LaneAnswer | Refusal): ControlAnswer =>
  "kind" in answer
    ? refused(exitCodes.refused, answer.sentence, answer.reason, null)
    : healthy(answer.sentence, answer);
