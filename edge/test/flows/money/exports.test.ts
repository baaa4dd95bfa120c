import type { BooksExportRequest, BooksFormat } from "@gatehouse/shared/contracts/books-export";
import { AccountingConfig } from "@gatehouse/shared/contracts/till-config";
import { minutes } from "@gatehouse/shared/time";
import { expect, test } from "vitest";
import { BooksExport } from "../../../src/flows/money/exports.ts";
import { trialBalance } from "../../../src/store/books.ts";
import { tillsOf } from "./till-fixture.ts";

/** A facility with 900 payments over two days. */
async function busy() {
  const site = tillsOf();
  for (let count = 0; count < 900; count += 1) {
    site.take(count % 3 === 0 ? "card" : "cash", 100 + count);
    if (count % 5 === 0) await site.clock.advance(minutes(10));
  }
  const books = new BooksExport({
    book: site.book,
    clock: site.clock,
    timezone: "Europe/Berlin",
    currency: "EUR",
    facilityId: "p1",
    accounting: AccountingConfig.parse({}),
  });
  const whole = (format: BooksFormat, from = "2026-06-01", to = "2026-06-02") => {
    const texts: string[] = [];
    for (let request: BooksExportRequest | undefined = { from, to, format }; request;) {
      const part = books.part(request);
      if ("kind" in part) throw new Error(part.sentence);
      texts.push(part.text);
      request = part.next === null ? undefined : { from, to, format, after: part.next };
    }
    return texts;
  };
  return { ...site, books, whole };
}

test("a journal comes in parts that are one file, and every format moves the same", async () => {
  const { whole, book } = await busy();
  const csv = whole("csv");
  expect(csv.length).toBeGreaterThan(1);
  const rows = csv.join("").trimEnd().split("\r\n");
  expect(rows[0]).toMatch(/^date,time,entry_id,/);
  const drawer = rows.filter((row) => row.includes(",drawer,"));
  const inDrawer = drawer.reduce(
    (sum, row) => sum + Number(row.split(",")[7]?.replace(".", "")),
    0,
  );
  const json = JSON.parse(whole("json").join("")) as {
    entries: { entry_id: string; lines: { account: string; minor: number }[] }[];
  };
  expect(json.entries).toHaveLength(1800);
  expect(new Set(json.entries.map(({ entry_id }) => entry_id)).size).toBe(1800);
  const lines = json.entries.flatMap((entry) => entry.lines);
  expect(lines).toHaveLength(rows.length - 1);
  for (const { account, minor } of trialBalance(book)) {
    const own = lines.filter((line) => line.account === account);
    expect(own.reduce((sum, line) => sum + line.minor, 0)).toBe(minor);
  }
  expect(inDrawer).toBe(trialBalance(book).find(({ account }) => account === "drawer")?.minor);
  const datev = whole("datev").join("").trimEnd().split("\r\n").slice(2);
  const onDrawer = datev.map((row) => row.split(";")).filter((row) => row[6] === "1000");
  expect(onDrawer.reduce((sum, row) => sum + Number(row[0]?.replace(",", "")), 0)).toBe(inDrawer);
  expect(onDrawer[0]?.[10]).toMatch(/^"till-1-\d+"$/);
});

test("a day is the facility's own, and an empty one is a file without rows", async () => {
  const { whole } = await busy();
  const days = (format: BooksFormat) =>
    ["2026-05-31", "2026-06-01", "2026-06-02", "2026-06-03"].map(
      (day) => whole(format, day, day).join("").split("\r\n").length - 2,
    );
  const [before, first = 0, second = 0, after] = days("csv");
  expect([before, after]).toEqual([0, 0]);
  expect(first).toBeGreaterThan(0);
  expect(first + second).toBe(900 * 5);
  expect(JSON.parse(whole("json", "2026-05-31", "2026-05-31").join(""))).toMatchObject({
    entries: [],
  });
});

test("what is no time and no place is refused", async () => {
  const { books } = await busy();
  const ask = (more: object) =>
    books.part({ from: "2026-06-01", to: "2026-06-02", format: "csv", ...more });
  expect(ask({ from: "2026-07-01" })).toMatchObject({ reason: "bad-days" });
  expect(ask({ after: "elsewhere" })).toMatchObject({ reason: "bad-place" });
  expect(ask({ format: "datev", to: "2027-01-01" })).toMatchObject({ reason: "not-for-datev" });
});
