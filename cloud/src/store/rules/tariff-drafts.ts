import type { Json } from "@gatehouse/shared/canonical";
import { and, desc, eq } from "drizzle-orm";
import type { Database, Queries } from "../database.ts";
import { audited, type Asking, type Outcome } from "../people/audited.ts";
import { tariffDrafts } from "../rules-schema.ts";
import { deciderOf } from "./keep-rules.ts";

/** Drafts of a facility at most; who wants more forgets some. */
const draftsMax = 100;

interface AtFacility {
  readonly facilityId: string;
  readonly organisationId: string;
}

/** The drafts of a facility, what was changed last first. */
export const readDrafts = (
  { drizzle }: Queries,
  facilityId: string,
): Promise<(typeof tariffDrafts.$inferSelect)[]> =>
  drizzle
    .select()
    .from(tariffDrafts)
    .where(eq(tariffDrafts.facilityId, facilityId))
    .orderBy(desc(tariffDrafts.changedAt), tariffDrafts.draftId);

/** One of them; undefined where there is none. */
export async function findDraft(
  { drizzle }: Queries,
  facilityId: string,
  draftId: string,
): Promise<typeof tariffDrafts.$inferSelect | undefined> {
  const [draft] = await drizzle.select().from(tariffDrafts).where(isDraft(facilityId, draftId));
  return draft;
}

/** Keeps a draft, right or wrong, audited. @param seen the version that was seen, 0 of a new one */
export function orderDraft(
  database: Database,
  { facilityId, organisationId }: AtFacility,
  draft: { readonly draftId: string; readonly body: object; readonly seen: number },
  asking: Asking,
): Promise<Outcome<"changed-meanwhile" | "too-many-drafts">> {
  const { draftId, body, seen } = draft;
  return audited(database, organisationId, "tariff-draft-changed", asking, async (tx) => {
    const kept = await readDrafts({ drizzle: tx }, facilityId);
    const known = kept.find((each) => each.draftId === draftId);
    if ((known?.version ?? 0) !== seen) return { refused: "changed-meanwhile" };
    if (known === undefined && kept.length >= draftsMax) return { refused: "too-many-drafts" };
    const version = seen + 1;
    const by = deciderOf(asking.who);
    const said = { body, version, changedAt: new Date(asking.now), changedBy: by };
    await tx
      .insert(tariffDrafts)
      .values({ facilityId, draftId, ...said })
      .onConflictDoUpdate({ target: [tariffDrafts.facilityId, tariffDrafts.draftId], set: said });
    return {
      subject: { kind: "tariff-draft", id: `${facilityId}/${draftId}` },
      facilityId,
      before: (known?.body ?? null) as Json,
      after: body as Json,
      result: { version },
    };
  });
}

/** Throws a draft away, audited. */
export function deleteDraft(
  database: Database,
  { facilityId, organisationId }: AtFacility,
  draftId: string,
  asking: Asking,
): Promise<Outcome<"no-such-draft">> {
  return audited(database, organisationId, "tariff-draft-deleted", asking, async (tx) => {
    const [gone] = await tx.delete(tariffDrafts).where(isDraft(facilityId, draftId)).returning();
    if (gone === undefined) return { refused: "no-such-draft" };
    const subject = { kind: "tariff-draft", id: `${facilityId}/${draftId}` };
    return { subject, facilityId, before: gone.body as Json };
  });
}

const isDraft = (facilityId: string, draftId: string) =>
  and(eq(tariffDrafts.facilityId, facilityId), eq(tariffDrafts.draftId, draftId));
