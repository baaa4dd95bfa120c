import type { Asking, Outcome } from "../people/audited.ts";
import { audited } from "../people/audited.ts";
import type { ReportDesk } from "./desk.ts";
import { deleteMetrics } from "./metrics.ts";
import { deleteReport, draftReport, keepReport, type ReportOrder } from "./stored.ts";

/** What a person asks for at a facility, and what its audit keeps. */
interface Ordering {
  readonly desk: ReportDesk;
  readonly organisationId: string;
  readonly asking: Asking;
  /** As it is written beside the report. */
  readonly by: string;
}

/** Makes a report and keeps it, audited. */
export async function orderReport(
  { desk, organisationId, asking, by }: Ordering,
  order: Omit<ReportOrder, "by" | "isScheduled">,
): Promise<Outcome<"request-id-used">> {
  const data = await draftReport(desk, order.period);
  const { facilityId } = desk;
  const known = { ...asking, requestId: order.reportId };
  return audited(desk.database, organisationId, "report-made", known, async (tx) => {
    const whole = { ...order, by, isScheduled: false };
    if (!(await keepReport({ drizzle: tx }, desk, whole, data)))
      return { refused: "request-id-used" };
    const { title, type, period } = order;
    const after = { title, type, from: period.from, to: period.to };
    return {
      subject: { kind: "report", id: `${facilityId}/${order.reportId}` },
      facilityId,
      after,
    };
  });
}

/** Takes a report out of sight, audited. */
export function removeReport(
  { desk, organisationId, asking, by }: Ordering,
  reportId: string,
): Promise<Outcome<"no-such-report">> {
  const { facilityId } = desk;
  return audited(desk.database, organisationId, "report-deleted", asking, async (tx) => {
    const title = await deleteReport({ drizzle: tx }, desk, reportId, by);
    if (title === undefined) return { refused: "no-such-report" };
    const subject = { kind: "report", id: `${facilityId}/${reportId}` };
    return { subject, facilityId, before: { title } };
  });
}

/** Takes the metrics of a moment out of sight, audited. */
export function removeMetrics(
  { desk, organisationId, asking, by }: Ordering,
  at: string,
): Promise<Outcome<"no-such-report">> {
  const { facilityId } = desk;
  return audited(desk.database, organisationId, "metrics-deleted", asking, async (tx) => {
    if (!(await deleteMetrics({ drizzle: tx }, desk, at, by))) return { refused: "no-such-report" };
    return { subject: { kind: "metrics", id: `${facilityId}/${at}` }, facilityId };
  });
}
