import type { Database } from "../database.ts";

/** Where a page ended: the moment and the id of its last row. */
interface PageEnd {
  readonly at: string;
  readonly id: string;
}

/** A page's end as an opaque word. */
const cursorOf = ({ at, id }: PageEnd): string =>
  Buffer.from(JSON.stringify([at, id])).toString("base64url");

/** @returns undefined when it is no cursor of ours */
function endOfCursor(cursor: string): PageEnd | undefined {
  try {
    const read: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString());
    if (!Array.isArray(read) || read.length !== 2) return undefined;
    const [at, id]: unknown[] = read;
    if (typeof at !== "string" || typeof id !== "string" || Number.isNaN(Date.parse(at)))
      return undefined;
    return id.includes("\0") ? undefined : { at, id };
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Conditions of one question, each with its own parameter. */
export class Conditions {
  readonly values: unknown[];
  readonly #parts: string[] = [];

  constructor(...values: readonly unknown[]) {
    this.values = [...values];
  }

  /** @param sql with `?` where the value stands; nothing is added for an undefined value */
  add(sql: string, value: unknown): this {
    if (value === undefined) return this;
    this.values.push(value);
    this.#parts.push(sql.replaceAll("?", `$${this.values.length}`));
    return this;
  }

  /** A condition without a value. */
  fix(sql: string): this {
    this.#parts.push(sql);
    return this;
  }

  get sql(): string {
    return this.#parts.join(" and ");
  }
}

/** Rows that are read a page at a time, in the order of a moment and, where it is the same, of their id. */
export interface PageQuestion {
  /** SQL after `select`, without a comma at its end. */
  readonly columns: string;
  readonly table: string;
  readonly where: Conditions;
  /** SQL of the moment, which is never null in these rows. */
  readonly at: string;
  /** SQL of the id. */
  readonly id: string;
  readonly order: "asc" | "desc";
}

export interface PageAsked {
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** @returns undefined where the cursor is none of ours */
export async function readPage<Row>(
  { pool }: Database,
  { columns, table, where, at, id, order }: PageQuestion,
  { cursor, limit }: PageAsked,
): Promise<{ readonly rows: Row[]; readonly nextCursor: string | null } | undefined> {
  const end = cursor === undefined ? undefined : endOfCursor(cursor);
  if (cursor !== undefined && end === undefined) return undefined;
  if (end !== undefined) {
    const beyond = order === "asc" ? ">" : "<";
    where.values.push(end.at, end.id);
    const place = where.values.length;
    where.fix(`(${at}, ${id}) ${beyond} ($${place - 1}::timestamptz, $${place})`);
  }
  where.values.push(limit + 1);
  const { rows } = await pool.query<Row & { readonly key_at: Date; readonly key_id: string }>(
    `select ${columns}, ${at} as key_at, ${id} as key_id from ${table} where ${where.sql}
     order by ${at} ${order}, ${id} ${order} limit $${where.values.length}`,
    where.values,
  );
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  const nextCursor =
    last === undefined ? null : cursorOf({ at: last.key_at.toISOString(), id: last.key_id });
  return { rows: shown, nextCursor };
}
