import { RetentionSettings } from "@gatehouse/shared/contracts/retention";
import { usualRetention } from "../../domain/retention/terms.ts";
import type { Database, Queries } from "../database.ts";
import { keepSettings, readSettings } from "../facility-settings.ts";
import { type Asking, audited, type Outcome } from "../people/audited.ts";

const topic = "retention";

/** How long a facility keeps what; the usual terms where nobody has set any. */
export async function readRetentionSettings(
  queries: Queries,
  facilityId: string,
): Promise<RetentionSettings> {
  const held = await readSettings(queries, facilityId, topic);
  return RetentionSettings.safeParse(held).data ?? usualRetention;
}

/** Sets how long a facility keeps what, audited with the terms before. */
export const orderRetention = (
  database: Database,
  { facilityId, organisationId }: { readonly facilityId: string; readonly organisationId: string },
  settings: RetentionSettings,
  asking: Asking,
): Promise<Outcome<never>> =>
  audited(database, organisationId, "retention-set", asking, async (tx) => {
    const before = await readRetentionSettings({ drizzle: tx }, facilityId);
    await keepSettings({ drizzle: tx }, { facilityId, topic, settings, now: asking.now });
    return {
      subject: { kind: "retention", id: facilityId },
      facilityId,
      before: { ...before },
      after: { ...settings },
    };
  });
