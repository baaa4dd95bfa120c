import type { DirectiveOrder } from "@gatehouse/shared/contracts/office";
import type { Who } from "../../domain/people/person.ts";
import { resolveAlert } from "../alerts.ts";
import type { Database } from "../database.ts";
import { issueDirectives } from "../directives.ts";
import { registerOrder } from "../rules/register-order.ts";
import { audited, type Asking, type Outcome } from "./audited.ts";

interface AtFacility {
  readonly facilityId: string;
  readonly organisationId: string;
}

/** Gives a facility its next directive, audited; the result is its number. */
export function orderDirective(
  database: Database,
  { facilityId, organisationId }: AtFacility,
  order: DirectiveOrder,
  asking: Asking,
): Promise<Outcome<"no-such-facility">> {
  return audited(database, organisationId, "directive-issued", asking, async (tx) => {
    const number = await issueDirectives({ drizzle: tx }, facilityId, [order], asking.now);
    if (number === undefined) return { refused: "no-such-facility" };
    await registerOrder({ drizzle: tx }, facilityId, order, number, asking);
    const subject = { kind: "directive", id: `${facilityId}/${number}` };
    // The directive itself is kept whole beside, and never changed.
    return { subject, facilityId, after: { kind: order.kind, number }, result: { number } };
  });
}

/** Closes an alert that head office has raised, audited. */
export function closeAlert(
  database: Database,
  { facilityId, organisationId }: AtFacility,
  alertId: string,
  asking: Asking,
): Promise<Outcome<"no-such-alert">> {
  return audited(database, organisationId, "alert-closed", asking, async (tx) => {
    const closed = await resolveAlert({ drizzle: tx }, facilityId, alertId, {
      by: closerOf(asking.who),
      now: asking.now,
    });
    if (!closed) return { refused: "no-such-alert" };
    return { subject: { kind: "alert", id: `${facilityId}/${alertId}` }, facilityId };
  });
}

const closerOf = (who: Who): string =>
  who.kind === "office-token" ? "head-office" : `${who.organisationId}/${who.userId}`;
