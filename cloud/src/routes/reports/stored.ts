import { complaintsOf } from "@gatehouse/shared/contracts/problem";
import { PeriodAsked } from "@gatehouse/shared/contracts/reports/asked";
import { reportTypes, StoredReportOrder } from "@gatehouse/shared/contracts/reports/stored";
import { paperPdf } from "@gatehouse/shared/paper/paper-pdf";
import { refuse } from "@gatehouse/shared/refusal";
import type { Instant } from "@gatehouse/shared/time";
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { z } from "zod";
import { reportCsv, reportPieces, reportTitle } from "../../domain/reports/report-words.ts";
import { openDesk, type ReportDesk } from "../../store/reports/desk.ts";
import { readMetrics, recordMetrics } from "../../store/reports/metrics.ts";
import { orderReport, removeMetrics, removeReport } from "../../store/reports/orders.ts";
import { findReport, listReports, periodOf } from "../../store/reports/stored.ts";
import { type OfficeEnv, placeOf } from "../office-door.ts";
import { answerOutcome } from "../people/outcome-answer.ts";
import { orderMax, problems } from "../problems.ts";
import { readBody } from "../request-body.ts";
import { authorOf } from "./author.ts";
import { ofPeriod, paged, type ReportPorts, reportsAt } from "./asking.ts";

const text = z.string().max(200).optional();
const Asked = PeriodAsked.and(
  z.object({
    search: text,
    type: z.enum(reportTypes).optional(),
    by: text,
    cursor: z.string().max(300).optional(),
  }),
);

const stored = "/v1/facilities/:facility_id/reports/stored";

/** Reports that are kept: made, found, exported, deleted; and the metrics of past moments. */
export function storedRoutes(ports: ReportPorts): Hono<OfficeEnv> {
  const { database, clock, door } = ports;
  const { asks } = door;
  const app = new Hono<OfficeEnv>();
  const at = reportsAt(app, ports);
  const inBounds = bodyLimit({ maxSize: orderMax, onError: () => refuse(problems.tooLarge) });
  const orderingOf = (c: Context<OfficeEnv>, desk: ReportDesk) => ({
    desk,
    organisationId: placeOf(c).organisationId,
    asking: door.asking(c),
    by: authorOf(c.var.person),
  });
  const deskOf = (c: Context): Promise<ReportDesk | undefined> =>
    openDesk(database, c.req.param("facility_id") ?? "", clock.now());

  at("stored", "see-reports", Asked, async (desk, asked) => paged(await listReports(desk, asked)));
  at("metrics", "see-reports", PeriodAsked, (desk, asked) =>
    readMetrics(desk, ofPeriod(desk, asked)),
  );

  app.post(stored, asks("make-reports"), inBounds, async (c) => {
    const read = await readBody(c.req, StoredReportOrder);
    if (read.kind === "problem") return refuse(read.problem);
    const desk = await deskOf(c);
    if (desk === undefined) return refuse(problems.noFacility);
    const { request_id, report_type, title, ...days } = read.body;
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
    const report = await findReport(desk, request_id);
    return report === undefined ? refuse(problems.noSuchReport) : c.json(report, 201);
  });

  app.get(`${stored}/:report_id`, asks("see-reports"), async (c) => {
    const desk = await deskOf(c);
    if (desk === undefined) return refuse(problems.noFacility);
    const report = await findReport(desk, c.req.param("report_id"));
    if (report === undefined) return refuse(problems.noSuchReport);
    const name = `${report.report_type}-${report.period.from}`;
    switch (c.req.query("format") ?? "json") {
      case "json":
        return c.json(report);
      case "csv":
        return file(reportCsv(report.data), "text/csv; charset=utf-8", `${name}.csv`);
      case "pdf": {
        const issuedAt = Date.parse(report.created_at) as Instant;
        const pieces = reportPieces(report.title, report.data);
        const pdf = new Uint8Array(paperPdf(pieces, { title: report.title, issuedAt }));
        return file(pdf, "application/pdf", `${name}.pdf`);
      }
      default:
        return refuse({ ...problems.notUnderstood, errors: [whichFormat] });
    }
  });

  app.delete(`${stored}/:report_id`, asks("delete-reports"), async (c) => {
    const desk = await deskOf(c);
    if (desk === undefined) return refuse(problems.noFacility);
    return answerOutcome(await removeReport(orderingOf(c, desk), c.req.param("report_id")));
  });

  app.post("/v1/facilities/:facility_id/reports/metrics", asks("make-reports"), async (c) => {
    const desk = await deskOf(c);
    if (desk === undefined) return refuse(problems.noFacility);
    await recordMetrics(desk);
    return c.body(null, 204);
  });

  app.delete(
    "/v1/facilities/:facility_id/reports/metrics/:at",
    asks("delete-reports"),
    async (c) => {
      const desk = await deskOf(c);
      if (desk === undefined) return refuse(problems.noFacility);
      const moment = z.iso.datetime().safeParse(c.req.param("at"));
      if (!moment.success) return refuse(problems.noSuchReport);
      return answerOutcome(await removeMetrics(orderingOf(c, desk), moment.data));
    },
  );
  return app;
}

const bothDays = { path: "to", message: "write from and to, to not before from" };
const whichFormat = { path: "format", message: "write json, csv or pdf" };

const file = (body: string | Uint8Array<ArrayBuffer>, type: string, name: string): Response =>
  new Response(body, {
    headers: {
      "content-type": type,
      "content-disposition": `attachment; filename="${name}"`,
      "cache-control": "no-store",
    },
  });
