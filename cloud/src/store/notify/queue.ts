import { createHash } from "node:crypto";
import type { Database } from "../database.ts";

/** A message before it is kept. */
export interface NewDelivery {
  readonly organisation_id: string;
  readonly delivery_id: string;
  readonly target_id: string;
  readonly facility_id: string;
  readonly event: string;
  readonly subject: string;
  readonly rule_id: string | null;
  readonly stage: "event" | "first" | "escalation" | "test";
  readonly epoch: number;
  readonly seq: number;
  readonly body: unknown;
  /** ISO 8601 */
  readonly queued_at: string;
  readonly next_at: string;
}

/** The same message has the same id, however often and by whichever process it is planned. */
export const deliveryId = (...words: readonly (string | number)[]): string =>
  createHash("sha256").update(JSON.stringify(words)).digest("hex").slice(0, 32);

const columns = {
  organisation_id: "text",
  delivery_id: "text",
  target_id: "text",
  facility_id: "text",
  event: "text",
  subject: "text",
  rule_id: "text",
  stage: "text",
  epoch: "bigint",
  seq: "bigint",
  body: "jsonb",
  queued_at: "timestamptz",
  next_at: "timestamptz",
};
const names = Object.keys(columns).join(", ");
const typed = Object.entries(columns)
  .map((column) => column.join(" "))
  .join(", ");

/** SQL that keeps new messages, each once; `$1` are the rows as JSON. */
export const keepDeliveries = `insert into deliveries (${names}, state)
  select ${names}, 'waiting' from json_to_recordset($1::json) as told(${typed})
  on conflict do nothing`;

/** Keeps messages. @returns how many are new */
export async function queueDeliveries(
  { pool }: Pick<Database, "pool">,
  rows: readonly NewDelivery[],
): Promise<number> {
  if (rows.length === 0) return 0;
  return (await pool.query(keepDeliveries, [deliveriesJson(rows)])).rowCount ?? 0;
}

/** Messages as `keepDeliveries` takes them, without the one character that PostgreSQL cannot hold. */
export const deliveriesJson = (rows: readonly NewDelivery[]): string =>
  JSON.stringify(rows, (_, value: unknown) =>
    typeof value === "string" ? value.replaceAll("\0", "") : value,
  );
