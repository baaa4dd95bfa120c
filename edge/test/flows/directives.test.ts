import type { DirectivePage } from "@gatehouse/shared/contracts/directive";
import { defaultTariff } from "@gatehouse/shared/contracts/tariff";
import { Fault } from "@gatehouse/shared/fault";
import { type Instant, later, minutes } from "@gatehouse/shared/time";
import { describe, expect, test } from "vitest";
import { applyDirectives } from "../../src/flows/directives.ts";
import { Book } from "../../src/store/book.ts";
import { linesAfter } from "../../src/store/ledger.ts";
import { readCursor } from "../../src/store/notes.ts";
import { permitsOf, reservationsIn } from "../../src/store/access.ts";
import { listingOf } from "../../src/store/access-lists.ts";
import { findTariff, listNotices, tariffInForce } from "../../src/store/rights.ts";
import { tariffs } from "../../src/store/schema.ts";
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
    const [again] = apply(book, page({ ...tariff(1), number: 2 }));
    expect(again?.result).toBe("applied");
    const [forged] = apply(book, page({ ...tariff(1, { name: "Forged" }), number: 3 }));
    expect(forged).toMatchObject({ result: "not-understood", detail: /another tariff/ });
    expect(findTariff(book, "summer", 1)?.name).toBe("Standard");
  });

  test("that has ended gives way to the one before", () => {
    const book = newBook();
    const ends = { valid_to: "2026-06-01T12:00:00Z", valid_from: "2026-06-01T00:00:00Z" };
    apply(book, page(tariff(1, { valid_from: "2026-01-01T00:00:00Z" }), tariff(2, ends)));
    const versionAt = (text: string) => tariffInForce(book, Date.parse(text) as Instant)?.version;
    expect(versionAt("2026-06-01T11:59:59Z")).toBe(2);
    expect(versionAt("2026-06-01T12:00:00Z")).toBe(1);
  });

  test("of the first shape that a book holds is read as what it says", () => {
    const book = newBook();
    apply(book, page(tariff(1)));
    const first = {
      tariff_id: "summer",
      version: 1,
      name: "Standard",
      currency: "EUR",
      hourly_minor: { car: 250, motorcycle: 100, truck: 500, bus: 1000 },
      increment_s: 900,
      rounding: "half-up",
      free_s: 0,
      exit_grace_s: 900,
      valid_from: defaultTariff.valid_from,
    };
    book.write((tx) => tx.db.update(tariffs).set({ body: first }).run());
    expect(findTariff(book, "summer", 1)).toEqual({ ...defaultTariff, tariff_id: "summer" });
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
  const year = { valid_from: "2026-01-01T00:00:00Z", valid_until: "2027-01-01T00:00:00Z" };

  test("a permit without any of the terms is good everywhere and always, as often as one likes", () => {
    const book = newBook();
    apply(
      book,
      page({ number: 1, kind: "permit", body: { permit_id: "p1", plates: ["AA1"], ...year } }),
    );
    expect(permitsOf(book, "AA1", "entry-1")).toMatchObject([
      { windows: [], lanes: [], zones: [], passback: { mode: "off" }, pool: undefined },
    ]);
  });

  test("a pool gives its permits what they do not say themselves", () => {
    const book = newBook();
    const hard = { mode: "hard" };
    const pool = { pool_id: "acme", name: "Acme", capacity: 3, when_full: "let-in" };
    const body = { plates: ["AA1"], pool_id: "acme", ...year };
    apply(
      book,
      page(
        { number: 1, kind: "pool", body: { ...pool, anti_passback: hard } },
        { number: 2, kind: "permit", body: { ...body, permit_id: "p1" } },
        {
          number: 3,
          kind: "permit",
          body: { ...body, permit_id: "p2", anti_passback: { mode: "timed", minutes: 5 } },
        },
      ),
    );
    expect(permitsOf(book, "AA1", "entry-1")).toMatchObject([
      { permitId: "p1", passback: hard, pool: { capacity: 3, whenFull: "let-in", used: 0 } },
      { permitId: "p2", passback: { mode: "timed", minutes: 5 } },
    ]);
  });

  test("a reservation is kept with every field that is named for it", () => {
    const book = newBook();
    const body = {
      reservation_id: "r1",
      user_id: "u1",
      plate: "AA1",
      space_type: "ev",
      reserved_from: "2026-06-01T06:00:00Z",
      reserved_until: "2026-06-01T18:00:00Z",
      reservation_amount: 1200,
      status: "confirmed",
      created_at: "2026-05-30T12:00:00Z",
      reservation_details: { channel: "web" },
    };
    apply(book, page({ number: 1, kind: "reservation", body }));
    expect(reservationsIn(book).waitingFor("AA1")).toMatchObject([{ reservationId: "r1" }]);
    apply(book, page({ number: 2, kind: "reservation", body: { ...body, status: "cancelled" } }));
    expect(reservationsIn(book).waitingFor("AA1")).toEqual([]);
  });

  test.each([
    ["pool", { pool_id: "a", name: "A", capacity: -1, when_full: "refuse" }, "body.capacity"],
    ["pool", { pool_id: "a", name: "A", capacity: 1, when_full: "maybe" }, "body.when_full"],
    [
      "permit",
      {
        permit_id: "p",
        plates: ["AA1"],
        ...year,
        windows: [{ days: ["mon"], from: "25:00", until: "26:00" }],
      },
      "body.windows[0].from",
    ],
    [
      "permit",
      { permit_id: "p", plates: ["AA1"], ...year, anti_passback: { mode: "timed" } },
      "body.anti_passback.minutes",
    ],
    ["visitor", { visitor_id: "v", plate: "AA1", name: "", ...year }, "body.name"],
    ["reservation", { reservation_id: "r", plate: "AA1" }, "body.reserved_from"],
  ])("a %s with a fault is reported with where, and kept nowhere", (kind, body, where) => {
    const book = newBook();
    expect(apply(book, page({ number: 1, kind, body }))).toMatchObject([
      { result: "not-understood", detail: expect.stringContaining(where) },
    ]);
    expect(permitsOf(book, "AA1", "entry-1")).toEqual([]);
  });

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
