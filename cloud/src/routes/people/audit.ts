import { complaintsOf } from "@gatehouse/shared/contracts/problem";
import { refuse } from "@gatehouse/shared/refusal";
import { type Context, Hono } from "hono";
import { z } from "zod";
import { may } from "../../domain/people/rights.ts";
import { judgeAudit, readAudit } from "../../store/people/audit.ts";
import type { OfficeEnv } from "../office-door.ts";
import { problems } from "../problems.ts";
import type { PeoplePorts } from "./people-ports.ts";

const seq = z.coerce.number().int().positive();
const word = z.string().min(1).max(100).optional();

const AuditAsked = z.object({
  before: seq.optional(),
  action: word,
  user_id: word,
  subject_id: word,
});

/** The end of an earlier verdict: both or neither. */
const Kept = z.union(
  [
    z.object({ seq: z.undefined(), hash: z.undefined() }),
    z.object({ seq, hash: z.string().regex(/^[0-9a-f]{64}$/, "write 64 hex digits") }),
  ],
  { error: "write seq and hash of an earlier verdict, or neither" },
);

/** What was changed, and whether the record of it is whole. */
export function auditRoutes({ database, door }: PeoplePorts): Hono<OfficeEnv> {
  const app = new Hono<OfficeEnv>();

  app.get("/api/audit/:organisation_id", door.asks("see-audit"), async (c) => {
    if (!isReadable(c)) return refuse(problems.noSuchOrganisation);
    const asked = AuditAsked.safeParse(c.req.query());
    if (!asked.success)
      return refuse({ ...problems.notUnderstood, errors: complaintsOf(asked.error) });
    const { before, action, user_id: userId, subject_id: subjectId } = asked.data;
    const page = { before, action, userId, subjectId };
    return c.json(await readAudit(database, c.req.param("organisation_id"), page));
  });

  app.get("/api/audit/:organisation_id/verdict", door.asks("see-audit"), async (c) => {
    if (!isReadable(c)) return refuse(problems.noSuchOrganisation);
    const { seq: keptSeq, hash } = c.req.query();
    const kept = Kept.safeParse({ seq: keptSeq, hash });
    if (!kept.success)
      return refuse({ ...problems.notUnderstood, errors: complaintsOf(kept.error) });
    const earlier = kept.data.seq === undefined ? undefined : kept.data;
    const verdict = await judgeAudit(database, c.req.param("organisation_id"), earlier);
    return verdict === undefined ? refuse(problems.noSuchOrganisation) : c.json(verdict);
  });

  return app;
}

const isReadable = (c: Context<OfficeEnv>): boolean =>
  may(c.var.person, "see-audit", {
    kind: "organisation",
    organisationId: c.req.param("organisation_id") ?? "",
  });
