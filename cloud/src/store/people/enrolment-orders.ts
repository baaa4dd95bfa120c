import type { Instant } from "@gatehouse/shared/time";
import type { Database, Tx } from "../database.ts";
import { addFacility, keepCode, type NewFacility, revokeToken, tokenState } from "../enrolment.ts";
import { audited, type Asking, type Outcome } from "./audited.ts";

interface AtFacility {
  readonly facilityId: string;
  readonly organisationId: string;
}

/** A code that a box joins with; only its hash is kept. */
export interface CodeOrdered {
  readonly requestId: string;
  readonly expiresAt: Instant;
  readonly code: string;
}

/** Makes a facility known in an organisation, and a code with which its box joins; both are audited. */
export function enrolFacility(
  database: Database,
  facility: NewFacility,
  ordered: CodeOrdered,
  asking: Asking,
): Promise<Outcome<"no-such-facility" | "code-used">> {
  const { facilityId, organisationId, name, timezone } = facility;
  return audited(database, organisationId, "facility-enrolled", asking, async (tx) => {
    await addFacility({ drizzle: tx }, facility, asking.now);
    const refused = await codeIn(tx, facilityId, ordered, asking.now);
    if (refused !== undefined) return { refused };
    return {
      subject: { kind: "facility", id: facilityId },
      facilityId,
      after: { name, timezone, organisation_id: organisationId },
    };
  });
}

/** Makes another code for a facility that is known, audited. */
export function orderCode(
  database: Database,
  { facilityId, organisationId }: AtFacility,
  ordered: CodeOrdered,
  asking: Asking,
): Promise<Outcome<"no-such-facility" | "code-used">> {
  return audited(database, organisationId, "enrolment-code-made", asking, async (tx) => {
    const refused = await codeIn(tx, facilityId, ordered, asking.now);
    if (refused !== undefined) return { refused };
    const after = { expires_at: new Date(ordered.expiresAt).toISOString() };
    return { subject: { kind: "facility", id: facilityId }, facilityId, after };
  });
}

/** Ends a token of a facility at once, audited; one that has ended stays as it is. @param beginning of its SHA-256 */
export async function endFacilityToken(
  database: Database,
  { facilityId, organisationId }: AtFacility,
  beginning: string,
  asking: Asking,
): Promise<Outcome<"no-such-token">> {
  const subject = { kind: "facility-token", id: `${facilityId}/${beginning}` };
  const state = await tokenState(database, facilityId, beginning);
  if (state === undefined) return { kind: "refused", why: "no-such-token" };
  if (state === "revoked") return { kind: "done", subjectId: subject.id, result: null };
  return audited(database, organisationId, "facility-token-revoked", asking, async (tx) => {
    await revokeToken({ drizzle: tx }, facilityId, beginning, asking.now);
    return { subject, facilityId };
  });
}

async function codeIn(
  tx: Tx,
  facilityId: string,
  { requestId, ...ordered }: CodeOrdered,
  now: Instant,
): Promise<"no-such-facility" | "code-used" | undefined> {
  const kept = await keepCode({ drizzle: tx }, facilityId, requestId, { ...ordered, now });
  if (kept === undefined) return "no-such-facility";
  return kept === "used" ? "code-used" : undefined;
}
