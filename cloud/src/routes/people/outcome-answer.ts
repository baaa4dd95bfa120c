import type { Problem } from "@gatehouse/shared/contracts/problem";
import { refuse } from "@gatehouse/shared/refusal";
import type { Outcome } from "../../store/people/audited.ts";
import { problems } from "../problems.ts";
import { upkeepProblems } from "../upkeep-problems.ts";

/** Everything that the store refuses about people, as it is told. */
const told = {
  "no-such-organisation": problems.noSuchOrganisation,
  "request-id-used": problems.requestIdUsed,
  "email-taken": problems.emailTaken,
  "no-such-user": problems.noSuchUser,
  "last-admin": problems.lastAdmin,
  "no-such-assignment": problems.noSuchAssignment,
  "not-active": problems.notActive,
  "no-such-invitation": problems.noSuchInvitation,
  "totp-changed": problems.totpOff,
  "too-many-tokens": problems.tooManyTokens,
  "no-such-token": problems.noSuchToken,
  "no-such-login": problems.notSignedIn,
  "organisation-known": problems.organisationKnown,
  "no-such-parent": problems.noSuchOrganisation,
  "below-itself": problems.belowItself,
  "too-deep": problems.tooDeep,
  "no-such-facility": problems.noFacility,
  "no-such-alert": problems.noSuchAlert,
  "no-such-target": upkeepProblems.noSuchTarget,
  "no-such-notice-rule": upkeepProblems.noSuchNoticeRule,
  "no-such-delivery": upkeepProblems.noSuchDelivery,
  "too-many-targets": upkeepProblems.tooManyTargets,
  "too-many-plans": upkeepProblems.tooManyPlans,
  "no-such-plan": upkeepProblems.noSuchPlan,
  "code-used": problems.codeOfRequestUsed,
  "no-such-report": problems.noSuchReport,
  "no-such-holiday": problems.noSuchHoliday,
  "no-such-event": problems.noSuchEvent,
  "changed-meanwhile": problems.changedMeanwhile,
  "no-such-pool": problems.noSuchPool,
  "no-such-tariff": problems.noSuchTariff,
  "no-such-draft": problems.noSuchDraft,
  "too-many-drafts": problems.tooManyDrafts,
  "version-known": problems.versionKnown,
  "notice-needed": problems.noticeNeeded,
  "never-in-force": problems.neverInForce,
  "not-planned": problems.notPlanned,
  "nothing-before": problems.nothingBefore,
} as const satisfies Record<string, Problem>;

type Why = keyof typeof told;

/** Answers a change: what was done, or why it was not. @param answer nothing where it says all that it is done */
export function answerOutcome(
  outcome: Outcome<Why>,
  answer: (done: Outcome<Why> & { kind: "done" }) => Response = () =>
    new Response(null, { status: 204 }),
): Response {
  return outcome.kind === "done" ? answer(outcome) : refuse(told[outcome.why]);
}
