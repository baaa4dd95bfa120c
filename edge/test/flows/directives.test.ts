import type { DirectivePage } from "@gatehouse/shared/contracts/directive";
import { defaultTariff } from "@gatehouse/shared/contracts/tariff";
import { Fault } from "@gatehouse/shared/fault";
import { type Instant, later, minutes } from "@gatehouse/shared/time";
import { describe, expect, test } from "vitest";
import { applyDirectives } from "../../src/flows/directives.ts";
import { Book } from "../../src/store/book.ts";
import { linesAfter } from "../../src/store/ledger.ts";
import { readCursor } from "../../src/store/notes.ts";
import { permitsOf } from "../../src/store/access.ts";
import { listingOf } from "../../src/store/access-lists.ts";
import { findTariff, listNotices, tariffInForce } from "../../src/store/rights.ts";
import { morning } from "./car-park.ts";

const notice = (number: number, text = `notice ${number}`) => ({
  number,
  kind: "notice",
  body: { notice_id: `n${number}`, text },
});
const page = (...directives: DirectivePage["directives"]): DirectivePage => ({
  directives,
  latest: 99,
});
const apply = (book: Book, sent: DirectivePage, now = morning) =>
  applyDirectives(book, sent, now, "EUR");
const newBook = (): Book => new Book(":memory:");

describe("a page of directives", () => {
  test("is applied by number, whatever order it came in", () => {
    const book = newBook();
    expect(apply(book, page(notice(2), notice(1), notice(3)))).toEqual([
      { number: 1, kind: "notice", result: "applied" },
      { number: 2, kind: "notice", result: "applied" },
      { number: 3, kind: "notice", result: "applied" },
    ]);
    expect(readCursor(book, "directives")).toBe(3);
    expect(linesAfter(book, 1, 0, 10).map(({ type }) => type)).toEqual([
      "directive-applied",
      "directive-applied",
      "directive-applied",
    ]);
  });

  test("that comes again is applied once", () => {
    const book = newBook();
    apply(book, page(notice(1), notice(2)));
    expect(apply(book, page(notice(1, "changed"), notice(2), notice(3)))).toHaveLength(1);
    expect(listNotices(book).find(({ noticeId }) => noticeId === "n1")?.text).toBe("notice 1");
  });

  test("with a hole is applied up to the hole", () => {
    const book = newBook();
    expect(apply(book, page(notice(1), notice(3)))).toHaveLength(1);
    expect(readCursor(book, "directives")).toBe(1);
    expect(apply(book, page(notice(2), notice(3)))).toHaveLength(2);
  });

  test("is not held up by one that this edge does not understand", () => {
    const book = newBook();
    const applied = apply(
      book,
      page(
        { number: 1, kind: "teleport", body: { to: "Mars" } },
        { number: 2, kind: "notice", body: { notice_id: "n2" } },
        {
          number: 3,
          kind: "permit",
          body: { permit_id: "p", plates: ["lower case"], valid_from: "x", valid_until: "y" },
        },
        notice(4),
      ),
    );
    expect(applied).toMatchObject([
      { number: 1, kind: "teleport", result: "not-understood" },
      {
        number: 2,
        kind: "notice",
        result: "not-understood",
        detail: expect.stringContaining("body.text"),
      },
      {
        number: 3,
        kind: "permit",
        result: "not-understood",
        detail: expect.stringContaining("body.plates[0]"),
      },
      { number: 4, kind: "notice", result: "applied" },
    ]);
  });

  test("has those not carried out that have expired, to the millisecond", () => {
    const book = newBook();
    const expires = (number: number, at: Instant) => ({
      ...notice(number),
      expires_at: new Date(at).toISOString(),
    });
    const applied = apply(book, page(expires(1, morning), expires(2, (morning + 1) as Instant)));
    expect(applied.map(({ result }) => result)).toEqual(["expired", "applied"]);
    expect(readCursor(book, "directives")).toBe(2);
  });

  test("stops at a full disk, and goes on there", () => {
    const book = newBook();
    const { page_count: pages } = book.db.get<{ page_count: number }>("pragma page_count");
    book.db.all(`pragma max_page_count = ${pages}`);
    const long = Array.from({ length: 200 }, (_, index) => notice(index + 1, "x".repeat(500)));
    expect(() => apply(book, page(...long))).toThrow(Fault);
    const reached = readCursor(book, "directives");
    expect(listNotices(book).length).toBeLessThanOrEqual(5);
    book.db.all("pragma max_page_count = 100000");
    apply(book, page(...long));
    expect(readCursor(book, "directives")).toBe(200);
    expect(reached).toBeLessThan(200);
    expect(linesAfter(book, 1, 0, 1000)).toHaveLength(200);
  });
});

describe("a tariff", () => {
  const tariff = (version: number, change = {}) => ({
    number: version,
    kind: "tariff",
    body: { ...defaultTariff, tariff_id: "summer", version, ...change },
  });

  test("is in force from its own moment on", () => {
    const book = newBook();
    const from = later(morning, minutes(60));
    apply(
      book,
      page(tariff(1), tariff(2, { valid_from: new Date(from).toISOString(), name: "Dear" })),
    );
    expect(tariffInForce(book, morning)).toMatchObject({ version: 1 });
    expect(tariffInForce(book, from)).toMatchObject({ version: 2, name: "Dear" });
  });

  test("once kept stays as it is, whatever comes under its version", () => {
    const book = newBook();
    apply(book, page(tariff(1)));
    apply(book, page({ ...tariff(1, { name: "Forged" }), number: 2 }));
    expect(findTariff(book, "summer", 1)?.name).toBe("Standard");
  });

  test("in another currency is not understood: nobody pays dollars as euros", () => {
    const book = newBook();
    expect(apply(book, page(tariff(1, { currency: "USD" })))).toEqual([
      {
        number: 1,
        kind: "tariff",
        result: "not-understood",
        detail: "body.currency: this facility takes EUR",
      },
    ]);
    expect(findTariff(book, "summer", 1)).toBeUndefined();
  });
});

describe("rights", () => {
  test("a permit names its plates, a list its reason, and both can be taken away again", () => {
    const book = newBook();
    const permit = {
      permit_id: "p1",
      plates: ["AA1", "BB2", "AA1"],
      valid_from: "2026-01-01T00:00:00+01:00",
      valid_until: "2027-01-01T00:00:00+01:00",
    };
    const entry = { list: "deny", plate: "CC3", reason: "unpaid" };
    apply(
      book,
      page(
        { number: 1, kind: "permit", body: permit },
        { number: 2, kind: "list-entry", body: entry },
      ),
    );
    expect(permitsOf(book, "BB2", "entry-1")).toMatchObject([{ permitId: "p1", revoked: false }]);
    expect(listingOf(book, "CC3", morning)).toEqual({ deny: "unpaid" });
    apply(
      book,
      page(
        { number: 3, kind: "permit", body: { ...permit, revoked: true } },
        { number: 4, kind: "list-entry", body: { ...entry, removed: true } },
      ),
    );
    expect(permitsOf(book, "BB2", "entry-1")).toMatchObject([{ permitId: "p1", revoked: true }]);
    expect(listingOf(book, "CC3", morning)).toEqual({});
  });
});
