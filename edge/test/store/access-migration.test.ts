import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { expect, onTestFinished, test } from "vitest";
import type { Instant } from "@gatehouse/shared/time";
import { findListEntry, listingOf } from "../../src/store/access-lists.ts";
import { permitsOf } from "../../src/store/access.ts";
import { Book } from "../../src/store/book.ts";

const drizzle = new URL("../../drizzle/", import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, drizzle), "utf8");

/** A book as it was before rights had terms and list entries an owner. */
function oldBook(file: string): void {
  const database = new Database(file);
  const journal: { entries: { tag: string; when: number }[] } = JSON.parse(
    read("meta/_journal.json"),
  );
  const before = journal.entries.slice(
    0,
    journal.entries.findIndex(({ tag }) => tag === "0004_access"),
  );
  database.exec(
    "create table __drizzle_migrations (id integer primary key, hash text not null, created_at numeric)",
  );
  for (const { tag, when } of before) {
    database.exec(read(`${tag}.sql`).replaceAll("--> statement-breakpoint", ""));
    database
      .prepare("insert into __drizzle_migrations (hash, created_at) values (?, ?)")
      .run(tag, when);
  }
  database.exec(`
    insert into list_entries values ('deny', 'AA1', 'unpaid', null), ('allow', 'BB2', 'staff', 2000);
    insert into permits values ('p1', 0, 2000, 0, 'Kim');
    insert into permit_plates values ('CC3', 'p1');
  `);
  database.close();
}

test("an older book keeps its permits and lists, which are head office's", () => {
  const folder = mkdtempSync(join(tmpdir(), "gatehouse-access-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "book.sqlite");
  oldBook(file);
  const book = new Book(file);
  onTestFinished(() => book.close());
  expect(listingOf(book, "AA1", 1000 as Instant)).toEqual({ deny: "unpaid" });
  expect(findListEntry(book, { list: "allow", plate: "BB2", owner: "head-office" })).toMatchObject({
    reason: "staff",
    validUntil: 2000,
    changedBy: null,
  });
  expect(permitsOf(book, "CC3", "entry-1")).toMatchObject([
    { permitId: "p1", windows: [], passback: { mode: "off" }, pool: undefined },
  ]);
});
