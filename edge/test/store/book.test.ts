import {
  mkdtempSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Fault } from "@gatehouse/shared/fault";
import type { Instant } from "@gatehouse/shared/time";
import Database from "better-sqlite3";
import { is } from "drizzle-orm";
import { getTableConfig, SQLiteTable } from "drizzle-orm/sqlite-core";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Book, type Tx } from "../../src/store/book.ts";
import { linesAfter } from "../../src/store/ledger.ts";
import { readNote, saveNote } from "../../src/store/notes.ts";
import { chainFault } from "./ledger-chain.ts";

let folder: string;
let open: Book[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "gatehouse-book-"));
  open = [];
});
afterEach(() => {
  for (const book of open) book.close();
  rmSync(folder, { recursive: true });
});

const fileOf = (name = "book.sqlite"): string => join(folder, name);
function openBook(...args: ConstructorParameters<typeof Book>): Book {
  const book = new Book(...args);
  open.push(book);
  return book;
}
const flag = (tx: Tx, text: string): void =>
  tx.append(1 as Instant, { type: "session-flagged", body: { session_id: "s", flag: text } });

/** The Fault that something throws. */
function faultOf(act: () => unknown): Fault {
  try {
    act();
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
  throw new RangeError("nothing was thrown");
}

/** Every table that a `*schema.ts` of the store names. */
async function tablesOfSchema(): Promise<SQLiteTable[]> {
  const store = new URL("../../src/store/", import.meta.url);
  const files = readdirSync(store).filter((file) => file.endsWith("schema.ts"));
  const modules = await Promise.all(
    files.map((file): Promise<object> => import(new URL(file, store).pathname)),
  );
  return modules
    .flatMap((module): unknown[] => Object.values(module))
    .filter((each): each is SQLiteTable => is(each, SQLiteTable));
}

describe("a new book", () => {
  test("has exactly the tables and columns of the schema, with their indexes", async () => {
    const book = openBook(":memory:");
    const tables = await tablesOfSchema();
    const inBook = book.db
      .all<{ name: string }>(
        "select name from sqlite_master where type = 'table' and name not like '\\_\\_%' escape '\\' and name not like 'sqlite%'",
      )
      .map(({ name }) => name);
    expect(inBook.toSorted()).toEqual(tables.map((table) => getTableConfig(table).name).toSorted());
    for (const table of tables) {
      const { name, columns, indexes } = getTableConfig(table);
      const info = book.db.all<{ name: string; notnull: number }>(`pragma table_xinfo(${name})`);
      expect(info.map((column) => column.name).toSorted()).toEqual(
        columns.map((column) => column.name).toSorted(),
      );
      const found = book.db.all<{ name: string }>(`pragma index_list(${name})`);
      expect(found.map((index) => index.name)).toEqual(
        expect.arrayContaining(indexes.map((index) => index.config.name)),
      );
    }
  });

  test("is opened again with what it held, and migrated no second time", () => {
    const first = openBook(fileOf());
    first.write((tx) => {
      saveNote(tx, "kept", "yes");
      flag(tx, "one");
    });
    first.close();
    const again = openBook(fileOf());
    expect(readNote(again, "kept")).toBe("yes");
    expect([again.epoch, again.written]).toEqual([1, 1]);
    again.write((tx) => flag(tx, "two"));
    expect(chainFault(linesAfter(again, 1, 0, 10))).toBeUndefined();
  });

  test("syncs every commit and writes ahead", () => {
    const book = openBook(fileOf());
    expect(book.db.get("pragma journal_mode")).toEqual({ journal_mode: "wal" });
    expect(book.db.get("pragma synchronous")).toEqual({ synchronous: 2 });
    expect(book.db.get("pragma journal_size_limit")).toEqual({
      journal_size_limit: 64 * 1024 * 1024,
    });
  });
});

describe("a file that is no book", () => {
  test("is not opened, and stays as it is", () => {
    const text = "this is no database, but somebody's only copy of something ".repeat(100);
    writeFileSync(fileOf(), text);
    expect(() => openBook(fileOf())).toThrow("file is not a database");
    expect(readFileSync(fileOf(), "utf8")).toBe(text);
  });

  test("is told by its integrity when its pages are damaged", () => {
    const book = openBook(fileOf());
    for (let note = 0; note < 500; note++)
      book.write((tx) => saveNote(tx, `note ${note}`, "x".repeat(200)));
    expect(book.integrity()).toBe("ok");
    book.close();
    const bytes = readFileSync(fileOf());
    bytes.fill(0x5a, bytes.length - 9000, bytes.length - 200);
    writeFileSync(fileOf(), bytes);
    expect(openBook(fileOf()).integrity()).not.toBe("ok");
  });
});

describe("a transaction", () => {
  test("keeps all or nothing", () => {
    const book = openBook(":memory:");
    expect(() =>
      book.write((tx) => {
        saveNote(tx, "a", 1);
        flag(tx, "lost");
        throw new RangeError("changed my mind");
      }),
    ).toThrow("changed my mind");
    expect(readNote(book, "a")).toBeUndefined();
    expect(book.written).toBe(0);
  });

  test("gives back what its work gives back", () => {
    expect(openBook(":memory:").write(() => 42)).toBe(42);
  });

  test("does not begin inside another one", () => {
    const book = openBook(":memory:");
    expect(() => book.write(() => book.write(() => 1))).toThrow("one transaction at a time");
    expect(book.write(() => 2)).toBe(2);
  });

  test("numbers the changes of spaces, and takes the numbers back when it fails", () => {
    const book = openBook(":memory:");
    expect(book.write((tx) => [tx.nextChange(), tx.nextChange()])).toEqual([1, 2]);
    expect(() =>
      book.write((tx) => {
        tx.nextChange();
        throw new RangeError("no");
      }),
    ).toThrow("no");
    expect(book.write((tx) => tx.nextChange())).toBe(3);
  });

  test("tells what waits for it when it is durable, in order, and not when it failed", () => {
    const book = openBook(":memory:");
    const heard: string[] = [];
    book.write((tx) => {
      tx.afterCommit(() => heard.push(`a ${readNote(book, "n")}`));
      tx.afterCommit(() => heard.push("b"));
      saveNote(tx, "n", 1);
      expect(heard).toEqual([]);
    });
    expect(() =>
      book.write((tx) => {
        tx.afterCommit(() => heard.push("never"));
        throw new RangeError("no");
      }),
    ).toThrow("no");
    book.write(() => undefined);
    expect(heard).toEqual(["a 1", "b"]);
  });

  test("can be ended by a played crash at every changed row and at its commit, and is whole or not there", () => {
    const ended: number[] = [];
    for (let crashAt = 1; crashAt <= 8; crashAt++) {
      let steps = 0;
      let playing = true;
      const book = openBook(fileOf(`crash-${crashAt}.sqlite`), {
        onStep: () => {
          if (playing && ++steps === crashAt) throw new RangeError("crash");
        },
      });
      const crash = (): unknown =>
        book.write((tx) => {
          saveNote(tx, "a", 1);
          saveNote(tx, "b", 2);
          flag(tx, "line");
        });
      expect(crash).toThrow("crash");
      playing = false;
      const isKept = readNote(book, "a") !== undefined;
      expect(readNote(book, "b") !== undefined).toBe(isKept);
      expect(book.written).toBe(isKept ? 1 : 0);
      book.write((tx) => flag(tx, "after"));
      expect(chainFault(linesAfter(book, 1, 0, 10))).toBeUndefined();
      ended.push(book.written);
      if (isKept) break;
    }
    expect(ended.at(-1), "the last crash came after the commit").toBe(2);
    expect(ended.length).toBeGreaterThan(4);
  });
});

describe("two processes on one book", () => {
  test("the second waits for the first, no longer than it is told to, and says who has it", () => {
    const book = openBook(fileOf(), { busyMs: 50 });
    const other = new Database(fileOf());
    other.exec("begin immediate");
    const fault = faultOf(() => book.write((tx) => saveNote(tx, "a", 1)));
    expect(fault).toMatchObject({ code: "already-running", retryable: false });
    expect(fault.message).toBe("already-running: another process is writing to the book");
    expect(readNote(book, "a"), "reading goes on").toBeUndefined();
    other.exec("commit");
    other.close();
    book.write((tx) => saveNote(tx, "a", 1));
    expect(readNote(book, "a")).toBe("1");
  });

  test("a book that is being written to elsewhere is not opened half", () => {
    const other = new Database(fileOf());
    other.exec("create table theirs (a); begin exclusive");
    const fault = faultOf(() => openBook(fileOf(), { busyMs: 50 }));
    expect(fault.code).toBe("already-running");
    other.exec("commit");
    other.close();
    expect(openBook(fileOf()).written).toBe(0);
  });

  test("both write, one after the other, and the ledger of the first goes on from its own place", () => {
    const first = openBook(fileOf(), { busyMs: 50 });
    first.write((tx) => flag(tx, "one"));
    const second = openBook(fileOf(), { busyMs: 50 });
    second.write((tx) => flag(tx, "two"));
    expect(() => first.write((tx) => flag(tx, "three"))).toThrow(/UNIQUE/);
    expect(chainFault(linesAfter(first, 1, 0, 10))).toBeUndefined();
  });
});

describe("a full disk", () => {
  /** A book whose file may not grow any more. */
  function fullBook(ballast?: string): Book {
    const book = openBook(fileOf(), ballast === undefined ? {} : { ballast });
    const { page_count: pages } = book.db.get<{ page_count: number }>("pragma page_count");
    book.db.all(`pragma max_page_count = ${pages}`);
    return book;
  }
  const fill = (book: Book, urgency: "urgent" | "plain"): void => {
    for (let note = 0; note < 200; note++) {
      book.write((tx) => {
        saveNote(tx, `note ${note}`, "x".repeat(1000));
        flag(tx, "x".repeat(1000));
      }, urgency);
    }
  };

  test.each(["urgent", "plain"] as const)(
    "ends %s work with a fault, and nothing of it is kept",
    (urgency) => {
      const book = fullBook();
      expect(faultOf(() => fill(book, urgency))).toMatchObject({
        code: "disk-full",
        retryable: true,
      });
      const rows = linesAfter(book, 1, 0, 1000);
      expect(rows).toHaveLength(book.written);
      expect(chainFault(rows)).toBeUndefined();
      expect(readNote(book, `note ${book.written}`)).toBeUndefined();
      expect(readNote(book, `note ${book.written - 1}`)).toBeDefined();
      expect(book.integrity()).toBe("ok");
    },
  );

  test("leaves reading as it was, and writing goes on when there is room again", () => {
    const book = fullBook();
    faultOf(() => fill(book, "plain"));
    const { written } = book;
    book.db.all("pragma max_page_count = 100000");
    book.write((tx) => flag(tx, "after"));
    expect(book.written).toBe(written + 1);
    expect(chainFault(linesAfter(book, 1, 0, 1000))).toBeUndefined();
  });

  test("gives its reserve to urgent work, and never to plain work", () => {
    const ballast = fileOf("ballast");
    const book = fullBook(ballast);
    expect(book.takeBallast()).toBe(true);
    expect(statSync(ballast).size).toBe(4 * 1024 * 1024);
    faultOf(() => fill(book, "plain"));
    expect(existsSync(ballast)).toBe(true);
    let tries = 0;
    const room = (tx: Tx): void => {
      // The file may grow by what the ballast has given up.
      if (++tries === 2) book.db.all("pragma max_page_count = 100000");
      saveNote(tx, "big", "x".repeat(100_000));
    };
    expect(() => book.write(room)).not.toThrow();
    expect(existsSync(ballast)).toBe(false);
    expect(readNote(book, "big")).toHaveLength(100_000);
  });

  test("counts nothing twice when urgent work is tried a second time", () => {
    const ballast = fileOf("ballast");
    const book = fullBook(ballast);
    book.takeBallast();
    faultOf(() => fill(book, "plain"));
    const heard: number[] = [];
    let tries = 0;
    book.write((tx) => {
      const mine = ++tries;
      if (mine === 2) book.db.all("pragma max_page_count = 100000");
      tx.afterCommit(() => heard.push(mine));
      saveNote(tx, "big", "x".repeat(100_000));
    });
    expect(heard).toEqual([2]);
  });

  test("has no reserve where no room for it is left", () => {
    const book = openBook(":memory:", { ballast: join(folder, "no", "such", "folder", "ballast") });
    expect(book.takeBallast()).toBe(false);
    expect(openBook(":memory:").takeBallast()).toBe(true);
  });
});
