import { AuditLine, type AuditPage, type AuditVerdict } from "@gatehouse/shared/contracts/audit";
import { and, asc, desc, eq, gt, inArray, lt } from "drizzle-orm";
import { brokenAt, type ChainEnd, emptyChain } from "../../domain/people/audit-chain.ts";
import type { Database } from "../database.ts";
import { auditLines, organisations, users } from "../people-schema.ts";

const pageMax = 100;
/** Lines read at once while the chain is checked. */
const checkedAtOnce = 5_000;

export interface AuditAsked {
  /** Only lines with a smaller number. */
  readonly before?: number | undefined;
  readonly action?: string | undefined;
  /** Who did it. */
  readonly userId?: string | undefined;
  /** To what it was done. */
  readonly subjectId?: string | undefined;
}

/** What was changed in an organisation, the newest first. */
export async function readAudit(
  { drizzle }: Database,
  organisationId: string,
  { before, action, userId, subjectId }: AuditAsked,
): Promise<AuditPage> {
  const rows = await drizzle
    .select({ text: auditLines.text, hash: auditLines.hash })
    .from(auditLines)
    .where(
      and(
        eq(auditLines.organisationId, organisationId),
        before === undefined ? undefined : lt(auditLines.seq, before),
        action === undefined ? undefined : eq(auditLines.action, action),
        userId === undefined ? undefined : eq(auditLines.actorId, userId),
        subjectId === undefined ? undefined : eq(auditLines.subjectId, subjectId),
      ),
    )
    .orderBy(desc(auditLines.seq))
    .limit(pageMax + 1);
  const lines = rows.map(({ text, hash }) => ({ ...AuditLine.parse(JSON.parse(text)), hash }));
  const page = lines.slice(0, pageMax);
  const next = lines.length > pageMax ? (page.at(-1)?.seq ?? null) : null;
  return { lines: page, names: await namesIn(drizzle, page), next };
}

async function namesIn(
  drizzle: Database["drizzle"],
  lines: AuditPage["lines"],
): Promise<Record<string, string>> {
  const ids = lines.flatMap(({ actor, subject }) => [
    ...(actor.user_id === undefined ? [] : [actor.user_id]),
    ...(subject.kind === "user" ? [subject.id] : []),
  ]);
  if (ids.length === 0) return {};
  const people = await drizzle
    .select({ id: users.userId, first: users.firstName, last: users.lastName })
    .from(users)
    .where(inArray(users.userId, [...new Set(ids)]));
  return Object.fromEntries(people.map(({ id, first, last }) => [id, `${first} ${last}`]));
}

/**
 * Reads the whole chain again and checks every hash, and that it ends where the organisation says it does.
 *
 * @param kept the end of an earlier verdict: the chain must still run through it
 * @returns undefined when there is no such organisation
 */
export async function judgeAudit(
  { drizzle }: Database,
  organisationId: string,
  kept: ChainEnd = emptyChain,
): Promise<AuditVerdict | undefined> {
  return drizzle.transaction(
    async (tx) => {
      const [end] = await tx
        .select({ seq: organisations.auditSeq, hash: organisations.auditHash })
        .from(organisations)
        .where(eq(organisations.organisationId, organisationId));
      if (end === undefined) return undefined;
      let known = emptyChain;
      const broken = (at: number): AuditVerdict => ({ is_whole: false, broken_at: at, end });
      for (;;) {
        const lines = await tx
          .select({ seq: auditLines.seq, text: auditLines.text, hash: auditLines.hash })
          .from(auditLines)
          .where(and(eq(auditLines.organisationId, organisationId), gt(auditLines.seq, known.seq)))
          .orderBy(asc(auditLines.seq))
          .limit(checkedAtOnce);
        const at = brokenAt(known, lines);
        if (at !== undefined) return broken(at);
        const through = lines.find(({ seq }) => seq === kept.seq);
        if (through !== undefined && through.hash !== kept.hash) return broken(kept.seq);
        const last = lines.at(-1);
        if (last === undefined) break;
        known = { seq: last.seq, hash: last.hash };
      }
      const isEnd = known.seq === end.seq && known.hash === end.hash && known.seq >= kept.seq;
      return isEnd ? { is_whole: true, broken_at: null, end } : broken(known.seq + 1);
    },
    { isolationLevel: "repeatable read", accessMode: "read only" },
  );
}
