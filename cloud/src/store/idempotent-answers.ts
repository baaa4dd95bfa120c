import { hours, type Instant, minutes } from "@gatehouse/shared/time";
import { and, eq, sql } from "drizzle-orm";
import { idempotentAnswers } from "./api-schema.ts";
import type { Database } from "./database.ts";

/** So long a request with the same key gets the same answer. */
const keptFor = hours(24);
/** A request under way for longer has lost its process: whoever asks again does it. */
const deadAfter = minutes(1);
/** Old answers that one claim takes away. */
const clearedAtOnce = 50;

/** A request that named its key. */
export interface KeyedRequest {
  readonly organisationId: string;
  readonly key: string;
  readonly requestSha256: string;
}

/** What became of a key so far. */
export type Claim =
  /** It is this request's now: it is to be done. */
  | { readonly kind: "claimed" }
  /** Another request has used it. */
  | { readonly kind: "other" }
  | { readonly kind: "under-way" }
  | { readonly kind: "answered"; readonly status: number; readonly sealed: string };

/** Claims a key for a request, unless it was claimed before. Two that come at once do not both get it. */
export async function claimKey(
  { drizzle }: Database,
  { organisationId, key, requestSha256 }: KeyedRequest,
  now: Instant,
): Promise<Claim> {
  const forgotten = new Date(now - keptFor).toISOString();
  await drizzle.execute(sql`delete from idempotent_answers
    where organisation_id = ${organisationId} and key in (
      select key from idempotent_answers
      where organisation_id = ${organisationId} and began_at < ${forgotten}
      order by key = ${key} desc limit ${clearedAtOnce})`);
  const claimed = await drizzle
    .insert(idempotentAnswers)
    .values({ organisationId, key, requestSha256, beganAt: new Date(now) })
    .onConflictDoUpdate({
      target: [idempotentAnswers.organisationId, idempotentAnswers.key],
      set: { beganAt: new Date(now) },
      setWhere: sql`${idempotentAnswers.requestSha256} = ${requestSha256}
        and ${idempotentAnswers.status} is null
        and ${idempotentAnswers.beganAt} < ${new Date(now - deadAfter).toISOString()}`,
    })
    .returning({ key: idempotentAnswers.key });
  if (claimed.length > 0) return { kind: "claimed" };
  const [known] = await drizzle
    .select()
    .from(idempotentAnswers)
    .where(
      and(eq(idempotentAnswers.organisationId, organisationId), eq(idempotentAnswers.key, key)),
    );
  if (known === undefined) return { kind: "under-way" };
  if (known.requestSha256 !== requestSha256) return { kind: "other" };
  return known.status === null || known.sealed === null
    ? { kind: "under-way" }
    : { kind: "answered", status: known.status, sealed: known.sealed };
}

/** Keeps what was answered. */
export async function keepAnswer(
  { drizzle }: Database,
  { organisationId, key }: KeyedRequest,
  answer: { readonly status: number; readonly sealed: string },
): Promise<void> {
  await drizzle
    .update(idempotentAnswers)
    .set(answer)
    .where(
      and(eq(idempotentAnswers.organisationId, organisationId), eq(idempotentAnswers.key, key)),
    );
}

/** Frees a key whose request was refused or failed: nothing was done, and it may be asked again, put right. */
export async function freeKey(
  { drizzle }: Database,
  { organisationId, key }: KeyedRequest,
): Promise<void> {
  await drizzle
    .delete(idempotentAnswers)
    .where(
      and(eq(idempotentAnswers.organisationId, organisationId), eq(idempotentAnswers.key, key)),
    );
}
