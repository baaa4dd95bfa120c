import type { Instant } from "@gatehouse/shared/time";
import { and, eq, isNull } from "drizzle-orm";
import type { Queries } from "./database.ts";
import { alerts } from "./schema.ts";

/**
 * Closes an alert that head office has raised; the edge's own are closed at the edge. The same trouble again opens it
 * again.
 *
 * @param closing `by`: the organisation and id of whoever did, or `head-office`
 * @returns whether there was such an open alert
 */
export async function resolveAlert(
  { drizzle }: Queries,
  facilityId: string,
  alertId: string,
  { by, now }: { readonly by: string; readonly now: Instant },
): Promise<boolean> {
  const rows = await drizzle
    .update(alerts)
    .set({ resolvedAt: new Date(now), resolvedBy: by })
    .where(
      and(
        eq(alerts.facilityId, facilityId),
        eq(alerts.alertId, alertId),
        eq(alerts.source, "head-office"),
        isNull(alerts.resolvedAt),
      ),
    )
    .returning({ alertId: alerts.alertId });
  return rows.length > 0;
}
