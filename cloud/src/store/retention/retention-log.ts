import type { PoolClient } from "pg";
import type { Database } from "../database.ts";

/** What was taken out of a table, or changed in it. */
export interface Taken {
  /** Empty: people's tables, which belong to no facility. */
  readonly facilityId: string;
  readonly at: Date;
  readonly tableName: string;
  readonly act: "archived" | "pseudonymised" | "thinned" | "deleted" | "file-deleted";
  readonly rows: number;
  /** Everything before it, or up to it. */
  readonly through: string;
}

/** Takes something out and writes down what, both or neither. @param act how many rows it took; 0 writes nothing down */
export async function taking(
  { pool }: Database,
  note: Omit<Taken, "rows">,
  act: (client: PoolClient) => Promise<number>,
): Promise<number> {
  const client = await pool.connect();
  try {
    await client.query("begin");
    const rows = await act(client);
    if (rows > 0) await noteTaken(client, { ...note, rows });
    await client.query("commit");
    return rows;
  } catch (error) {
    await client.query("rollback").catch(() => {});
    throw error;
  } finally {
    client.release();
  }
}

/** Several steps of one round are one note. */
async function noteTaken(
  client: PoolClient,
  { facilityId, at, tableName, act, rows, through }: Taken,
): Promise<void> {
  await client.query(
    `insert into retention_log (facility_id, at, table_name, act, rows, through)
     values ($1, $2, $3, $4, $5, $6)
     on conflict (facility_id, at, table_name, act, through)
       do update set rows = retention_log.rows + excluded.rows`,
    [facilityId, at, tableName, act, rows, through],
  );
}
