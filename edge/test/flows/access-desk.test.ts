import { VirtualClock } from "@gatehouse/firmware-sim/virtual-clock";
import type { Actor } from "@gatehouse/shared/contracts/actor";
import { factOf, LedgerLine } from "@gatehouse/shared/contracts/event";
import {
  ListsData,
  type NewVisitorRequest,
  PermitsData,
  VisitorsData,
} from "@gatehouse/shared/contracts/rights";
import { seconds } from "@gatehouse/shared/time";
import { describe, expect, test } from "vitest";
import { accessDesk } from "../../src/flows/access-desk.ts";
import { applyDirectives } from "../../src/flows/directives.ts";
import { Book } from "../../src/store/book.ts";
import { listingOf } from "../../src/store/access-lists.ts";
import { linesAfter } from "../../src/store/ledger.ts";
import { morning } from "./car-park.ts";

const boris: Actor = { kind: "attendant", id: "boris" };
const anna: Actor = { kind: "attendant", id: "anna" };
const visit: NewVisitorRequest = {
  visitor_id: "visit-0001",
  kind: "contractor",
  plate: "b-gh 1234",
  name: "Lift service",
  host: "House office",
  valid_from: "2026-06-01T08:00",
  valid_until: "2026-06-01T17:00",
  entries_max: 2,
  why: "the lift is out of order",
};

function desk() {
  const book = new Book(":memory:");
  const clock = new VirtualClock(morning);
  const calendar = { timezone: "Europe/Berlin", holidays: [] };
  const lines = () =>
    linesAfter(book, 1, 0, 1000).map(({ text }) => factOf(LedgerLine.parse(JSON.parse(text))));
  const send = (...directives: { kind: string; body: object }[]) => {
    const first = linesAfter(book, 1, 0, 1000).filter(
      ({ type }) => type === "directive-applied",
    ).length;
    const numbered = directives.map((each, index) => ({ ...each, number: first + index + 1 }));
    return applyDirectives(book, { directives: numbered, latest: 99 }, clock.now(), "EUR");
  };
  return { book, clock, lines, send, access: accessDesk({ book, clock, calendar }) };
}

describe("the facility's own lists", () => {
  const entry = { list: "deny", plate: "b-gh 1234", reason: "unpaid damage", why: "arm" } as const;

  test("take a plate as it is written, and tell who put it there", () => {
    const { access, lines } = desk();
    expect(access.list(entry, boris)).toEqual({ sentence: "BGH1234 is on the deny list." });
    const { entries } = ListsData.parse(access.lists(""));
    expect(entries).toMatchObject([
      { list: "deny", plate: "BGH1234", owner: "facility", changed_by: "boris", valid_until: null },
    ]);
    expect(lines()).toEqual([
      {
        type: "list-entry-changed",
        body: {
          list: "deny",
          plate: "BGH1234",
          actor: boris,
          reason: "arm",
          before: null,
          after: { reason: "unpaid damage", valid_until: null },
        },
      },
    ]);
  });

  test("keep what was before a change and what was taken away", () => {
    const { access, lines } = desk();
    access.list(entry, boris);
    access.list({ ...entry, reason: "paid half", valid_until: "2026-06-02T00:00" }, boris);
    access.unlist({ list: "deny", plate: "BGH1234", why: "paid" }, anna);
    expect(access.lists("")).toEqual({ entries: [], has_more: false });
    expect(lines().slice(1)).toMatchObject([
      {
        body: {
          before: { reason: "unpaid damage" },
          after: { reason: "paid half", valid_until: "2026-06-01T22:00:00.000Z" },
        },
      },
      { body: { before: { reason: "paid half" }, after: null, reason: "paid", actor: anna } },
    ]);
  });

  test("stand beside head office's, which are not changed here", () => {
    const { access, book, send } = desk();
    send({ kind: "list-entry", body: { list: "deny", plate: "BGH1234", reason: "stolen" } });
    expect(access.unlist({ list: "deny", plate: "BGH1234", why: "mistake" }, boris)).toMatchObject({
      reason: "owned-by-head-office",
    });
    expect(access.list(entry, boris)).toEqual({
      sentence: "BGH1234 is on the deny list. Head office has it on that list too (stolen).",
    });
    access.unlist({ list: "deny", plate: "BGH1234", why: "paid" }, boris);
    expect(listingOf(book, "BGH1234", morning)).toEqual({ deny: "stolen" });
    access.list(entry, boris);
    send({
      kind: "list-entry",
      body: { list: "deny", plate: "BGH1234", reason: "stolen", removed: true },
    });
    expect(listingOf(book, "BGH1234", morning)).toEqual({ deny: "unpaid damage" });
  });

  test("forget an entry at its end", async () => {
    const { access, book, clock } = desk();
    access.list({ ...entry, valid_until: "2026-06-01T07:31" }, boris);
    expect(listingOf(book, "BGH1234", clock.now())).toEqual({ deny: "unpaid damage" });
    await clock.advance(seconds(60));
    expect(listingOf(book, "BGH1234", clock.now())).toEqual({});
    expect(access.lists("").entries).toEqual([]);
  });

  test("are searched by plate and by reason", () => {
    const { access } = desk();
    access.list(entry, boris);
    access.list({ ...entry, list: "allow", plate: "CC3", reason: "Fire brigade" }, boris);
    const found = (text: string) => access.lists(text).entries.map(({ plate }) => plate);
    expect(found("gh1")).toEqual(["BGH1234"]);
    expect(found("FIRE")).toEqual(["CC3"]);
    expect(found("%")).toEqual([]);
    expect(found("")).toEqual(["BGH1234", "CC3"]);
  });

  test.each([
    [{ plate: "--" }, "no-plate"],
    [{ plate: "ABCDEFGHIJKLM" }, "no-plate"],
    [{ valid_until: "2026-06-01T07:30" }, "over-already"],
    [{ valid_until: "2026-02-30T10:00" }, "no-moment"],
  ])("refuse %j", (change, reason) => {
    const { access, lines } = desk();
    expect(access.list({ ...entry, ...change }, boris)).toMatchObject({ kind: "refused", reason });
    expect(lines()).toEqual([]);
  });

  test("say that a plate is on no list that is to be taken off", () => {
    const { access } = desk();
    expect(access.unlist({ list: "allow", plate: "CC3", why: "?" }, boris)).toMatchObject({
      reason: "no-such-entry",
    });
  });
});

describe("visitors", () => {
  test("are announced once, by the facility's clock", () => {
    const { access, lines } = desk();
    expect(access.announce(visit, anna)).toEqual({
      sentence: "Lift service (BGH1234) is expected until 2026-06-01 17:00.",
    });
    access.announce({ ...visit, name: "Forged" }, anna);
    const { visitors } = VisitorsData.parse(access.visitors(""));
    expect(visitors).toMatchObject([
      {
        visitor_id: "visit-0001",
        plate: "BGH1234",
        name: "Lift service",
        valid_from: "2026-06-01T06:00:00.000Z",
        entries_max: 2,
        entries_used: 0,
        changed_by: "anna",
      },
    ]);
    expect(lines()).toMatchObject([
      { type: "visitor-changed", body: { before: null, after: { name: "Lift service" } } },
    ]);
  });

  test("are changed and ended with what they were before", () => {
    const { access, lines } = desk();
    access.announce(visit, anna);
    const { visitor_id: id, ...wish } = visit;
    access.change(id, { ...wish, plate: "CC3", why: "another van" }, boris);
    expect(access.end(id, "came on foot", boris)).toEqual({
      sentence: "Lift service (CC3) is no longer expected.",
    });
    expect(access.visitors("").visitors).toEqual([]);
    expect(lines().slice(1)).toMatchObject([
      { body: { before: { plate: "BGH1234" }, after: { plate: "CC3" }, reason: "another van" } },
      { body: { before: { ended: false }, after: { ended: true }, actor: boris } },
    ]);
  });

  test("are searched by plate, name and host", () => {
    const { access } = desk();
    access.announce(visit, anna);
    const found = (text: string): number => access.visitors(text).visitors.length;
    expect([found("bgh"), found("LIFT"), found("office"), found("nobody")]).toEqual([1, 1, 1, 0]);
  });

  test("of head office's are shown and changed there", () => {
    const { access, send } = desk();
    const body = {
      visitor_id: "ho-visitor-1",
      plate: "CC3",
      name: "Auditor",
      valid_from: "2026-06-01T00:00:00Z",
      valid_until: "2026-06-02T00:00:00Z",
    };
    expect(send({ kind: "visitor", body })).toMatchObject([{ result: "applied" }]);
    expect(access.visitors("").visitors).toMatchObject([{ owner: "head-office", name: "Auditor" }]);
    const { visitor_id: _, ...wish } = visit;
    expect(access.end("ho-visitor-1", "?", boris)).toMatchObject({
      reason: "owned-by-head-office",
    });
    expect(access.change("ho-visitor-1", wish, boris)).toMatchObject({
      reason: "owned-by-head-office",
    });
  });

  test("of the facility's own are not overwritten by head office", () => {
    const { access, send } = desk();
    access.announce(visit, anna);
    const body = {
      visitor_id: "visit-0001",
      plate: "CC3",
      name: "Other",
      valid_from: "2026-06-01T00:00:00Z",
      valid_until: "2026-06-02T00:00:00Z",
    };
    expect(send({ kind: "visitor", body })).toMatchObject([
      { result: "not-understood", detail: expect.stringContaining("visitor_id") },
    ]);
    expect(access.visitors("").visitors).toMatchObject([{ name: "Lift service" }]);
  });

  test.each([
    [{ plate: "…" }, "no-plate"],
    [{ valid_until: "2026-06-01T07:00" }, "over-already"],
    [{ valid_from: "2026-06-02T00:00", valid_until: "2026-06-01T23:00" }, "over-already"],
    [{ valid_until: "2026-13-01T00:00" }, "no-moment"],
  ])("are refused with %j", (change, reason) => {
    const { access, lines } = desk();
    expect(access.announce({ ...visit, ...change }, anna)).toMatchObject({ reason });
    expect(lines()).toEqual([]);
  });

  test("that nobody knows are neither changed nor ended", () => {
    const { access } = desk();
    const { visitor_id: _, ...wish } = visit;
    expect(access.change("visit-none", wish, boris)).toMatchObject({ reason: "no-such-visitor" });
    expect(access.end("visit-none", "?", boris)).toMatchObject({ reason: "no-such-visitor" });
  });
});

describe("permits", () => {
  const permit = {
    permit_id: "p1",
    plates: ["BGH1234", "CC3"],
    holder: "Kim",
    kind: "staff",
    pool_id: "acme",
    valid_from: "2026-01-01T00:00:00Z",
    valid_until: "2027-01-01T00:00:00Z",
  };
  const pool = {
    pool_id: "acme",
    name: "Acme",
    capacity: 0,
    when_full: "refuse",
    anti_passback: { mode: "hard" },
  };

  test("are told with their pool, and why they do not hold", () => {
    const { access, send } = desk();
    send({ kind: "pool", body: pool }, { kind: "permit", body: permit });
    const told = PermitsData.parse(access.permits("b-gh 1234"));
    expect(told).toMatchObject({
      plate: "BGH1234",
      permits: [
        {
          permit_id: "p1",
          kind: "staff",
          holder: "Kim",
          plates: ["BGH1234", "CC3"],
          holds: false,
          sentence: "all places of its permit's pool are taken",
          anti_passback: "hard",
          pool: { name: "Acme", capacity: 0, used_by_others: 0 },
          presences: [],
        },
      ],
    });
  });

  test("of a pool that nobody knows hold without one", () => {
    const { access, send } = desk();
    send({ kind: "permit", body: permit });
    expect(access.permits("CC3")).toMatchObject({ permits: [{ holds: true, pool: null }] });
  });

  test("that nobody knows cannot be made neutral; all can, also when there are none", () => {
    const { access } = desk();
    expect(access.makeNeutral({ permit_id: "p9", why: "?" }, boris)).toMatchObject({
      reason: "unknown-permit",
    });
    expect(access.makeNeutral({ permit_id: null, why: "night" }, boris)).toEqual({
      sentence: "0 vehicles of all permits made neutral: each may come in once.",
    });
    expect(access.permits("?!")).toMatchObject({ reason: "no-plate" });
  });
});
