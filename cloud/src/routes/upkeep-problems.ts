import type { Problem } from "@gatehouse/shared/contracts/problem";
import { problem } from "@gatehouse/shared/refusal";

/** What is refused about messages, devices and violations. */
export const upkeepProblems = {
  noSuchTarget: problem(404, "no-such-target", "There is no such receiver."),
  noSuchNoticeRule: problem(404, "no-such-notice-rule", "There is no such rule."),
  noSuchDelivery: problem(
    404,
    "no-such-delivery",
    "There is no such message that could be sent again.",
  ),
  tooManyTargets: problem(409, "too-many-targets", "There are 200 of them.", "Delete one first."),
  tooManyPlans: problem(409, "too-many-plans", "There are 1,000 plans.", "Delete one first."),
  noSuchPlan: problem(404, "no-such-plan", "There is no such maintenance plan."),
  noSuchDevice: problem(404, "no-such-device", "The facility has told of no such device."),
  noSuchViolation: problem(404, "no-such-violation", "There is no such violation."),
} as const satisfies Record<string, Problem>;
