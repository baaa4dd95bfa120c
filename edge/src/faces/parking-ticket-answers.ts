import type { ControlAnswer, ControlRequest } from "@gatehouse/shared/contracts/control";
import type { Desk, Refusal } from "../flows/desk.ts";
import { exitCodes, healthy, refused } from "./control-outcome.ts";

type TicketRequest = Extract<ControlRequest, { verb: `parking-ticket-${string}` | "printer-test" }>;

/** `gatehouse parking-ticket …` and `gatehouse printer test`. */
export async function parkingTicketAnswer(
  { parkingTickets, printers }: Pick<Desk, "parkingTickets" | "printers">,
  request: TicketRequest,
): Promise<ControlAnswer> {
  switch (request.verb) {
    case "parking-ticket-check":
      return answerOf(
        parkingTickets.check(request.ticket),
        "A damaged code: type the number below it, all its digits.",
      );
    case "parking-ticket-reprint": {
      const { lane_id, number, reason, actor, request_id } = request;
      const by = { kind: "technician", id: actor } as const;
      return answerOf(
        await parkingTickets.reprint(lane_id, { number, reason }, by, request_id),
        "Next: npx gatehouse parking-ticket check NUMBER, and name a lane with a printer.",
      );
    }
    case "parking-ticket-lost": {
      const { lane_id, plate, entered_at: enteredAt, reason, actor, request_id } = request;
      return answerOf(
        await parkingTickets.lost(
          lane_id,
          { plate, enteredAt, reason },
          { kind: "technician", id: actor },
          request_id,
        ),
        "Next: npx gatehouse status names every lane; the vehicle stands at an exit.",
      );
    }
    case "printer-test":
      return answerOf(
        await printers.test(request.printer_id),
        "npx gatehouse devices names every printer.",
      );
  }
}

const answerOf = (answer: { readonly sentence: string } | Refusal, hint: string): ControlAnswer =>
  "kind" in answer
    ? refused(exitCodes.refused, answer.sentence, answer.reason, hint)
    : healthy(answer.sentence, answer);
