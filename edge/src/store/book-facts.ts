import type { BookFacts } from "@gatehouse/shared/contracts/dump";
import Database from "better-sqlite3";
import { desc, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/better-sqlite3";
import type { Reader } from "./book.ts";
import { ledger } from "./ledger-schema.ts";

/** So many of the ledger's last lines are told. */
const tailLines = 300;

/**
 * How many rows each table of a book has, and the last lines of its ledger. A daemon may be writing to it meanwhile;
 * nothing of it is changed.
 *
 * @throws SqliteError when the file is missing, is no book, or is of another shape
 */
export function lookIntoBook(file: string): BookFacts {
  const database = new Database(file, { readonly: true, fileMustExist: true });
  try {
    return factsOf({ db: drizzle({ client: database }) });
  } finally {
    database.close();
  }
}

function factsOf({ db }: Reader): BookFacts {
  const names = db.all<{ name: string }>(
    sql`select name from sqlite_schema where type = 'table' and name not like 'sqlite_%' order by name`,
  );
  const tables = names.map(({ name }) => {
    const counted = db.get<{ rows: number }>(
      sql`select count(*) as rows from ${sql.identifier(name)}`,
    );
    return [name, counted?.rows ?? 0] as const;
  });
  const tail = db
    .select({ text: ledger.text })
    .from(ledger)
    .orderBy(desc(ledger.epoch), desc(ledger.seq))
    .limit(tailLines)
    .all();
  return {
    tables: Object.fromEntries(tables),
    ledger_tail: tail.map(({ text }) => text).toReversed(),
  };
}
