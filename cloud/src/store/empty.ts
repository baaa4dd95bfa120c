import type { Database } from "./database.ts";

/** Empties every table, keeping the schema: a simulated world begins anew in milliseconds. */
export async function emptyEveryTable(database: Database): Promise<void> {
  const { rows } = await database.pool.query<{ names: string | null }>(
    `select string_agg(quote_ident(tablename), ', ') as names from pg_tables
     where schemaname = 'public' and tablename <> 'gatehouse_migrations'`,
  );
  if (rows[0]?.names) await database.pool.query(`truncate ${rows[0].names}`);
}
