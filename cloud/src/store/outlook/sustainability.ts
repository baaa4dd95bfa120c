import type { Period } from "@gatehouse/shared/contracts/reports/report";
import {
  SearchTimeSettings,
  type SustainabilityReport,
} from "@gatehouse/shared/contracts/reports/sustainability";
import { sumBy } from "../../domain/reports/revenue.ts";
import { savedBySearch, usualSearchTime } from "../../domain/search-time.ts";
import type { Database } from "../database.ts";
import { keepSettings, readSettings } from "../facility-settings.ts";
import { type Asking, audited, type Outcome } from "../people/audited.ts";
import type { ReportDesk } from "../reports/desk.ts";
import { readFlowDays } from "../reports/observed.ts";
import { readSpaceUse } from "../reports/slots.ts";

const topic = "search-time";

/** What a shorter search saved on some days. */
export async function readSustainability(
  desk: ReportDesk,
  period: Period,
): Promise<SustainabilityReport> {
  const [held, flow, spaces] = await Promise.all([
    readSettings(desk.database, desk.facilityId, topic),
    readFlowDays(desk, period),
    readSpaceUse(desk, period),
  ]);
  const settings = SearchTimeSettings.safeParse(held).data ?? usualSearchTime;
  const measured = sumBy(flow, (row) => row.measured);
  const stays = sumBy(spaces, (row) => row.stays);
  const vehicles = sumBy(flow, ({ entries }) => entries);
  const told = { about: desk.about, period, settings, vehicles };
  if (measured === 0 || stays === 0) {
    const why_none = measured === 0 ? "no-stays" : "no-sensors";
    return { ...told, way_seconds: null, why_none, saved: null };
  }
  const between = sumBy(flow, ({ stayed_s }) => stayed_s) / measured;
  const standing = sumBy(spaces, ({ stayed_s }) => stayed_s) / stays;
  const way = Math.max(0, Math.round(between - standing));
  return {
    ...told,
    way_seconds: way,
    why_none: null,
    saved: savedBySearch(settings, way, vehicles),
  };
}

/** Sets what is assumed, audited. */
export const orderSearchTime = (
  database: Database,
  { facilityId, organisationId }: { readonly facilityId: string; readonly organisationId: string },
  settings: SearchTimeSettings,
  asking: Asking,
): Promise<Outcome<never>> =>
  audited(database, organisationId, "search-time-set", asking, async (tx) => {
    const held = await readSettings({ drizzle: tx }, facilityId, topic);
    await keepSettings({ drizzle: tx }, { facilityId, topic, settings, now: asking.now });
    return {
      subject: { kind: "search-time", id: facilityId },
      facilityId,
      before: { ...(SearchTimeSettings.safeParse(held).data ?? usualSearchTime) },
      after: { ...settings },
    };
  });
