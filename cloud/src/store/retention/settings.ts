import { RetentionSettings } from "@gatehouse/shared/contracts/retention";
import { and, eq } from "drizzle-orm";
import { usualRetention } from "../../domain/retention/terms.ts";
import type { Database, Queries } from "../database.ts";
import { facilitySettings } from "../outlook-schema.ts";
import { type Asking, audited, type Outcome } from "../people/audited.ts";

const topic = "retention";

/** How long a facility keeps what; the usual terms where nobody has set any. */
export async function readRetentionSettings(
  { drizzle }: Queries,
  facilityId: string,
): Promise<RetentionSettings> {
  const [row] = await drizzle
    .select({ settings: facilitySettings.settings })
    .from(facilitySettings)
    .where(and(eq(facilitySettings.facilityId, facilityId), eq(facilitySettings.topic, topic)));
  return RetentionSettings.safeParse(row?.settings).data ?? usualRetention;
}

/** Sets how long a facility keeps what, audited with the terms before. */
export function orderRetention(
  database: Database,
  { facilityId, organisationId }: { readonly facilityId: string; readonly organisationId: string },
  settings: RetentionSettings,
  asking: Asking,
): Promise<Outcome<never>> {
  return audited(database, organisationId, "retention-set", asking, async (tx) => {
    const before = await readRetentionSettings({ drizzle: tx }, facilityId);
    const row = { settings, changedAt: new Date(asking.now) };
    await tx
      .insert(facilitySettings)
      .values({ facilityId, topic, ...row })
      .onConflictDoUpdate({
        target: [facilitySettings.facilityId, facilitySettings.topic],
        set: row,
      });
    return {
      subject: { kind: "retention", id: facilityId },
      facilityId,
      before: { ...before },
      after: { ...settings },
    };
  });
}
