import { and, eq, isNull } from "drizzle-orm";
import type { Database } from "../database.ts";
import { audited, type Asking, type Outcome } from "../people/audited.ts";
import { alerts } from "../schema.ts";

/**
 * Somebody at head office looks after an alert; the facility's own word about it stays as it is. Whoever says so later
 * takes it over.
 */
export function acknowledgeAlert(
  database: Database,
  { facilityId, organisationId }: { readonly facilityId: string; readonly organisationId: string },
  alertId: string,
  { by, note }: { readonly by: string; readonly note: string | undefined },
  asking: Asking,
): Promise<Outcome<"no-such-alert">> {
  return audited(database, organisationId, "alert-acknowledged", asking, async (tx) => {
    const rows = await tx
      .update(alerts)
      .set({
        officeAckAt: new Date(asking.now),
        officeAckBy: by,
        officeAckNote: note === undefined || note === "" ? null : note,
      })
      .where(
        and(
          eq(alerts.facilityId, facilityId),
          eq(alerts.alertId, alertId),
          isNull(alerts.resolvedAt),
        ),
      )
      .returning({ type: alerts.alertType });
    if (rows.length === 0) return { refused: "no-such-alert" };
    const subject = { kind: "alert", id: `${facilityId}/${alertId}` };
    return { subject, facilityId, after: { type: rows[0]?.type ?? null, note: note ?? null } };
  });
}
