import type { Period } from "@gatehouse/shared/contracts/reports/report";
import {
  StoredReportData,
  type StoredReport,
  type StoredReportHead,
  type StoredReportPage,
  type ReportType,
} from "@gatehouse/shared/contracts/reports/stored";
import { and, eq, isNull } from "drizzle-orm";
import { reportSummary } from "../../domain/reports/report-words.ts";
import type { Queries } from "../database.ts";
import { isoOfDate } from "../moments.ts";
import { analyticsReports } from "../stored-schema.ts";
import { beginOf, daysOver, endOf, type ReportDesk, shiftDay } from "./desk.ts";
import { readKeyFigures } from "./figures.ts";
import { Conditions, readPage } from "./keyset.ts";
import { readPeakHoursOf } from "./peaks.ts";
import { readRevenueReport } from "./revenue.ts";
import { readDwell, readFlow } from "./use.ts";

/** A report before it is made. */
export interface ReportOrder {
  readonly reportId: string;
  readonly type: ReportType;
  readonly title: string;
  readonly period: Period;
  readonly by: string;
  readonly isScheduled: boolean;
}

interface Row {
  readonly report_id: string;
  readonly report_type: ReportType;
  readonly title: string;
  readonly from_day: string;
  readonly to_day: string;
  readonly data: unknown;
  readonly generated_by: string;
  readonly generated_by_name: string | null;
  readonly is_scheduled: boolean;
  readonly created_at: Date;
}

const authorName = `(select first_name || ' ' || last_name from users
  where user_id = generated_by limit 1)`;

const columns = `report_id, report_type, title, to_char(from_day, 'YYYY-MM-DD') as from_day,
  to_char(to_day, 'YYYY-MM-DD') as to_day, data, generated_by, ${authorName} as generated_by_name,
  is_scheduled, created_at`;

/** What a report says, computed now. */
export async function draftReport(desk: ReportDesk, period: Period): Promise<StoredReportData> {
  const [revenue, flow, dwell, peaks, key] = await Promise.all([
    readRevenueReport(desk, period),
    readFlow(desk, period),
    readDwell(desk, period),
    readPeakHoursOf(desk, period),
    readKeyFigures(desk, period),
  ]);
  const peak_hours = peaks.hourly_breakdown;
  return { period, revenue, flow, dwell, peak_hours, figures: key.figures };
}

/**
 * Keeps a report. One that is there already under its id, or that another process has made by the same calendar,
 * stays as it is.
 *
 * @returns whether it is kept now that was not before
 */
export async function keepReport(
  { drizzle }: Queries,
  desk: ReportDesk,
  order: ReportOrder,
  data: StoredReportData,
): Promise<boolean> {
  const { reportId, type, title, period, by, isScheduled } = order;
  const kept = await drizzle
    .insert(analyticsReports)
    .values({
      facilityId: desk.facilityId,
      reportId,
      reportType: type,
      title,
      fromDay: period.from,
      toDay: period.to,
      data,
      generatedBy: by,
      isScheduled,
      createdAt: new Date(desk.now),
    })
    .onConflictDoNothing()
    .returning({ reportId: analyticsReports.reportId });
  return kept.length === 1;
}

/** @returns undefined where there is none, or it was deleted */
export async function findReport(
  desk: ReportDesk,
  reportId: string,
): Promise<StoredReport | undefined> {
  const { rows } = await desk.database.pool.query<Row>({
    name: "report-find",
    text: `select ${columns} from analytics_reports
       where facility_id = $1 and report_id = $2 and deleted_at is null`,
    values: [desk.facilityId, reportId],
  });
  const [row] = rows;
  if (row === undefined) return undefined;
  return { ...headOf(row), about: desk.about, data: StoredReportData.parse(row.data) };
}

function headOf(row: Row): StoredReportHead {
  const { revenue, flow, ...data } = StoredReportData.parse(row.data);
  return {
    id: row.report_id,
    report_type: row.report_type,
    title: row.title,
    period: { from: row.from_day, to: row.to_day },
    generated_by: row.generated_by,
    generated_by_name: row.generated_by_name,
    scheduled: row.is_scheduled,
    created_at: isoOfDate(row.created_at),
    summary: reportSummary({ revenue, flow, ...data }),
    totals: {
      revenue_minor: revenue.total_revenue_minor,
      payments: revenue.transaction_count,
      entries: flow.entries,
      exits: flow.exits,
    },
  };
}

/** What is asked of the list of reports. */
export interface ReportsAsked {
  readonly search?: string | undefined;
  readonly type?: ReportType | undefined;
  readonly by?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit?: number | undefined;
}

const pageSize = 50;

/** The reports that are kept, the newest first. @returns undefined where the cursor is none of ours */
export async function listReports(
  desk: ReportDesk,
  asked: ReportsAsked,
): Promise<StoredReportPage | undefined> {
  const where = new Conditions(desk.facilityId, desk.timezone)
    .fix("facility_id = $1 and $2::text is not null and deleted_at is null")
    .add(
      "(strpos(lower(title), lower(?)) > 0 or strpos(lower(data::text), lower(?)) > 0)",
      asked.search,
    )
    .add("report_type = ?", asked.type)
    .add("generated_by = ?", asked.by)
    .add(`created_at >= ${beginOf("?", "$2")}`, asked.from)
    .add(`created_at < ${endOf("?", "$2")}`, asked.to);
  const [at, id, order] = ["created_at", "report_id", "desc"] as const;
  const [page, authors, months] = await Promise.all([
    readPage<Row>(
      desk.database,
      { columns, table: "analytics_reports", where, at, id, order },
      { cursor: asked.cursor, limit: asked.limit ?? pageSize },
    ),
    readAuthors(desk),
    readMonths(desk),
  ]);
  if (page === undefined) return undefined;
  const reports = page.rows.map(headOf);
  return { about: desk.about, reports, authors, months, next_cursor: page.nextCursor };
}

async function readAuthors(desk: ReportDesk): Promise<StoredReportPage["authors"]> {
  const { rows } = await desk.database.pool.query<StoredReportPage["authors"][number]>({
    name: "report-authors",
    text: `select generated_by, ${authorName} as name, count(*) as reports from analytics_reports
       where facility_id = $1 and deleted_at is null group by generated_by order by 3 desc, 1`,
    values: [desk.facilityId],
  });
  return rows;
}

async function readMonths(desk: ReportDesk): Promise<StoredReportPage["months"]> {
  const { rows } = await desk.database.pool.query<StoredReportPage["months"][number]>({
    name: "report-months",
    text: `select to_char(created_at at time zone $2, 'YYYY-MM') as month, count(*) as reports
       from analytics_reports where facility_id = $1 and deleted_at is null
       group by 1 order by 1 desc`,
    values: [desk.facilityId, desk.timezone],
  });
  return rows;
}

/**
 * Takes one out of sight: what it said goes, that it was there and who deleted it stays.
 *
 * @returns its title; undefined where there is none
 */
export async function deleteReport(
  { drizzle }: Queries,
  desk: ReportDesk,
  reportId: string,
  by: string,
): Promise<string | undefined> {
  const [gone] = await drizzle
    .update(analyticsReports)
    .set({ deletedAt: new Date(desk.now), deletedBy: by, data: null })
    .where(
      and(
        eq(analyticsReports.facilityId, desk.facilityId),
        eq(analyticsReports.reportId, reportId),
        isNull(analyticsReports.deletedAt),
      ),
    )
    .returning({ title: analyticsReports.title });
  return gone?.title;
}

/** Days of a report that names its kind alone, or only one end: those that are over. */
export function periodOf(
  desk: ReportDesk,
  type: ReportType,
  { from, to }: { readonly from?: string | undefined; readonly to?: string | undefined },
): Period | undefined {
  const lengths = { daily: 1, weekly: 7, monthly: 30 } as const;
  if (type === "custom")
    return from === undefined || to === undefined || to < from ? undefined : { from, to };
  const days = lengths[type];
  if (to === undefined && from === undefined) return daysOver(desk, days);
  const last = to ?? shiftDay(from ?? "", days - 1);
  return { from: shiftDay(last, 1 - days), to: last };
}
