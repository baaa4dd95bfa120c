import { z } from "zod";
import { PeriodAsked } from "../reports/asked.ts";
import {
  reportTypes,
  StoredReport,
  StoredReportOrder,
  StoredReportPage,
  SystemMetricsPage,
} from "../reports/stored.ts";
import { reportRoute } from "./reports.ts";
import { takes, v1Route } from "./route.ts";

const text = z.string().max(200).optional();

/** Which kept reports; `from` and `to`: when they were made. */
const StoredAsked = PeriodAsked.and(
  z.object({
    search: text,
    type: z.enum(reportTypes).optional(),
    by: text,
    cursor: z.string().max(300).optional(),
  }),
);

const stored = "/v1/facilities/{facility_id}/reports/stored";
const metrics = "/v1/facilities/{facility_id}/reports/metrics";

export const listStoredReports = reportRoute(
  "listStoredReports",
  "stored",
  "see-reports",
  "Kept reports, the newest first.",
  { query: StoredAsked, answer: StoredReportPage },
);

export const makeStoredReport = v1Route({
  id: "makeStoredReport",
  method: "POST",
  path: stored,
  area: "Reports",
  summary: "Makes a report and keeps it; the same request_id again gives the same report.",
  access: takes("make-reports"),
  body: StoredReportOrder,
  answer: StoredReport,
  status: 201,
});

export const getStoredReport = v1Route({
  id: "getStoredReport",
  method: "GET",
  path: `${stored}/{report_id}`,
  area: "Reports",
  summary: "A kept report as it was when it was made; as JSON, CSV or PDF.",
  access: takes("see-reports"),
  query: z.object({ format: z.enum(["json", "csv", "pdf"], "write json, csv or pdf").optional() }),
  answer: StoredReport,
  files: ["text/csv", "application/pdf"],
  problems: ["no-such-report"],
});

export const deleteStoredReport = v1Route({
  id: "deleteStoredReport",
  method: "DELETE",
  path: `${stored}/{report_id}`,
  area: "Reports",
  summary: "Deletes a kept report; that it was there stays known.",
  access: takes("delete-reports"),
  answer: "nothing",
  problems: ["no-such-report"],
});

export const getMetrics = reportRoute(
  "getMetrics",
  "metrics",
  "see-reports",
  "How the facility stood at past moments, in their order.",
  { query: PeriodAsked, answer: SystemMetricsPage },
);

export const recordMetrics = v1Route({
  id: "recordMetrics",
  method: "POST",
  path: metrics,
  area: "Reports",
  summary: "Writes down how the facility stands now.",
  access: takes("make-reports"),
  answer: "nothing",
});

export const deleteMetrics = v1Route({
  id: "deleteMetrics",
  method: "DELETE",
  path: `${metrics}/{at}`,
  area: "Reports",
  summary: "Deletes how the facility stood at a moment; that it was there stays known.",
  access: takes("delete-reports"),
  answer: "nothing",
  problems: ["no-such-report"],
});
