import type { ControlAnswer, ControlRequest } from "@gatehouse/shared/contracts/control";
import type { PlatesDesk } from "../flows/plates-desk.ts";
import { exitCodes, healthy, refused } from "./control-outcome.ts";

type PlatesRequest = Extract<ControlRequest, { verb: `plates-${string}` }>;

/** `gatehouse plates …`. */
export function platesAnswer(desk: PlatesDesk, request: PlatesRequest): ControlAnswer {
  if (request.verb === "plates-search") return found(desk, request.plate);
  if (request.verb === "plates-reviews") return reviews(desk);
  const { session_id: sessionId, plate, reason, actor } = request;
  const answer = desk.correct(sessionId, { plate, reason }, { kind: "technician", id: actor });
  if (!("kind" in answer)) return healthy(answer.sentence, answer);
  return refused(
    exitCodes.refused,
    answer.sentence,
    answer.reason,
    "Find the session: npx gatehouse plates search PLATE",
  );
}

function found(desk: PlatesDesk, part: string): ControlAnswer {
  const data = desk.search(part);
  const count = data.sessions.length;
  const verdict =
    count === 0
      ? `Nobody inside has a plate with ${data.plate || "that"} in it; try a part of at least two characters.`
      : `${data.has_more ? "More than " : ""}${count} inside ${count === 1 ? "has" : "have"} a plate with ${data.plate} in it.`;
  return { exit_code: count === 0 ? exitCodes.refused : exitCodes.healthy, verdict, data };
}

function reviews(desk: PlatesDesk): ControlAnswer {
  const data = desk.reviews();
  const count = data.reviews.length;
  const verdict =
    count === 0
      ? "No two sessions wait to be looked at."
      : `${count} ${count === 1 ? "plate" : "plates"} came in twice and nobody has looked yet.`;
  return { exit_code: count === 0 ? exitCodes.healthy : exitCodes.attention, verdict, data };
}
