import {
  deleteTariffDraft,
  getTariffDraft,
  keepTariffDraft,
} from "@gatehouse/shared/contracts/v1/tariffs";
import { refuse } from "@gatehouse/shared/refusal";
import { type Context, Hono } from "hono";
import { namesOf } from "../../store/rules/decider-names.ts";
import { deleteDraft, findDraft, orderDraft } from "../../store/rules/tariff-drafts.ts";
import { draftHeadOf } from "../../store/rules/tariff-overview.ts";
import { type OfficeEnv, placeOf } from "../office-door.ts";
import { answerOutcome } from "../people/outcome-answer.ts";
import { problems } from "../problems.ts";
import type { ReportPorts } from "../reports/asking.ts";
import { seenVersion, tagOf } from "./seen-version.ts";

/** Letters of a draft's id at most. */
const idMost = 100;

/** Tariffs that somebody is still writing. */
export function tariffDraftRoutes({ database, door, v1 }: ReportPorts): Hono<OfficeEnv> {
  const app = new Hono<OfficeEnv>();
  const put = v1.on(app);

  put(getTariffDraft, ({ c, params }) => answerDraft(c, params.draft_id));

  put(keepTariffDraft, async ({ c, params, body }) => {
    const { draft_id: draftId } = params;
    if (draftId.length > idMost) return refuse(problems.noSuchDraft);
    const seen = seenVersion(c, body.version);
    if (seen.kind === "problem") return refuse(seen.problem);
    const draft = { draftId, body: body.tariff, seen: seen.version };
    const done = await orderDraft(database, placeOf(c), draft, door.asking(c, body));
    if (done.kind === "done") return answerDraft(c, draftId);
    return done.why === "changed-meanwhile" ? refuse(seen.stale) : answerOutcome(done);
  });

  put(deleteTariffDraft, async ({ c, params }) =>
    answerOutcome(await deleteDraft(database, placeOf(c), params.draft_id, door.asking(c))),
  );

  async function answerDraft(c: Context<OfficeEnv>, draftId: string): Promise<Response> {
    const draft = await findDraft(database, placeOf(c).facilityId, draftId);
    if (draft === undefined) return refuse(problems.noSuchDraft);
    const names = await namesOf(database, [draft.changedBy]);
    c.header("etag", tagOf(draft.version));
    return c.json({ ...draftHeadOf(draft, names), body: draft.body });
  }
  return app;
}
