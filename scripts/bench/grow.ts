import type { Database } from "../../cloud/src/store/database.ts";

/*
 * Copies rows inside the database, because a thousand facilities and a million sessions would take ingest an hour. The
 * copies are for how long an answer takes: no ledger stands behind them, and no sum counts them.
 */

/** What the overview reads of a facility. */
const ofFacility = [
  "facilities",
  "facility_states",
  "watermarks",
  "layouts",
  "facility_days",
  "alerts",
];

/** Copies facilities until there are so many. */
export async function growSites({ pool }: Database, sites: number): Promise<void> {
  const { rows } = await pool.query<{ count: number }>("select count(*) from facilities");
  const missing = sites - (rows[0]?.count ?? 0);
  if (missing <= 0) return;
  for (const table of ofFacility) {
    const columns = (await columnsOf({ pool }, table)).filter((name) => name !== "facility_id");
    await pool.query(
      `with origins as (select facility_id, row_number() over (order by facility_id) - 1 as place,
         count(*) over () as origins from facilities where facility_id not like 'copy-%')
       insert into ${table} (facility_id, ${columns.join(", ")})
       select 'copy-' || n, ${columns.map((name) => `t.${name}`).join(", ")}
       from generate_series(1, $1::integer) as n
       join origins on origins.place = n % origins.origins
       join ${table} as t on t.facility_id = origins.facility_id
       on conflict do nothing`,
      [missing],
    );
  }
}

/**
 * Copies a facility's sessions and their payments, each a little later and of another vehicle, until there are so many
 * sessions; every payment then has a receipt. @returns how many sessions there are
 */
export async function growSessions(
  { pool }: Database,
  facilityId: string,
  sessions: number,
): Promise<number> {
  for (const [table, key] of [
    ["sessions", "session_id"],
    ["payments", "payment_id"],
  ] as const) {
    const { rows } = await pool.query<{ told: number; copied: number }>(
      `select count(*) filter (where ${key} not like '%+%') as told,
         coalesce(max(split_part(${key}, '+', 2)::integer) filter (where ${key} like '%+%'), 0) as copied
       from ${table} where facility_id = $1`,
      [facilityId],
    );
    const { told = 0, copied: before = 0 } = rows[0] ?? {};
    const copies = told === 0 ? 0 : Math.ceil(sessions / told) - 1;
    const columns = await columnsOf({ pool }, table);
    // Round by round: one statement for all of them would outlast its limit.
    for (let copy = before + 1; copy <= copies; copy += 1)
      await pool.query(
        `insert into ${table} (${columns.join(", ")})
         select ${columns.map(copied).join(", ")} from ${table}
         where facility_id = $1 and ${key} not like '%+%'
         on conflict do nothing`,
        [facilityId, copy],
      );
  }
  await printReceipts({ pool }, facilityId);
  for (const table of ["sessions", "payments", "documents"])
    await pool.query(`vacuum (analyze) ${table}`);
  const { rows } = await pool.query<{ count: number }>(
    "select count(*) as count from sessions where facility_id = $1",
    [facilityId],
  );
  return rows[0]?.count ?? 0;
}

/** SQL of a copy's column; `$2` is the copy's number. */
function copied(column: string): string {
  if (column === "session_id" || column === "payment_id") return `${column} || '+' || $2::integer`;
  if (column === "plate" || column === "raw_plate") return `${column} || 'X' || $2::integer`;
  return column.endsWith("_at") ? `${column} + $2::integer * interval '7 seconds'` : column;
}

/** So many are printed by one statement. */
const receiptsAtOnce = 20_000;

/** A receipt for every payment that was taken and has none; what it says is as long as what real ones say. */
async function printReceipts({ pool }: Pick<Database, "pool">, facilityId: string): Promise<void> {
  for (let printed = 1; printed > 0;) {
    const { rowCount } = await pool.query(
      `insert into documents (facility_id, document_id, device_id, kind, number, session_id,
         payment_id, token, body, issued_at)
       select facility_id, 'receipt of ' || payment_id, coalesce(terminal_id, 'till'), 'receipt', 1,
         session_id, payment_id, 'token of ' || payment_id,
         jsonb_build_object('lines', repeat('a line of a receipt ', 50)), processed_at
       from payments where facility_id = $1 and captured_on is not null
         and not exists (select from documents where documents.facility_id = $1
           and documents.document_id = 'receipt of ' || payments.payment_id)
       limit ${receiptsAtOnce}`,
      [facilityId],
    );
    printed = rowCount ?? 0;
  }
}

async function columnsOf({ pool }: Pick<Database, "pool">, table: string): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>(
    "select column_name as name from information_schema.columns where table_name = $1 order by ordinal_position",
    [table],
  );
  return rows.map(({ name }) => name);
}
