import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { Instant } from "@gatehouse/shared/time";
import { findListEntry, listingOf } from "../../src/store/access-lists.ts";
import { permitsOf } from "../../src/store/access.ts";
import { Book } from "../../src/store/book.ts";
import { oldBook } from "./old-book.ts";

test("an older book keeps its permits and lists, which are head office's", () => {
  const folder = mkdtempSync(join(tmpdir(), "gatehouse-access-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "book.sqlite");
  oldBook(
    file,
    "0004_access",
    `insert into list_entries values ('deny', 'AA1', 'unpaid', null), ('allow', 'BB2', 'staff', 2000);
     insert into permits values ('p1', 0, 2000, 0, 'Kim');
     insert into permit_plates values ('CC3', 'p1');`,
  );
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
