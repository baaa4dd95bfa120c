import type { Json } from "@gatehouse/shared/canonical";
import { AuditLine, type AuditAction } from "@gatehouse/shared/contracts/audit";
import { type Instant, isoOf } from "@gatehouse/shared/time";
import { and, eq } from "drizzle-orm";
import { nextLine } from "../../domain/people/audit-chain.ts";
import { actorOf, type Who } from "../../domain/people/person.ts";
import { tellChange } from "../changes.ts";
import type { Database, Queries, Tx } from "../database.ts";
import { auditLines, organisations } from "../people-schema.ts";

/** Who wants a change, and what the audit keeps of it. */
export interface Asking {
  readonly who: Who;
  /** Where the request came from. */
  readonly address: string;
  readonly now: Instant;
  /** The same id again changes nothing and answers the same. */
  readonly requestId?: string | undefined;
  readonly why?: string | undefined;
}

/** What a change did, as the audit keeps it. Nothing of it may be secret. */
export interface Change {
  readonly subject: { readonly kind: string; readonly id: string };
  readonly facilityId?: string;
  readonly before?: Json;
  readonly after?: Json;
  /** What is answered, now and whenever the same is asked again. */
  readonly result?: Json;
}

/** Why a change was not made. */
export interface Refused<Why extends string> {
  readonly refused: Why;
}

export type Outcome<Why extends string> =
  | { readonly kind: "done"; readonly subjectId: string; readonly result: unknown }
  | {
      readonly kind: "refused";
      readonly why: Why | "no-such-organisation" | "request-id-used";
    };

/**
 * Makes a change and writes its audit line, both or neither, in one transaction; pages that show the facility are told. An organisation's changes stand in a
 * row: the organisation is locked first. A change that was refused must not have written anything.
 *
 * @param organisationId whose chain tells it
 * @param change what is done; it may be asked again after a lost connection, with the same request id
 */
export function audited<Why extends string>(
  { drizzle }: Database,
  organisationId: string,
  action: AuditAction,
  asking: Asking,
  change: (tx: Tx) => Promise<Change | Refused<Why>>,
): Promise<Outcome<Why>> {
  return drizzle.transaction(async (tx) => {
    const [end] = await tx
      .select({ seq: organisations.auditSeq, hash: organisations.auditHash })
      .from(organisations)
      .where(eq(organisations.organisationId, organisationId))
      .for("update");
    if (end === undefined) return { kind: "refused", why: "no-such-organisation" };
    const earlier = await earlierLine(tx, organisationId, asking.requestId);
    if (earlier !== undefined) return repeated(earlier, action, asking.who);

    const changed = await change(tx);
    if ("refused" in changed) return { kind: "refused", why: changed.refused };
    if (changed.facilityId !== undefined) await tellChange({ drizzle: tx }, changed.facilityId);
    const facts = factsOf(action, asking, changed);
    const { seq, text, hash } = nextLine(end, facts);
    await tx.insert(auditLines).values({
      organisationId,
      seq,
      at: new Date(asking.now),
      action,
      actorId: asking.who.kind === "office-token" ? null : asking.who.userId,
      subjectId: changed.subject.id,
      requestId: asking.requestId ?? null,
      text,
      hash,
    });
    await tx
      .update(organisations)
      .set({ auditSeq: seq, auditHash: hash })
      .where(eq(organisations.organisationId, organisationId));
    return { kind: "done", subjectId: changed.subject.id, result: changed.result ?? null };
  });
}

const factsOf = (action: AuditAction, asking: Asking, change: Change) => ({
  at: isoOf(asking.now),
  action,
  actor: actorOf(asking.who),
  address: asking.address,
  subject: change.subject,
  facility_id: change.facilityId,
  before: change.before ?? null,
  after: change.after ?? null,
  why: asking.why,
  request_id: asking.requestId,
  result: change.result ?? null,
});

async function earlierLine(
  tx: Queries["drizzle"],
  organisationId: string,
  requestId: string | undefined,
): Promise<AuditLine | undefined> {
  if (requestId === undefined) return undefined;
  const [row] = await tx
    .select({ text: auditLines.text })
    .from(auditLines)
    .where(and(eq(auditLines.organisationId, organisationId), eq(auditLines.requestId, requestId)));
  return row === undefined ? undefined : AuditLine.parse(JSON.parse(row.text));
}

/** What was answered when the same was asked before; undefined when it was not. */
export async function answeredBefore(
  { drizzle }: Database,
  organisationId: string,
  action: AuditAction,
  { requestId, who }: Asking,
): Promise<Outcome<never> | undefined> {
  const line = await earlierLine(drizzle, organisationId, requestId);
  return line === undefined ? undefined : repeated(line, action, who);
}

/** Whoever asks for something else with a used id has made a mistake, and is told. */
function repeated(line: AuditLine, action: AuditAction, who: Who): Outcome<never> {
  const actor = actorOf(who);
  const isSame = line.action === action && line.actor.user_id === actor.user_id;
  if (!isSame) return { kind: "refused", why: "request-id-used" };
  return { kind: "done", subjectId: line.subject.id, result: line.result };
}
