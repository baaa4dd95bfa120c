import type {
  OfficeViolation,
  ViolationDetail,
  ViolationPage,
} from "@gatehouse/shared/contracts/violations-at-office";
import { type Instant, isoOf } from "@gatehouse/shared/time";
import type { Database } from "../database.ts";
import { isoOfDate, isoOrNull } from "../moments.ts";
import { Conditions, readPage } from "../reports/keyset.ts";

const pageSize = 50;

export interface ViolationsAsked {
  readonly status?: string | undefined;
  readonly type?: string | undefined;
  readonly plate?: string | undefined;
  readonly from?: string | undefined;
  readonly until?: string | undefined;
  readonly cursor?: string | undefined;
}

interface Row {
  readonly violation_id: string;
  readonly violation_type: OfficeViolation["violation_type"];
  readonly status: OfficeViolation["status"];
  readonly session_id: string | null;
  readonly plate: string | null;
  readonly penalty_minor: number;
  readonly paid_minor: number;
  readonly reason: string;
  readonly detected_at: Date;
  readonly changed_at: Date;
}

/** A facility's violations with when they were found and what was paid; `$1` is the facility. */
const table = `(select found.*, coalesce(step.detected_at, found.changed_at) as detected_at,
    coalesce(paid.minor, 0)::bigint as paid_minor
  from violations as found
  left join (select violation_id, min(at) as detected_at from violation_steps
    where facility_id = $1 group by 1) as step using (violation_id)
  left join (select subject_id as violation_id, sum(amount_minor) as minor from payments
    where facility_id = $1 and subject_id is not null and purpose = 'violation'
      and state in ('captured', 'accepted-offline') group by 1) as paid using (violation_id)
  where found.facility_id = $1) as violation`;

const columns = `violation_id, violation_type, status, session_id, plate, penalty_minor, paid_minor,
  reason, detected_at, changed_at`;

/** Where a facility is and what it takes. */
export interface ViolationDesk {
  readonly database: Database;
  readonly facilityId: string;
  readonly currency: string;
  readonly timezone: string;
}

/** @returns undefined when there is no such facility */
export async function openViolations(
  database: Database,
  facilityId: string,
): Promise<ViolationDesk | undefined> {
  const { rows } = await database.pool.query<{ currency: string | null; timezone: string }>(
    "select currency, timezone from facilities where facility_id = $1",
    [facilityId],
  );
  const [row] = rows;
  return row && { database, facilityId, currency: row.currency ?? "", timezone: row.timezone };
}

const conditions = ({ facilityId }: ViolationDesk, asked: ViolationsAsked): Conditions =>
  new Conditions(facilityId)
    .fix("violation.facility_id = $1")
    .add("status = ?", asked.status)
    .add("violation_type = ?", asked.type)
    .add("plate = ?", asked.plate)
    .add("detected_at >= ?", asked.from)
    .add("detected_at < ?", asked.until);

/** @returns undefined where the cursor is none of ours */
export async function readViolations(
  desk: ViolationDesk,
  asked: ViolationsAsked,
  now: Instant,
): Promise<ViolationPage | undefined> {
  const [page, totals] = await Promise.all([
    readPage<Row>(
      desk.database,
      {
        columns,
        table,
        where: conditions(desk, asked),
        at: "detected_at",
        id: "violation_id",
        order: "desc",
      },
      { cursor: asked.cursor, limit: pageSize },
    ),
    readTotals(desk, asked),
  ]);
  if (page === undefined) return undefined;
  return {
    as_of: isoOf(now),
    currency: desk.currency,
    timezone: desk.timezone,
    violations: page.rows.map(viewOf),
    next_cursor: page.nextCursor,
    totals,
  };
}

async function readTotals(
  desk: ViolationDesk,
  asked: ViolationsAsked,
): Promise<ViolationPage["totals"]> {
  const where = conditions(desk, asked);
  const { rows } = await desk.database.pool.query<{
    status: string;
    count: number;
    penalty_minor: number;
    paid_minor: number;
    owed_minor: number;
  }>(
    `select status, count(*) as count, sum(penalty_minor)::bigint as penalty_minor,
       sum(paid_minor)::bigint as paid_minor,
       sum(greatest(0, penalty_minor - paid_minor))::bigint as owed_minor
     from ${table} where ${where.sql} group by status order by status`,
    where.values,
  );
  const sum = (of: (row: (typeof rows)[number]) => number): number =>
    rows.reduce((all, row) => all + of(row), 0);
  return {
    count: sum(({ count }) => count),
    penalty_minor: sum((row) => row.penalty_minor),
    paid_minor: sum((row) => row.paid_minor),
    waived_minor: sum((row) => (row.status === "waived" ? row.owed_minor : 0)),
    owed_minor: sum((row) => (owing.has(row.status) ? row.owed_minor : 0)),
    by_status: rows.map(({ status, count }) => ({ status, count })),
  };
}

/** Found and looked at is not owed yet. */
const owing: ReadonlySet<string> = new Set(["issued", "due", "escalated", "disputed"]);
const over: ReadonlySet<string> = new Set(["paid", "waived"]);

const viewOf = (row: Row): OfficeViolation => ({
  violation_id: row.violation_id,
  violation_type: row.violation_type,
  status: row.status,
  session_id: row.session_id,
  plate: row.plate,
  penalty_minor: row.penalty_minor,
  paid_minor: row.paid_minor,
  reason: row.reason,
  detected_at: isoOfDate(row.detected_at),
  changed_at: isoOfDate(row.changed_at),
  resolved_at: over.has(row.status) ? isoOfDate(row.changed_at) : null,
});

interface StepRow {
  readonly at: Date;
  readonly status: string;
  readonly penalty_minor: number;
  readonly reason: string;
  readonly by: { readonly kind: string; readonly id?: string };
  readonly evidence_sha256: string | null;
  readonly epoch: number;
  readonly seq: number;
}

/** One violation, step by step. @returns undefined where there is none */
export async function readViolation(
  desk: ViolationDesk,
  violationId: string,
): Promise<ViolationDetail | undefined> {
  const { pool } = desk.database;
  const values = [desk.facilityId, violationId];
  const [found, steps, payments] = await Promise.all([
    pool.query<Row>(`select ${columns} from ${table} where violation_id = $2`, values),
    pool.query<StepRow>(
      `select at, status, penalty_minor, reason, by, evidence_sha256, epoch, seq
       from violation_steps where facility_id = $1 and violation_id = $2 order by epoch, seq`,
      values,
    ),
    pool.query<{
      payment_id: string;
      state: string;
      method: string | null;
      amount_minor: number | null;
      processed_at: Date | null;
    }>(
      `select payment_id, state, method, amount_minor, processed_at from payments
       where facility_id = $1 and subject_id = $2 and purpose = 'violation'
       order by started_at, payment_id`,
      values,
    ),
  ]);
  const [row] = found.rows;
  if (row === undefined) return undefined;
  return {
    currency: desk.currency,
    timezone: desk.timezone,
    violation: viewOf(row),
    steps: steps.rows.map(({ at, by, evidence_sha256: _, ...step }) => ({
      ...step,
      at: isoOfDate(at),
      by: by.id ?? by.kind,
    })),
    evidence_sha256:
      steps.rows.find(({ evidence_sha256 }) => evidence_sha256 !== null)?.evidence_sha256 ?? null,
    payments: payments.rows.map((payment) => ({
      ...payment,
      amount_minor: payment.amount_minor ?? 0,
      processed_at: isoOrNull(payment.processed_at),
    })),
  };
}
