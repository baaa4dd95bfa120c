import type { AntiPassback, TimeWindow } from "@gatehouse/shared/contracts/access-terms";
import { type Instant, instantOf, later, minutes } from "@gatehouse/shared/time";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type AccessPlace,
  authorise,
  grantText,
  type PermitFact,
  type PlateRights,
  type PoolFact,
  type VisitorFact,
} from "../../src/domain/access.ts";
import type { Presence } from "../../src/domain/access-passback.ts";

/** A Monday, 07:30 in Berlin. */
const now = instantOf("2026-06-01T05:30:00Z") as Instant;
const place: AccessPlace = {
  at: now,
  calendar: { timezone: "Europe/Berlin", holidays: [] },
  laneId: "entry-1",
  laneZones: ["west"],
};
const span = { validFrom: (now - 1000) as Instant, validUntil: (now + 1000) as Instant };
const permit: PermitFact = {
  ...span,
  permitId: "p1",
  revoked: false,
  windows: [],
  outsideWindows: "transient",
  lanes: [],
  zones: [],
  passback: { mode: "off" },
  presences: [],
  coming: 0,
  pool: undefined,
};
const pool: PoolFact = {
  poolId: "acme",
  capacity: 2,
  used: 0,
  whenFull: "refuse",
  windows: [],
  outsideWindows: "transient",
};
const visitor: VisitorFact = {
  ...span,
  visitorId: "v1",
  windows: [],
  entriesMax: undefined,
  entriesUsed: 0,
  ended: false,
};
const nobody: PlateRights = {
  denied: undefined,
  allowed: undefined,
  permits: [],
  visitors: [],
  reservations: [],
};
const evening: TimeWindow = { days: ["mon"], from: "18:00", until: "23:00" };
const isIn = (ago = 60_000): Presence => ({
  plate: "AA1",
  state: "in",
  since: (now - ago) as Instant,
  laneId: "entry-1",
});
const judge = (rights: Partial<PlateRights>) => authorise({ ...nobody, ...rights }, place);
const judgePermit = (known: Partial<PermitFact>) => judge({ permits: [{ ...permit, ...known }] });

describe("a permit", () => {
  test.each<[string, Partial<PermitFact>, string | undefined, string[]]>([
    ["lets its vehicle in", {}, undefined, ["permit"]],
    ["holds from its first moment", { validFrom: now }, undefined, ["permit"]],
    ["holds until its last", { validUntil: later(now, minutes(1)) }, undefined, ["permit"]],
    ["that is over lets in nobody", { validUntil: now }, undefined, ["permit-expired"]],
    [
      "that is to come lets in nobody",
      { validFrom: (now + 1) as Instant },
      undefined,
      ["permit-not-yet"],
    ],
    ["that is revoked lets in nobody", { revoked: true }, undefined, ["permit-revoked"]],
    ["holds at the lanes it names", { lanes: ["entry-1"] }, undefined, ["permit"]],
    ["holds at no other lane", { lanes: ["entry-2"] }, undefined, ["permit-other-lane"]],
    ["holds where the lane leads to", { zones: ["west", "top"] }, undefined, ["permit"]],
    ["holds in no other zone", { zones: ["top"] }, undefined, ["permit-other-zone"]],
    [
      "outside its hours leaves its vehicle a stranger's chance",
      { windows: [evening] },
      undefined,
      ["permit-outside-window"],
    ],
    [
      "outside hard hours keeps its vehicle out",
      { windows: [evening], outsideWindows: "refuse" },
      "permit-outside-window",
      ["permit-outside-window"],
    ],
    [
      "outside soft hours is flagged",
      { windows: [evening], outsideWindows: "let-in" },
      undefined,
      ["outside-window", "permit"],
    ],
  ])("%s", (_, known, refused, rules) => {
    expect(judgePermit(known)).toMatchObject({ refused, rules });
  });
});

describe("anti-passback", () => {
  const timed: AntiPassback = { mode: "timed", minutes: 10 };
  test.each<[string, AntiPassback, Partial<PermitFact>, string[]]>([
    ["off lets two in", { mode: "off" }, { presences: [isIn()] }, ["permit"]],
    ["soft flags the second", { mode: "soft" }, { presences: [isIn()] }, ["passback", "permit"]],
    ["hard refuses the second", { mode: "hard" }, { presences: [isIn()] }, ["permit-passback"]],
    [
      "hard lets in who has left",
      { mode: "hard" },
      { presences: [{ ...isIn(), state: "out" }] },
      ["permit"],
    ],
    [
      "hard lets in who is neutral",
      { mode: "hard" },
      { presences: [{ ...isIn(), state: "neutral" }] },
      ["permit"],
    ],
    ["hard refuses beside one on its way in", { mode: "hard" }, { coming: 1 }, ["permit-passback"]],
    [
      "timed refuses within its minutes",
      timed,
      { presences: [isIn(599_999)] },
      ["permit-passback"],
    ],
    ["timed lets in after them", timed, { presences: [isIn(600_000)] }, ["permit"]],
    [
      "timed refuses when the clock was set back",
      timed,
      { presences: [isIn(-60_000)] },
      ["permit-passback"],
    ],
  ])("%s", (_, passback, known, rules) => {
    expect(judgePermit({ ...known, passback }).rules).toEqual(rules);
  });
});

describe("a pool", () => {
  test.each<[string, Partial<PoolFact>, string | undefined, string[]]>([
    ["has room for its permits", { used: 1 }, undefined, ["permit"]],
    ["that is full keeps them out", { used: 2 }, "pool-full", ["pool-full"]],
    [
      "that is full may leave them a stranger's chance",
      { used: 2, whenFull: "transient" },
      undefined,
      ["pool-full"],
    ],
    [
      "that is full may let them in and flag them",
      { used: 7, whenFull: "let-in" },
      undefined,
      ["pool-over-use", "permit"],
    ],
    ["without places is always full", { capacity: 0 }, "pool-full", ["pool-full"]],
    [
      "has hours of its own",
      { windows: [evening], outsideWindows: "refuse" },
      "pool-outside-window",
      ["pool-outside-window"],
    ],
  ])("%s", (_, known, refused, rules) => {
    const judged = judgePermit({ pool: { ...pool, ...known } });
    expect(judged).toMatchObject({ refused, rules });
  });
});

describe("a visitor", () => {
  test.each<[string, Partial<VisitorFact>, string[]]>([
    ["is let in", {}, ["visitor"]],
    ["is let in once more", { entriesMax: 2, entriesUsed: 1 }, ["visitor"]],
    ["has come often enough", { entriesMax: 2, entriesUsed: 2 }, ["visitor-entries-used"]],
    ["comes too early", { validFrom: (now + 1) as Instant }, ["visitor-not-yet"]],
    ["comes too late", { validUntil: now }, ["visitor-expired"]],
    ["comes at another hour", { windows: [evening] }, ["visitor-outside-window"]],
    ["is no longer expected", { ended: true }, ["visitor-ended"]],
  ])("%s", (_, known, rules) => {
    expect(judge({ visitors: [{ ...visitor, ...known }] }).rules).toEqual(rules);
  });
});

describe("a reservation", () => {
  test.each<[string, number, number, string[]]>([
    ["holds within its time", -1, 1, ["reservation"]],
    ["holds from its first moment", 0, 1, ["reservation"]],
    ["does not hold before", 1, 2, ["reservation-not-yet"]],
    ["does not hold at its end", -1, 0, ["reservation-over"]],
  ])("%s", (_, from, until, rules) => {
    const reservation = {
      reservationId: "r1",
      from: (now + from) as Instant,
      until: (now + until) as Instant,
    };
    expect(judge({ reservations: [reservation] }).rules).toEqual(rules);
  });
});

describe("several rights at once", () => {
  const reservation = { reservationId: "r1", from: span.validFrom, until: span.validUntil };
  const flagged: PermitFact = {
    ...permit,
    permitId: "p0",
    pool: { ...pool, used: 9, whenFull: "let-in" },
  };
  const hard: PermitFact = {
    ...permit,
    permitId: "p2",
    passback: { mode: "hard" },
    presences: [isIn()],
  };
  test.each<[string, Partial<PlateRights>, string | null]>([
    [
      "the free one before the reservation and the list",
      { permits: [permit], reservations: [reservation], allowed: "staff" },
      "permit p1",
    ],
    [
      "the one that needs no indulgence before the one that does",
      { permits: [flagged], visitors: [visitor] },
      "visitor v1",
    ],
    [
      "the one that costs nothing, although it needs indulgence",
      { permits: [flagged], reservations: [reservation] },
      "permit p0",
    ],
    [
      "the reservation before the list, whose vehicles pay",
      { reservations: [reservation], allowed: "staff" },
      "reservation r1",
    ],
    ["any before a hard refusal", { permits: [hard], allowed: "staff" }, "allow-list"],
    ["none when the deny list has it", { permits: [permit], allowed: "x", denied: "unpaid" }, null],
  ])("the best for the driver: %s", (_, rights, text) => {
    expect(grantText(judge(rights).grant)).toBe(text);
  });

  test("every rule that fired is named in order, whatever came of it", () => {
    const expired = { ...visitor, validUntil: now };
    const judged = judge({ permits: [hard, flagged], visitors: [expired], allowed: "staff" });
    expect(judged.rules).toEqual(["permit-passback", "visitor-expired", "pool-over-use", "permit"]);
    expect(judged.refused).toBeUndefined();
  });

  test("one more right never turns a vehicle away", () => {
    const permits = fc.array(
      fc.record({
        revoked: fc.boolean(),
        outside: fc.constantFrom("refuse", "transient", "let-in"),
        isOutside: fc.boolean(),
        isIn: fc.boolean(),
        mode: fc.constantFrom("off", "soft", "hard"),
      }),
      { maxLength: 4 },
    );
    fc.assert(
      fc.property(permits, (known) => {
        const facts = known.map((one, index) => ({
          ...permit,
          permitId: `p${index}`,
          revoked: one.revoked,
          windows: one.isOutside ? [evening] : [],
          outsideWindows: one.outside as PermitFact["outsideWindows"],
          passback: { mode: one.mode as "off" },
          presences: one.isIn ? [isIn()] : [],
        }));
        const granted = (of: readonly PermitFact[]): boolean =>
          judge({ permits: of }).grant !== undefined;
        expect([granted(facts.slice(1)), granted(facts)]).not.toEqual([true, false]);
      }),
    );
  });
});
