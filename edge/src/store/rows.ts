import {
  getTableColumns,
  type InferInsertModel,
  type InferSelectModel,
  type SQL,
  sql,
} from "drizzle-orm";
import { getTableConfig, type SQLiteColumn, type SQLiteTable } from "drizzle-orm/sqlite-core";
import type { BetterSQLite3Database } from "drizzle-orm/better-sqlite3";
import type { Reader, Tx } from "./book.ts";

/**
 * Makes statements once for each book, at their first use; afterwards it only finds them.
 *
 * @param make prepares the statements of one table
 */
export function prepared<T>(make: (db: BetterSQLite3Database) => T): (reader: Reader) => T {
  const made = new WeakMap<BetterSQLite3Database, T>();
  return ({ db }) => {
    const found = made.get(db);
    if (found !== undefined) return found;
    const fresh = make(db);
    made.set(db, fresh);
    return fresh;
  };
}

export interface RowWriter<Row> {
  /** Adds a row. @throws SqliteError when its key is taken */
  insert(tx: Tx, row: Row): void;
  /** Adds a row unless its key is taken. @returns whether it was added */
  insertNew(tx: Tx, row: Row): boolean;
  /** Adds the row, or replaces the one with its key, whole. */
  save(tx: Tx, row: Row): void;
}

/** The three ways a row is written, prepared over every column of a table. */
export function writerOf<Table extends SQLiteTable>(
  table: Table,
): RowWriter<InferSelectModel<Table>> {
  const columns = Object.entries(getTableColumns(table)).filter(
    ([, column]) => column.generated === undefined,
  );
  const values = Object.fromEntries(
    columns.map(([key]) => [key, sql.placeholder(key)]),
  ) as unknown as InferInsertModel<Table>;
  const replaced = Object.fromEntries(
    columns.map(([key, column]) => [key, sql.raw(`excluded."${column.name}"`)]),
  ) as Record<string, SQL>;
  const key = keyOf(table);
  const statements = prepared((db) => ({
    insert: db
      .insert(table)
      .values(values as never)
      .prepare(),
    insertNew: db
      .insert(table)
      .values(values as never)
      .onConflictDoNothing()
      .prepare(),
    save: db
      .insert(table)
      .values(values as never)
      .onConflictDoUpdate({ target: key, set: replaced as never })
      .prepare(),
  }));
  return {
    insert: (tx, row) => {
      tx.step();
      statements(tx).insert.run(row);
    },
    insertNew: (tx, row) => {
      tx.step();
      return statements(tx).insertNew.run(row).changes > 0;
    },
    save: (tx, row) => {
      tx.step();
      statements(tx).save.run(row);
    },
  };
}

function keyOf(table: SQLiteTable): SQLiteColumn[] {
  const own = Object.values(getTableColumns(table)).filter((column) => column.primary);
  if (own.length > 0) return own;
  const config = getTableConfig(table);
  return config.primaryKeys.flatMap((composite) => composite.columns);
}
