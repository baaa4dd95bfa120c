import type { ControlAnswer, ControlRequest } from "@gatehouse/shared/contracts/control";
import type { TerminalStatusData } from "@gatehouse/shared/contracts/terminals";
import { Fault } from "@gatehouse/shared/fault";
import type { Refusal } from "../flows/desk.ts";
import type { TerminalsDesk } from "../flows/terminals-desk.ts";
import { exitCodes, healthy, refused } from "./control-outcome.ts";

type TerminalRequest = Extract<ControlRequest, { verb: `terminal-${string}` }>;

/** `gatehouse terminal …`. */
export async function terminalAnswer(
  terminals: TerminalsDesk,
  request: TerminalRequest,
): Promise<ControlAnswer> {
  const { terminal_id: id } = request;
  try {
    switch (request.verb) {
      case "terminal-status":
        return statusAnswer(await terminals.status(id));
      case "terminal-totals":
        return answerOf(id, await terminals.totals(id));
      case "terminal-end-of-day": {
        const actor = { kind: "technician" as const, id: request.actor };
        return answerOf(id, await terminals.endOfDay(id, actor, request.request_id));
      }
    }
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return refused(exitCodes.fault, error.message, error.code, faultHint(error, id));
  }
}

/** A terminal's clock that is further off than this makes enquiries unsure. */
const clockOffMax = 600;

function statusAnswer(told: TerminalStatusData | Refusal): ControlAnswer {
  if ("kind" in told) return refusedBy(told, "");
  const wants = [
    ...(told.state === "ready" ? [] : [told.words]),
    ...told.needs.map((need) => `needs ${need}`),
    ...((told.clock_off_s ?? 0) > clockOffMax ? ["its clock is wrong: set it"] : []),
  ];
  const { terminal_id: id, last_receipt: last } = told;
  return wants.length === 0
    ? healthy(`${id} is ready; its last receipt is ${last ?? "not known"}.`, told)
    : { exit_code: exitCodes.attention, verdict: `${id}: ${wants.join(", ")}.`, data: told };
}

const answerOf = (id: string, answer: { readonly sentence: string } | Refusal): ControlAnswer =>
  "kind" in answer ? refusedBy(answer, id) : healthy(answer.sentence, answer);

const refusedBy = ({ sentence, reason }: Refusal, id: string): ControlAnswer =>
  refused(exitCodes.refused, sentence, reason, refusalHint(reason, id));

function refusalHint(reason: string, id: string): string {
  switch (reason) {
    case "unknown-terminal":
      return "Next: npx gatehouse devices names every terminal.";
    case "payments-open":
      return "Next: npx gatehouse why PAYMENT; it is asked about every minute, so try again then.";
    case "undecided":
      return `Next: look at the terminal's own journal, then npx gatehouse terminal totals ${id}`;
    default:
      return `Next: npx gatehouse terminal status ${id}`;
  }
}

function faultHint({ code, hint }: Fault, id: string): string {
  if (code === "terminal-busy") return `${hint} Next: npx gatehouse terminal status ${id}`;
  return `${hint} Next: npx gatehouse device show ${id}`;
}
