import type { Period } from "@gatehouse/shared/contracts/reports/report";
import { groupBy, sumBy } from "../../domain/reports/revenue.ts";
import { type ReportDesk, shareOf } from "./desk.ts";
import type { OutcomeTables } from "./outcome-table.ts";
import { readObservedSeconds, readSpaceUse } from "./slots.ts";
import { readZoneSeconds } from "./takings.ts";

/** So many spaces of each zone are named. */
const leastShown = 5;

/** The outcomes that are about spaces. */
export async function spaceTables(desk: ReportDesk, period: Period): Promise<OutcomeTables> {
  const [zones, spaces, observed] = await Promise.all([
    readZoneSeconds(desk, period),
    readSpaceUse(desk, period),
    readObservedSeconds(desk, period),
  ]);
  const whole = shareOf(
    sumBy(zones, ({ occupied_s }) => occupied_s),
    sumBy(zones, ({ space_s }) => space_s),
  );
  const byZone = groupBy(spaces, ({ zone_id }) => zone_id ?? "");
  return {
    "space-allocation": {
      columns: ["zone", "utilization", "against_the_whole"],
      rows: zones.map(({ zone_id, occupied_s, space_s }) => {
        const rate = shareOf(occupied_s, space_s);
        return [desk.zoneName(zone_id), rate, Math.round(10_000 * (rate - whole)) / 10_000];
      }),
    },
    "layout-optimisation": {
      columns: ["zone", "space", "utilization", "zone_mean"],
      rows: [...byZone].flatMap(([zone, rows]) => {
        const mean = shareOf(
          sumBy(rows, ({ occupied_s }) => occupied_s),
          observed * rows.length,
        );
        return rows
          .toSorted((a, b) => a.occupied_s - b.occupied_s)
          .slice(0, leastShown)
          .map(({ space_id, occupied_s }) => [
            desk.zoneName(zone),
            space_id,
            shareOf(occupied_s, observed),
            mean,
          ]);
      }),
    },
  };
}
