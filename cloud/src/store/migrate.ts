import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { PoolClient } from "pg";
import type { Database } from "./database.ts";

/** Any number, the same in every process: whoever holds it changes the schema. */
const migrationLock = 4_711_470;

/** Ingest asks what a row was before it changed (`returning old`), which PostgreSQL tells from 18 on. */
const oldestServer = 180_000;

const folder = join(import.meta.dirname, "migrations");

interface Migration {
  readonly name: string;
  readonly sql: string;
  readonly sha256: string;
}

/**
 * Brings the schema to this program's state: all missing migrations in one transaction, one process at a time.
 *
 * @returns how many were applied
 * @throws Error when the server is too old, or the database is newer than this program or made by other migrations
 */
export async function migrate(database: Database): Promise<number> {
  const migrations = readMigrations();
  const client = await database.pool.connect();
  try {
    await checkServer(client);
    await client.query("begin");
    // An index of millions of rows takes as long as it takes.
    await client.query("set local statement_timeout = 0");
    await client.query(`select pg_advisory_xact_lock(${migrationLock})`);
    await client.query(
      `create table if not exists gatehouse_migrations
         (place integer primary key, name text not null, sha256 text not null, applied_at timestamptz not null)`,
    );
    const applied = await client.query<{ place: number; name: string; sha256: string }>(
      "select place, name, sha256 from gatehouse_migrations order by place",
    );
    checkHistory(applied.rows, migrations);
    for (const [place, { name, sql, sha256 }] of migrations.entries()) {
      if (place < applied.rows.length) continue;
      await client.query(sql);
      await client.query("insert into gatehouse_migrations values ($1, $2, $3, now())", [
        place,
        name,
        sha256,
      ]);
    }
    await client.query("commit");
    return migrations.length - applied.rows.length;
  } catch (error) {
    await client.query("rollback").catch(() => {});
    throw error;
  } finally {
    client.release();
  }
}

async function checkServer(client: PoolClient): Promise<void> {
  const { rows } = await client.query<{ number: number; name: string }>(
    `select current_setting('server_version_num')::integer as number,
       current_setting('server_version') as name`,
  );
  const [server] = rows;
  if (server !== undefined && server.number < oldestServer)
    throw new Error(`this is PostgreSQL ${server.name}: head office needs 18 or newer`);
}

function checkHistory(
  applied: readonly { readonly name: string; readonly sha256: string }[],
  migrations: readonly Migration[],
): void {
  if (applied.length > migrations.length) {
    throw new Error(
      `this database is newer than this program (${applied.length} migrations, known are ` +
        `${migrations.length}): start the newer program`,
    );
  }
  for (const [place, { name, sha256 }] of applied.entries()) {
    if (migrations[place]?.sha256 !== sha256)
      throw new Error(`migration ${name} of this database is not the one this program knows`);
  }
}

function readMigrations(): Migration[] {
  const journal = JSON.parse(readFileSync(join(folder, "meta/_journal.json"), "utf8")) as {
    readonly entries: readonly { readonly tag: string }[];
  };
  return journal.entries.map(({ tag }) => {
    const sql = readFileSync(join(folder, `${tag}.sql`), "utf8");
    return { name: tag, sql, sha256: createHash("sha256").update(sql).digest("hex") };
  });
}
