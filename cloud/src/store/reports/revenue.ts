import type { Period } from "@gatehouse/shared/contracts/reports/report";
import type { RevenueReport } from "@gatehouse/shared/contracts/reports/services";
import {
  givenBack,
  groupBy,
  isRevenue,
  revenueByZone,
  sumBy,
} from "../../domain/reports/revenue.ts";
import { type ReportDesk, reportAddress } from "./desk.ts";
import { readTakingRows, readZoneSeconds, type TakingRow } from "./takings.ts";

/** Takings of some days by method, zone and day, and what went back on them. */
export async function readRevenueReport(desk: ReportDesk, period: Period): Promise<RevenueReport> {
  const [all, zones] = await Promise.all([
    readTakingRows(desk, period),
    readZoneSeconds(desk, period),
  ]);
  const rows = all.filter(isRevenue);
  const total = sumBy(rows, ({ taken_minor }) => taken_minor);
  const count = sumBy(rows, ({ payments }) => payments);
  const sum = (name: keyof TakingRow): number => sumBy(rows, (row) => Number(row[name]));
  const link = (query: Record<string, string>): string =>
    reportAddress(desk, "payment-list", { ...period, ...query });
  return {
    about: desk.about,
    period,
    total_revenue: desk.decimal(total),
    total_revenue_minor: total,
    net_revenue_minor: total - givenBack(rows),
    given_back: {
      refunds: sum("refunds"),
      refunded_minor: sum("refunded_minor"),
      reversals: sum("reversals"),
      reversed_minor: sum("reversed_minor"),
      charge_backs: sum("charge_backs"),
      charged_back_minor: sum("charged_back_minor"),
    },
    by_payment_method: byMethod(desk, rows),
    not_revenue: [
      ...groupBy(
        all.filter((row) => !isRevenue(row)),
        ({ purpose }) => purpose,
      ),
    ].flatMap(([purpose, some]) => byMethod(desk, some).map((row) => ({ purpose, ...row }))),
    by_zone: zonesOf(desk, rows, zones),
    by_day: [...groupBy(rows, ({ day }) => day)]
      .map(([day, some]) => ({
        day,
        revenue_minor: sumBy(some, ({ taken_minor }) => taken_minor),
        transaction_count: sumBy(some, ({ payments }) => payments),
        given_back_minor: givenBack(some),
      }))
      .toSorted((a, b) => (a.day < b.day ? -1 : 1)),
    transaction_count: count,
    opens: {
      total_revenue: link({ by: "captured" }),
      refunded_minor: link({ by: "refunded" }),
      reversed_minor: link({ by: "reversed" }),
      charged_back_minor: link({ by: "charged-back" }),
    },
  };
}

/** The way that took most first; without those that took nothing. */
export function byMethod(
  desk: ReportDesk,
  rows: readonly TakingRow[],
): RevenueReport["by_payment_method"] {
  return [...groupBy(rows, ({ method }) => method)]
    .map(([method, some]) => {
      const minor = sumBy(some, ({ taken_minor }) => taken_minor);
      return {
        payment_method: method === "" ? "unknown" : method,
        amount: desk.decimal(minor),
        amount_minor: minor,
        count: sumBy(some, ({ payments }) => payments),
      };
    })
    .filter(({ count }) => count > 0)
    .toSorted(
      (a, b) => b.amount_minor - a.amount_minor || (a.payment_method < b.payment_method ? -1 : 1),
    );
}

function zonesOf(
  desk: ReportDesk,
  rows: readonly TakingRow[],
  seconds: readonly { readonly zone_id: string; readonly occupied_s: number }[],
): RevenueReport["by_zone"] {
  const occupied = new Map(desk.layout.zones.map(({ zone_id }) => [zone_id, 0]));
  for (const { zone_id, occupied_s } of seconds) occupied.set(zone_id, occupied_s);
  const takenBy = (some: readonly TakingRow[], key: (row: TakingRow) => string) =>
    new Map(
      [...groupBy(some, key)].map(([name, each]) => [
        name,
        sumBy(each, ({ taken_minor }) => taken_minor),
      ]),
    );
  const stood = rows.filter(({ zone_id }) => zone_id !== "");
  const elsewhere = rows.filter(({ zone_id }) => zone_id === "");
  const taken = {
    ofZone: takenBy(stood, ({ zone_id }) => zone_id),
    ofLane: takenBy(elsewhere, ({ lane_id }) => lane_id),
  };
  return revenueByZone(taken, desk.zoneOfLane, occupied).map(({ zoneId, measured, shared }) => {
    const name = zoneId === null ? desk.about.facility_name : desk.zoneName(zoneId);
    return {
      zone_id: zoneId,
      zone_name: name,
      slot__zone__name: name,
      revenue: desk.decimal(measured + shared),
      revenue_minor: measured + shared,
      measured_minor: measured,
      shared_minor: shared,
    };
  });
}
