import type { ControlAnswer, ControlRequest } from "@gatehouse/shared/contracts/control";
import type { ViolationsDesk } from "../flows/money/violations-desk.ts";
import { exitCodes, healthy, refused } from "./control-outcome.ts";

type ViolationRequest = Extract<ControlRequest, { verb: `violations-${string}` }>;

/** `gatehouse violations …`. */
export function violationAnswer(
  desk: Pick<ViolationsDesk, "list" | "show">,
  request: ViolationRequest,
): ControlAnswer {
  switch (request.verb) {
    case "violations-list": {
      const data = desk.list(request);
      const { length } = data.violations;
      const verdict =
        length === 0 ? "No violation." : `${length}${data.has_more ? " and more" : ""} violations.`;
      return healthy(verdict, data);
    }
    case "violations-show": {
      const data = desk.show(request.violation_id);
      if ("kind" in data)
        return refused(
          exitCodes.refused,
          data.sentence,
          data.reason,
          "Next: npx gatehouse violations list",
        );
      const { status, finding } = data.violation;
      return healthy(`It is ${status}: ${finding}.`, data);
    }
  }
}
