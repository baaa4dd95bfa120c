import type { Database } from "../../cloud/src/store/database.ts";

/** Whose rows an upload makes; what it adds to the sums of reports is not counted. */
export const rowTables = ["ledger_lines", "sessions", "payments", "space_stays"] as const;
export type RowTable = (typeof rowTables)[number];

interface Column {
  readonly name: string;
  /** PostgreSQL's name of it. */
  readonly type: string;
}

/** The rows that head office made of a facility's ledger, each value as PostgreSQL writes it. */
interface Rows {
  readonly table: RowTable;
  readonly columns: readonly Column[];
  /** One list for each column. */
  readonly values: readonly (readonly (string | null)[])[];
  readonly count: number;
}

/** Writes the rows of one ledger once more. @returns milliseconds */
export type RawWrite = () => Promise<number>;

/**
 * What an upload costs PostgreSQL alone: the rows that head office made of it, written into copies of their tables, with
 * the same indexes, by raw `unnest`, a batch a statement, with nothing around them.
 */
export class RawRows {
  readonly #database: Database;
  readonly #tables: readonly RowTable[];
  readonly #copies: string;

  /** @param copies begins the names of its own tables */
  constructor(database: Database, tables: readonly RowTable[], copies: string) {
    this.#database = database;
    this.#tables = tables;
    this.#copies = copies;
  }

  async begin(): Promise<this> {
    for (const table of this.#tables)
      await this.#database.pool.query(
        `create table ${this.#copies}_${table} (like ${table} including indexes)`,
      );
    return this;
  }

  /** @param batches as many as the upload of the facility's ledger had */
  async prepare(facilityId: string, batches: number): Promise<RawWrite> {
    const made: Rows[] = [];
    for (const table of this.#tables) made.push(await rowsOf(this.#database, table, facilityId));
    const text = statementOf(made, this.#copies);
    const values = Array.from({ length: batches }, (_, batch) =>
      made.flatMap((rows) => sliceOf(rows, batch / batches, (batch + 1) / batches)),
    );
    return async () => {
      const from = performance.now();
      for (const each of values)
        await this.#database.pool.query({ name: this.#copies, text, values: each });
      return performance.now() - from;
    };
  }
}

async function rowsOf({ pool }: Database, table: RowTable, facilityId: string): Promise<Rows> {
  const { rows: columns } = await pool.query<Column>(
    `select attname as name, format_type(atttypid, atttypmod) as type from pg_attribute
     where attrelid = $1::regclass and attnum > 0 and not attisdropped order by attnum`,
    [table],
  );
  const names = columns.map(({ name }) => `${name}::text`).join(", ");
  const { rows } = await pool.query<(string | null)[]>({
    text: `select ${names} from ${table} where facility_id = $1 order by ctid`,
    values: [facilityId],
    rowMode: "array",
  });
  const values = columns.map((_, index) => rows.map((row) => row[index] ?? null));
  return { table, columns, values, count: rows.length };
}

const sliceOf = ({ values, count }: Rows, from: number, to: number): unknown[] =>
  values.map((list) => list.slice(Math.round(from * count), Math.round(to * count)));

function statementOf(made: readonly Rows[], copies: string): string {
  let place = 0;
  const parts = made.map(({ table, columns }) => {
    const names = columns.map(({ name }) => `"${name}"`).join(", ");
    // A list of lists is no list of rows: it travels as text.
    const lists = columns.map(({ type }) => `$${(place += 1)}::${isList(type) ? "text" : type}[]`);
    const told = columns.map(
      ({ name, type }) => `told."${name}"${isList(type) ? `::${type}` : ""}`,
    );
    return `${table}_raw as (insert into ${copies}_${table} (${names})
      select ${told.join(", ")} from unnest(${lists.join(", ")}) as told(${names}))`;
  });
  return `with ${parts.join(",\n")} select 1`;
}

const isList = (type: string): boolean => type.endsWith("[]");
