import { isDeepStrictEqual } from "node:util";
import type { RawFigures } from "../../cloud/test/wire/raw-figures.ts";
import {
  DwellReport,
  FlowReport,
  UserAnalytics,
} from "../../shared/src/contracts/reports/analytics.ts";
import {
  ActiveSessions,
  PeakHours,
  PeakOccupancy,
  RevenueReport,
  SlotUsage,
} from "../../shared/src/contracts/reports/services.ts";

/** A facility's reports, and the same figures from its raw lines alone. */
export interface TwoSources {
  /** A report by its address below the facility's reports. */
  readonly look: (path: string) => Promise<unknown>;
  readonly raw: RawFigures;
}

/** What a report says of a figure, and what the raw lines say of it. */
export interface Difference {
  readonly figure: string;
  readonly told: unknown;
  readonly raw: unknown;
}

interface Days {
  readonly from: string;
  readonly to: string;
}

/** Where a facility's reports of its last days that are over say something else than its raw lines. */
export async function differencesOf(sources: TwoSources, days: number): Promise<Difference[]> {
  const peaks = PeakHours.parse(await sources.look(`peak-hours?days=${days}`));
  const { period } = peaks;
  const compared = [
    ...(await ofEntries(sources, peaks)),
    ...(await ofRevenue(sources, period)),
    ...(await ofSpaces(sources, period, days)),
    ...(await ofStays(sources, period)),
    ...(await ofVehicles(sources, period)),
  ];
  return compared.filter(({ told, raw }) => !isDeepStrictEqual(told, raw));
}

async function ofEntries({ look, raw }: TwoSources, peaks: PeakHours): Promise<Difference[]> {
  const { from, to } = peaks.period;
  const entries = await raw.entriesByHour(from, to);
  const ends = await raw.endsByDay(from, to);
  const flow = FlowReport.parse(await look(`flow?from=${from}&to=${to}`));
  const day = to;
  const occupancy = PeakOccupancy.parse(await look("peak-occupancy?days=1"));
  const highest = Math.max(...occupancy.hourly_breakdown.map(({ max_inside }) => max_inside));
  return [
    {
      figure: "entries by hour of the day",
      told: peaks.hourly_breakdown.filter((row) => row.entries > 0).map((row) => row.entries),
      raw: entries.map((row) => row.entries),
    },
    {
      figure: "entries and exits by day",
      told: flow.by_day.map((row) => [row.day, row.entries, row.exits]),
      raw: ends.map((row) => [row.day, row.entries, row.exits]),
    },
    { figure: `most inside on ${day}`, told: highest, raw: await raw.peakOf(day) },
  ];
}

async function ofRevenue({ look, raw }: TwoSources, { from, to }: Days): Promise<Difference[]> {
  const report = RevenueReport.parse(await look(`revenue?from=${from}&to=${to}`));
  const takings = await raw.takings(from, to);
  const back = await raw.givenBack(from, to);
  const total = takings.reduce((sum, { minor }) => sum + minor, 0);
  return [
    {
      figure: "revenue by method",
      told: report.by_payment_method.map((row) => [
        row.payment_method,
        row.amount_minor,
        row.count,
      ]),
      raw: takings.map((row) => [row.method, row.minor, row.count]),
    },
    { figure: "revenue", told: report.total_revenue_minor, raw: total },
    {
      figure: "revenue by zone, together",
      told: report.by_zone.reduce((sum, row) => sum + row.revenue_minor, 0),
      raw: total,
    },
    {
      figure: "revenue by day",
      told: report.by_day
        .filter((row) => row.transaction_count > 0)
        .map((row) => [row.day, row.revenue_minor]),
      raw: (await raw.takingsByDay(from, to)).map((row) => [row.day, row.minor]),
    },
    {
      figure: "given back",
      told: [
        report.given_back.refunded_minor,
        report.given_back.reversed_minor,
        report.given_back.charged_back_minor,
      ],
      raw: ["refund-changed", "payment-reversed", "payment-disputed"].map(
        (type) => back[type] ?? 0,
      ),
    },
  ];
}

async function ofSpaces(
  { look, raw }: TwoSources,
  { from, to }: Days,
  days: number,
): Promise<Difference[]> {
  const occupancy = PeakOccupancy.parse(await look(`peak-occupancy?days=${days}`));
  const { slots } = SlotUsage.parse(await look(`slots?from=${from}&to=${to}`));
  const byHour = await raw.occupied(from, to);
  const byName = (a: readonly unknown[], b: readonly unknown[]): number =>
    String(a[0]) < String(b[0]) ? -1 : 1;
  return [
    {
      figure: "occupied share by hour of the day",
      told: occupancy.hourly_breakdown
        .filter((row) => row.hours_observed > 0)
        .map((row) => [row.hour, row.avg_occupancy]),
      raw: byHour.map((row) => [
        row.hour,
        Math.round((10_000 * row.occupied) / row.seconds) / 10_000,
      ]),
    },
    {
      figure: "seconds occupied of each space",
      told: slots
        .filter((slot) => slot.occupied_seconds > 0)
        .map((slot) => [slot.slot_id, slot.occupied_seconds])
        .toSorted(byName),
      raw: (await raw.spaces(from, to))
        .filter((row) => row.occupied > 0)
        .map((row) => [row.space_id, row.occupied])
        .toSorted(byName),
    },
    {
      figure: "stays in each space",
      told: slots
        .filter((slot) => slot.total_sessions > 0)
        .map((slot) => [slot.slot_id, slot.total_sessions])
        .toSorted(byName),
      raw: (await raw.stays(from, to)).map((row) => [row.space_id, row.stays]).toSorted(byName),
    },
  ];
}

async function ofStays({ look, raw }: TwoSources, { from, to }: Days): Promise<Difference[]> {
  const dwell = DwellReport.parse(await look(`dwell?from=${from}&to=${to}`));
  const told = [dwell.vehicles, dwell.average_dwell_seconds, dwell.median_dwell_seconds];
  const lengths = await raw.lengths(from, to);
  return [
    {
      figure: "lengths of stays: how many, mean, median",
      told,
      raw: [lengths.vehicles, lengths.mean, lengths.median],
    },
  ];
}

async function ofVehicles({ look, raw }: TwoSources, { from, to }: Days): Promise<Difference[]> {
  const users = UserAnalytics.parse(await look(`users?from=${from}&to=${to}`));
  const active = ActiveSessions.parse(await look("sessions/active?limit=1"));
  const told = await raw.vehicles(from, to);
  return [
    {
      figure: "visits, vehicles, vehicles that are new",
      told: [users.visits, users.vehicles, users.new_vehicles],
      raw: [told.visits, told.vehicles, told.fresh],
    },
    { figure: "vehicles inside", told: active.active_sessions, raw: (await raw.inside()).length },
  ];
}
