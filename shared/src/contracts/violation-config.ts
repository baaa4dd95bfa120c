import { z } from "zod";
import { permitKinds } from "./access-terms.ts";
import { spaceTypes } from "./space-types.ts";

const minor = z.number().int().nonnegative();
const days = z.number().int().nonnegative();

/** What is added when a penalty is not paid for long. */
const EscalationStep = z.strictObject({
  /** Whole civil days of the facility after the day of issue. */
  after_days: z.number().int().positive(),
  percent: z.number().int().positive().max(1000),
  /**
   * `penalty`: what was added to the penalty by such steps is so many percent of it from now on; `balance`: so many
   * percent of all that is still owed at that moment come on top.
   */
  of: z.enum(["penalty", "balance"]),
});
export type EscalationStep = z.infer<typeof EscalationStep>;

/** Half more after thirty days, double after sixty, and a collector's 40 percent (Jacksonville's parking citations). */
const usualSteps: readonly EscalationStep[] = [
  { after_days: 30, percent: 50, of: "penalty" },
  { after_days: 60, percent: 100, of: "penalty" },
  { after_days: 90, percent: 40, of: "balance" },
];

const ruleShape = {
  enabled: z.boolean().default(false),
  /** Whole minor units. */
  penalty_minor: minor.default(0),
  /** So much less when it is paid within `discount_days` civil days after the day of issue. */
  discount_percent: z.number().int().min(0).max(100).default(0),
  discount_days: days.default(0),
  /** Civil days after the day of issue until it must be paid. */
  due_days: days.default(14),
  /** A person looks at it before it is issued. */
  review: z.boolean().default(true),
  escalation: z.array(EscalationStep).default(() => [...usualSteps]),
};

const Rule = z.strictObject(ruleShape);
export type ViolationRule = z.infer<typeof Rule>;

/** What belongs together within one rule. */
function whole(rule: ViolationRule, context: z.RefinementCtx): void {
  const say = (path: string, message: string): void =>
    context.addIssue({ code: "custom", path: [path], message });
  if (rule.enabled && rule.penalty_minor === 0)
    say("penalty_minor", "write what it costs, in minor units, or leave enabled out");
  if (rule.discount_days > rule.due_days)
    say("discount_days", "the discount ends no later than the penalty is due");
  const steps = rule.escalation.map(({ after_days: after }) => after);
  if (steps.some((after, index) => after <= (steps[index - 1] ?? rule.due_days)))
    say("escalation", "each step comes later than the one before, the first after due_days");
}

const hoursLong = z.number().positive();

/** When a stay breaks the facility's rules, and what that costs. Nothing is fined that is not enabled here. */
export const ViolationRules = z.strictObject({
  overstay: z
    .strictObject({
      ...ruleShape,
      /** Tell people of a stay that is too long, whether or not it is fined. */
      alert: z.boolean().default(true),
      /** Longer than this is too long; exactly this long is not. */
      limit_h: hoursLong.default(4),
      limit_h_by_type: z.partialRecord(z.enum(spaceTypes), hoursLong).default({}),
      limit_h_by_zone: z.record(z.string(), hoursLong).default({}),
    })
    .superRefine(whole)
    .prefault({}),
  unauthorised: z
    .strictObject({
      ...ruleShape,
      /** Only where drivers pay before they leave their vehicle. */
      prepayment_required: z.boolean().default(false),
      /** So long they may take to pay. */
      within_min: z.number().positive().default(15),
    })
    .superRefine(whole)
    .superRefine(({ enabled, prepayment_required: isRequired }, context) => {
      if (enabled && !isRequired)
        context.addIssue({
          code: "custom",
          path: ["prepayment_required"],
          message: "write true where drivers pay in advance; elsewhere nobody is unauthorised",
        });
    })
    .prefault({}),
  "wrong-space-type": z
    .strictObject({
      ...ruleShape,
      /** A vehicle that only turns round is gone again by then. */
      after_min: z.number().positive().default(10),
      /** Kinds of permit that a kind of space is kept for; what is not named is kept for nobody. */
      permit_kinds: z.partialRecord(z.enum(spaceTypes), z.array(z.enum(permitKinds))).default({}),
    })
    .superRefine(whole)
    .prefault({}),
  "no-payment": z
    .strictObject({
      ...ruleShape,
      /** Time to pay after leaving. */
      after_h: z.number().nonnegative().default(24),
    })
    .superRefine(whole)
    .prefault({}),
});
export type ViolationRules = z.infer<typeof ViolationRules>;
