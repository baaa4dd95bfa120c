import type { Instant } from "@gatehouse/shared/time";
import { and, eq } from "drizzle-orm";
import type { Queries } from "./database.ts";
import { facilitySettings } from "./outlook-schema.ts";

/** What a facility has set about a topic; undefined where it has set nothing. Its contract is the topic's. */
export async function readSettings(
  { drizzle }: Queries,
  facilityId: string,
  topic: string,
): Promise<unknown> {
  const [row] = await drizzle
    .select({ settings: facilitySettings.settings })
    .from(facilitySettings)
    .where(and(eq(facilitySettings.facilityId, facilityId), eq(facilitySettings.topic, topic)));
  return row?.settings;
}

/** Keeps what a facility has set about a topic, in the place of what it had set before. */
export async function keepSettings(
  { drizzle }: Queries,
  told: {
    readonly facilityId: string;
    readonly topic: string;
    readonly settings: object;
    readonly now: Instant;
  },
): Promise<void> {
  const { facilityId, topic, settings, now } = told;
  const row = { settings, changedAt: new Date(now) };
  await drizzle
    .insert(facilitySettings)
    .values({ facilityId, topic, ...row })
    .onConflictDoUpdate({
      target: [facilitySettings.facilityId, facilitySettings.topic],
      set: row,
    });
}
