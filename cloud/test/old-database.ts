import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Database, openDatabase } from "../src/store/database.ts";
import type { TestPostgres } from "./embedded.ts";
import { silentLog } from "./silent-log.ts";

const folder = join(import.meta.dirname, "../src/store/migrations");

/** What an older program knew. */
export interface OldProgram {
  /** Its last migration, for example `0009_of_session`. */
  readonly migration: string;
  /** Types of lines that it could not read yet: it set them aside. */
  readonly unknownTypes: readonly string[];
}

/**
 * A database beside the one of the test, as an older program has left it: its schema, and the rows that this program's
 * database holds, as far as there were tables and columns for them.
 */
export async function oldDatabase(
  { connection, database: newest }: TestPostgres,
  { migration, unknownTypes }: OldProgram,
): Promise<Database> {
  const name = `${connection.database}_before_${migration}`;
  await newest.pool.query(`create database ${name}`);
  const old = openDatabase({ ...connection, database: name }, silentLog);
  await migrateUpTo(old, migration);
  for (const table of await columnsOf(old)) await copyRows(newest, old, table);
  await setAside(old, unknownTypes);
  await old.pool.query("update facility_states set rolled_up_as = 'an older way'");
  return old;
}

async function migrateUpTo({ pool }: Database, last: string): Promise<void> {
  const journal = JSON.parse(readFileSync(join(folder, "meta/_journal.json"), "utf8")) as {
    readonly entries: readonly { readonly tag: string }[];
  };
  const until = journal.entries.findIndex(({ tag }) => tag === last);
  await pool.query(`create table gatehouse_migrations
    (place integer primary key, name text not null, sha256 text not null, applied_at timestamptz not null)`);
  for (const [place, { tag }] of journal.entries.slice(0, until + 1).entries()) {
    const sql = readFileSync(join(folder, `${tag}.sql`), "utf8");
    await pool.query(sql);
    const sha256 = createHash("sha256").update(sql).digest("hex");
    await pool.query("insert into gatehouse_migrations values ($1, $2, $3, now())", [
      place,
      tag,
      sha256,
    ]);
  }
}

/** A table with its columns. */
export interface TableColumns {
  readonly table: string;
  readonly columns: readonly string[];
}

/** The tables of a database that hold what it was told, with their columns. */
export async function columnsOf({ pool }: Database): Promise<TableColumns[]> {
  const { rows } = await pool.query<TableColumns>(
    `select table_name as table, array_agg(column_name::text order by column_name) as columns
     from information_schema.columns
     where table_schema = 'public' and table_name <> 'gatehouse_migrations' group by 1 order by 1`,
  );
  return rows;
}

/** Sums whose key has grown since, as they were: several rows of now were one. */
const oldSums: Readonly<Record<string, string>> = {
  taking_days: `select facility_id, day, method, purpose, lane_id, sum(payments) as payments,
    sum(taken_minor) as taken_minor, sum(reversals) as reversals, sum(reversed_minor) as reversed_minor,
    sum(charge_backs) as charge_backs, sum(charged_back_minor) as charged_back_minor,
    sum(declined) as declined from taking_days group by 1, 2, 3, 4, 5`,
};

async function copyRows(
  newest: Database,
  old: Database,
  { table, columns }: TableColumns,
): Promise<void> {
  const source = columns.includes("zone_id") ? undefined : oldSums[table];
  const { rows } = await newest.pool.query<{ row: string }>(
    `select to_jsonb(each)::text as row from (${source ?? `select * from ${table}`}) as each`,
  );
  const names = columns.map((column) => `"${column}"`).join(", ");
  await old.pool.query(
    `insert into ${table} (${names})
     select ${names} from jsonb_populate_recordset(null::${table}, $1)`,
    [`[${rows.map(({ row }) => row).join(",")}]`],
  );
}

async function setAside({ pool }: Database, types: readonly string[]): Promise<void> {
  await pool.query(
    `insert into set_aside_lines (facility_id, epoch, seq, reason, detail, raw, set_aside_at)
     select facility_id, epoch, seq, 'unknown-type', type, convert_to(text, 'UTF8'), received_at
     from ledger_lines where type = any($1)`,
    [types],
  );
  await pool.query(
    `update facility_states set lines_set_aside = (select count(*) from set_aside_lines as aside
       where aside.facility_id = facility_states.facility_id)`,
  );
}
