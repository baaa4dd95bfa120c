import { readFileSync } from "node:fs";
import Database from "better-sqlite3";

const drizzle = new URL("../../drizzle/", import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, drizzle), "utf8");

/**
 * Makes a book as it was before one of its migrations.
 *
 * @param before the migration's tag, for example `0004_access`
 * @param rows SQL that fills it
 */
export function oldBook(file: string, before: string, rows: string): void {
  const database = new Database(file);
  const journal: { entries: { tag: string; when: number }[] } = JSON.parse(
    read("meta/_journal.json"),
  );
  const place = journal.entries.findIndex(({ tag }) => tag === before);
  database.exec(
    "create table __drizzle_migrations (id integer primary key, hash text not null, created_at numeric)",
  );
  for (const { tag, when } of journal.entries.slice(0, place)) {
    database.exec(read(`${tag}.sql`).replaceAll("--> statement-breakpoint", ""));
    database
      .prepare("insert into __drizzle_migrations (hash, created_at) values (?, ?)")
      .run(tag, when);
  }
  database.exec(rows);
  database.close();
}
