import type { ArchivedLine } from "@gatehouse/shared/contracts/retention";
import type { PoolClient } from "pg";
import { readLine } from "../domain/ledger-reading.ts";
import { ReportFolder } from "../domain/report-projection.ts";
import type { Database } from "./database.ts";
import { addReports } from "./report-sql.ts";
import {
  addRowRollups,
  paymentReturning,
  type Returning,
  sessionReturning,
  stayReturning,
} from "./rollup-sql.ts";
import { Statement } from "./statement.ts";

/** Grows whenever sums are made in another way, so that they are made anew. */
const way = 2;

/** How the sums of a facility in this zone are made. */
export const rolledUpAs = (timezone: string): string => `${way} ${timezone}`;

const tables = [
  "facility_hours",
  "flow_days",
  "taking_days",
  "zone_hours",
  "space_days",
  "space_stay_days",
  "lane_hours",
  "staff_days",
  "event_days",
  "camera_hours",
];

/** A million sessions are counted in less; any other statement has to do with seconds (database.ts). */
const rebuildLimit = "10min";

/** So many lines are read at once. */
const chunk = 5_000;

/** What sums are made of and is no longer in its tables: `lines` are archived, `rows` are deleted for good. */
export async function hasTakenOut(
  { pool }: Database,
  facilityId: string,
): Promise<{ readonly lines: boolean; readonly rows: boolean }> {
  const { rows } = await pool.query<{ lines: boolean; rows: boolean }>({
    name: "rollup-taken-out",
    text: `select exists (select from archive_files where facility_id = $1) as lines,
         exists (select from retention_log where facility_id = $1 and act = 'deleted'
           and table_name in ('sessions', 'payments', 'space_stays')) as rows`,
    values: [facilityId],
  });
  return rows[0] ?? { lines: false, rows: false };
}

/**
 * Makes a facility's sums anew from its rows and lines: they were made in another zone, or by a program that made
 * fewer of them. No batch is taken meanwhile.
 *
 * @param archived the lines before those in the database, where they are archived (`hasTakenOut`)
 */
export async function rebuildRollups(
  { pool }: Database,
  facilityId: string,
  timezone: string,
  archived: AsyncIterable<readonly ArchivedLine[]> = nothing(),
): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query("begin");
    // One statement goes through every session of the facility.
    await client.query(`set local statement_timeout = '${rebuildLimit}'`);
    await client.query("select from facility_states where facility_id = $1 for update", [
      facilityId,
    ]);
    for (const table of tables)
      await client.query(`delete from ${table} where facility_id = $1`, [facilityId]);
    await completePayments(client, facilityId, timezone);
    await countRows(client, facilityId, timezone);
    for await (const lines of archived) await countAll(client, facilityId, timezone, lines);
    await countLines(client, facilityId, timezone);
    await client.query("update facility_states set rolled_up_as = $2 where facility_id = $1", [
      facilityId,
      rolledUpAs(timezone),
    ]);
    await client.query("commit");
  } catch (error) {
    await client.query("rollback").catch(() => {});
    throw error;
  } finally {
    client.release();
  }
}

/** What older programs did not keep of a payment: where its vehicle came in, and when a dispute about it was lost. */
async function completePayments(
  client: PoolClient,
  facilityId: string,
  timezone: string,
): Promise<void> {
  await client.query(
    `update payments set entry_lane_id = sessions.entry_lane_id from sessions
     where payments.facility_id = $1 and payments.entry_lane_id is null
       and sessions.facility_id = $1 and sessions.session_id = payments.session_id
       and sessions.entry_lane_id is not null`,
    [facilityId],
  );
  await client.query(
    `update payments set charged_back_on = (line.at at time zone $2)::date from ledger_lines as line
     where payments.facility_id = $1 and payments.state = 'charged-back' and charged_back_on is null
       and line.facility_id = $1 and line.type = 'payment-disputed'
       and line.text::jsonb -> 'body' ->> 'payment_id' = payments.payment_id
       and line.text::jsonb -> 'body' ->> 'state' = 'lost'`,
    [facilityId, timezone],
  );
}

async function countRows(client: PoolClient, facilityId: string, timezone: string): Promise<void> {
  const statement = new Statement();
  const id = statement.bind(facilityId, "text");
  statement.add("turn", `select ${id} as facility_id`);
  const isNew = (name: string, table: string, { names }: Returning): void => {
    const both = names.map(
      (each) => `(null::${table}).${each} as old_${each}, ${each} as new_${each}`,
    );
    statement.add(name, `select ${both.join(", ")} from ${table} where facility_id = ${id}`);
  };
  isNew("sessions_told", "sessions", sessionReturning);
  isNew("payments_told", "payments", paymentReturning);
  isNew("stays_told", "space_stays", stayReturning);
  addRowRollups(statement, { sessions: true, payments: true, stays: true }, timezone);
  await client.query(statement.query("rebuild-rows", "select"));
}

async function countLines(client: PoolClient, facilityId: string, timezone: string): Promise<void> {
  for (let [epoch, seq] = [0, 0]; ;) {
    const { rows } = await client.query<Line>(
      `select epoch, seq, text, hash from ledger_lines
       where facility_id = $1 and (epoch, seq) > ($2, $3) and text is not null
       order by epoch, seq limit ${chunk}`,
      [facilityId, epoch, seq],
    );
    const [first] = rows;
    if (first === undefined) return;
    const ofEpoch = rows.filter((row) => row.epoch === first.epoch);
    await countOfEpoch(client, facilityId, timezone, first.epoch, ofEpoch);
    ({ epoch, seq } = ofEpoch.at(-1) ?? first);
  }
}

interface Line {
  readonly epoch: number;
  readonly seq: number;
  readonly text: string;
  readonly hash: string;
}

/** Lines of one archive file, which are of one epoch. */
async function countAll(
  client: PoolClient,
  facilityId: string,
  timezone: string,
  lines: readonly ArchivedLine[],
): Promise<void> {
  for (let from = 0; from < lines.length; from += chunk) {
    const part = lines.slice(from, from + chunk);
    const told = part.flatMap(({ text, ...line }) => (text === null ? [] : [{ ...line, text }]));
    await countOfEpoch(client, facilityId, timezone, part[0]?.epoch ?? 0, told);
  }
}

async function countOfEpoch(
  client: PoolClient,
  facilityId: string,
  timezone: string,
  epoch: number,
  lines: readonly Line[],
): Promise<void> {
  const folder = new ReportFolder(timezone);
  for (const line of lines) {
    const { fact, at } = readLine(line, epoch, line.seq);
    if (fact !== undefined && at !== null) folder.fold(fact, at);
  }
  const statement = new Statement();
  const [id, epochText] = [statement.bind(facilityId, "text"), statement.bind(epoch, "bigint")];
  statement.add("turn", `select ${id} as facility_id, ${epochText} as epoch`);
  addReports(statement, folder);
  await client.query(statement.query("rebuild-lines", "select"));
}

async function* nothing(): AsyncGenerator<readonly ArchivedLine[]> {}
