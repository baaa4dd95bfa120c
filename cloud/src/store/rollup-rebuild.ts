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
  violationReturning,
} from "./rollup-sql.ts";
import { Statement } from "./statement.ts";

/** Grows whenever sums are made in another way, so that they are made anew. */
const way = 1;

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

/** So many lines are read at once. */
const chunk = 5_000;

/**
 * Makes a facility's sums anew from its rows and lines: they were made in another zone, or by a program that made
 * fewer of them. No batch is taken meanwhile.
 */
export async function rebuildRollups(
  { pool }: Database,
  facilityId: string,
  timezone: string,
): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query("begin");
    await client.query("select from facility_states where facility_id = $1 for update", [
      facilityId,
    ]);
    for (const table of tables)
      await client.query(`delete from ${table} where facility_id = $1`, [facilityId]);
    await completePayments(client, facilityId, timezone);
    await countRows(client, facilityId, timezone);
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
  isNew("violations_told", "violations", violationReturning);
  addRowRollups(
    statement,
    { sessions: true, payments: true, stays: true, violations: true },
    timezone,
  );
  await client.query(statement.query("rebuild-rows", "select"));
}

async function countLines(client: PoolClient, facilityId: string, timezone: string): Promise<void> {
  for (let [epoch, seq] = [0, 0]; ;) {
    const { rows } = await client.query<{ epoch: number; seq: number; text: string; hash: string }>(
      `select epoch, seq, text, hash from ledger_lines
       where facility_id = $1 and (epoch, seq) > ($2, $3) and text is not null
       order by epoch, seq limit ${chunk}`,
      [facilityId, epoch, seq],
    );
    const [first] = rows;
    if (first === undefined) return;
    const ofEpoch = rows.filter((row) => row.epoch === first.epoch);
    const folder = new ReportFolder(timezone);
    for (const row of ofEpoch) {
      const { fact, at } = readLine(row, row.epoch, row.seq);
      if (fact !== undefined && at !== null) folder.fold(fact, at);
    }
    const statement = new Statement();
    const [id, epochText] = [
      statement.bind(facilityId, "text"),
      statement.bind(first.epoch, "bigint"),
    ];
    statement.add("turn", `select ${id} as facility_id, ${epochText} as epoch`);
    addReports(statement, folder);
    await client.query(statement.query("rebuild-lines", "select"));
    ({ epoch, seq } = ofEpoch.at(-1) ?? first);
  }
}
