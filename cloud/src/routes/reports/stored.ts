import { complaintsOf } from "@gatehouse/shared/contracts/problem";
import { PeriodAsked } from "@gatehouse/shared/contracts/reports/asked";
import {
  deleteMetrics,
  deleteStoredReport,
  getMetrics,
  getStoredReport,
  listStoredReports,
  makeStoredReport,
  recordMetrics as recordMetricsRoute,
} from "@gatehouse/shared/contracts/v1/stored-reports";
import { paperPdf } from "@gatehouse/shared/paper/paper-pdf";
import { refuse } from "@gatehouse/shared/refusal";
import type { Instant } from "@gatehouse/shared/time";
import { type Context, Hono } from "hono";
import { z } from "zod";
import { reportCsv, reportPieces, reportTitle } from "../../domain/reports/report-words.ts";
import type { ReportDesk } from "../../store/reports/desk.ts";
import { readMetrics, recordMetrics } from "../../store/reports/metrics.ts";
import { orderReport, removeMetrics, removeReport } from "../../store/reports/orders.ts";
import { findReport, listReports, periodOf } from "../../store/reports/stored.ts";
import { type OfficeEnv, placeOf } from "../office-door.ts";
import { answerOutcome } from "../people/outcome-answer.ts";
import { problems } from "../problems.ts";
import { authorOf } from "./author.ts";
import { ofPeriod, paged, type ReportPorts, reportsAt } from "./asking.ts";

/** Reports that are kept: made, found, exported, deleted; and the metrics of past moments. */
export function storedRoutes(ports: ReportPorts): Hono<OfficeEnv> {
  const { door } = ports;
  const app = new Hono<OfficeEnv>();
  const at = reportsAt(app, ports);
  const orderingOf = (c: Context<OfficeEnv>, desk: ReportDesk) => ({
    desk,
    organisationId: placeOf(c).organisationId,
    asking: door.asking(c),
    by: authorOf(c.var.person),
  });

  at(listStoredReports, async (desk, asked) => paged(await listReports(desk, asked)));
  at(getMetrics, (desk, asked) => readMetrics(desk, ofPeriod(desk, asked)));

  at(makeStoredReport, async (desk, _, { c, body }) => {
    const { request_id, report_type, title, ...days } = body;
    const period = periodOf(desk, report_type, days);
    const asked = PeriodAsked.safeParse(period);
    if (period === undefined) return refuse({ ...problems.notUnderstood, errors: [bothDays] });
    if (!asked.success)
      return refuse({ ...problems.notUnderstood, errors: complaintsOf(asked.error) });
    const made = await orderReport(orderingOf(c, desk), {
      reportId: request_id,
      type: report_type,
      title: title ?? reportTitle(report_type, desk.about.facility_name, period),
      period,
    });
    if (made.kind === "refused") return answerOutcome(made);
    return (await findReport(desk, request_id)) ?? refuse(problems.noSuchReport);
  });

  at(getStoredReport, async (desk, { format = "json" }, { params }) => {
    const report = await findReport(desk, params.report_id);
    if (report === undefined) return refuse(problems.noSuchReport);
    const name = `${report.report_type}-${report.period.from}`;
    switch (format) {
      case "json":
        return report;
      case "csv":
        return file(reportCsv(report.data), "text/csv; charset=utf-8", `${name}.csv`);
      case "pdf": {
        const issuedAt = Date.parse(report.created_at) as Instant;
        const pieces = reportPieces(report.title, report.data);
        const pdf = new Uint8Array(paperPdf(pieces, { title: report.title, issuedAt }));
        return file(pdf, "application/pdf", `${name}.pdf`);
      }
      default:
        return format satisfies never;
    }
  });

  at(deleteStoredReport, async (desk, _, { c, params }) =>
    answerOutcome(await removeReport(orderingOf(c, desk), params.report_id)),
  );

  at(recordMetricsRoute, async (desk) => {
    await recordMetrics(desk);
    return undefined;
  });

  at(deleteMetrics, async (desk, _, { c, params }) => {
    const moment = z.iso.datetime().safeParse(params.at);
    if (!moment.success) return refuse(problems.noSuchReport);
    return answerOutcome(await removeMetrics(orderingOf(c, desk), moment.data));
  });
  return app;
}

const bothDays = { path: "to", message: "write from and to, to not before from" };

const file = (body: string | Uint8Array<ArrayBuffer>, type: string, name: string): Response =>
  new Response(body, {
    headers: { "content-type": type, "content-disposition": `attachment; filename="${name}"` },
  });
