import type { PaymentsAsked } from "@gatehouse/shared/contracts/reports/asked";
import type { Period } from "@gatehouse/shared/contracts/reports/report";
import type {
  PaymentAnalytics,
  PaymentPage,
  PaymentRow,
} from "@gatehouse/shared/contracts/reports/services";
import { isRevenue, sumBy } from "../../domain/reports/revenue.ts";
import { isoOrNull } from "../moments.ts";
import { beginOf, endOf, type ReportDesk, reportAddress } from "./desk.ts";
import { Conditions, readPage } from "./keyset.ts";
import { byMethod } from "./revenue.ts";
import { readTakingRows } from "./takings.ts";

const pageSize = 100;

interface Row {
  readonly payment_id: string;
  readonly session_id: string | null;
  readonly state: string;
  readonly method: string | null;
  readonly purpose: string | null;
  readonly amount_minor: number | null;
  readonly refunded_minor: number;
  readonly started_at: Date | null;
  readonly processed_at: Date | null;
  readonly terminal_id: string | null;
  readonly card_last_four: string | null;
}

/** SQL: what happened on the days that are asked for. */
const dayColumns = {
  captured: "captured_on",
  reversed: "reversed_on",
  "charged-back": "charged_back_on",
} as const;

/** A payment whose beginning never came stands where it was taken. */
const keyAt = "coalesce(payments.started_at, payments.processed_at, '-infinity'::timestamptz)";

/** The payments that a number counts, the newest first. @returns undefined where the cursor is none of ours */
export async function readPayments(
  desk: ReportDesk,
  asked: PaymentsAsked,
): Promise<PaymentPage | undefined> {
  const where = new Conditions(desk.facilityId, desk.timezone)
    .fix("payments.facility_id = $1 and $2::text is not null")
    .fix(`${keyAt} > '-infinity'`)
    .add("payments.method = ?", asked.method)
    .add("coalesce(payments.purpose, 'stay') = ?", asked.purpose)
    .add("coalesce(payments.entry_lane_id, '') = ?", asked.lane)
    .add("payments.state = ?", asked.state)
    .add("payments.session_id = ?", asked.session_id);
  addDays(where, asked);
  const columns = `payments.*, (
      select coalesce(sum(amount_minor), 0)::bigint from refunds
      where refunds.facility_id = payments.facility_id
        and refunds.payment_id = payments.payment_id and refunds.status = 'done'
    ) as refunded_minor`;
  const [id, order] = ["payments.payment_id", "desc"] as const;
  const page = await readPage<Row>(
    desk.database,
    { columns, table: "payments", where, at: keyAt, id, order },
    { cursor: asked.cursor, limit: asked.limit ?? pageSize },
  );
  return (
    page && {
      about: desk.about,
      payments: page.rows.map((row) => paymentOf(desk, row)),
      next_cursor: page.nextCursor,
    }
  );
}

function addDays(where: Conditions, { by = "captured", from, to }: PaymentsAsked): void {
  if (by === "refunded") {
    const refunded = new Conditions(...where.values)
      .fix("refunds.facility_id = payments.facility_id")
      .fix("refunds.payment_id = payments.payment_id and refunds.status = 'done'")
      .add("refunds.changed_on >= ?", from)
      .add("refunds.changed_on <= ?", to);
    where.values.splice(0, where.values.length, ...refunded.values);
    where.fix(`exists (select from refunds where ${refunded.sql})`);
  } else if (by === "started") {
    where
      .add(`payments.started_at >= ${beginOf("?", "$2")}`, from)
      .add(`payments.started_at < ${endOf("?", "$2")}`, to);
  } else {
    const column = `payments.${dayColumns[by]}`;
    where.fix(`${column} is not null`).add(`${column} >= ?`, from).add(`${column} <= ?`, to);
    if (by === "reversed") where.fix("payments.captured_on is not null");
  }
}

function paymentOf(desk: ReportDesk, row: Row): PaymentRow {
  return {
    payment_id: row.payment_id,
    session_id: row.session_id,
    status: row.state,
    payment_method: row.method,
    purpose: row.purpose ?? "stay",
    amount: row.amount_minor === null ? null : desk.decimal(row.amount_minor),
    amount_minor: row.amount_minor,
    refunded_minor: row.refunded_minor,
    started_at: isoOrNull(row.started_at),
    processed_at: isoOrNull(row.processed_at),
    terminal_id: row.terminal_id,
    card_last_four: row.card_last_four,
  };
}

/** How payments went on some days, and the last ten of all. */
export async function readPaymentAnalytics(
  desk: ReportDesk,
  period: Period,
): Promise<PaymentAnalytics> {
  const [all, statuses, recent] = await Promise.all([
    readTakingRows(desk, period),
    readStatuses(desk, period),
    readPayments(desk, { by: "started", limit: 10 }),
  ]);
  const rows = all.filter(isRevenue);
  const total = sumBy(rows, ({ taken_minor }) => taken_minor);
  const count = sumBy(rows, ({ payments }) => payments);
  const average = count === 0 ? 0 : Math.round(total / count);
  return {
    about: desk.about,
    period,
    total_revenue: desk.decimal(total),
    total_revenue_minor: total,
    average_payment: desk.decimal(average),
    average_payment_minor: average,
    by_payment_method: byMethod(desk, rows),
    by_status: statuses,
    recent_payments: recent?.payments ?? [],
    opens: {
      total_revenue: reportAddress(desk, "payment-list", { ...period, by: "captured" }),
      by_status: reportAddress(desk, "payment-list", { ...period, by: "started" }),
    },
  };
}

async function readStatuses(
  desk: ReportDesk,
  { from, to }: Period,
): Promise<PaymentAnalytics["by_status"]> {
  // Planned anew each time, with its days; `keyAt` has the index in which all of this stands.
  const { rows } = await desk.database.pool.query<PaymentAnalytics["by_status"][number]>(
    `select state as status, count(*) as count,
       coalesce(sum(amount_minor), 0)::bigint as amount_minor
     from payments
     where facility_id = $1 and started_at is not null
       and ${keyAt} >= ${beginOf("$2", "$4")} and ${keyAt} < ${endOf("$3", "$4")}
     group by state order by count(*) desc, state`,
    [desk.facilityId, from, to, desk.timezone],
  );
  return rows;
}
