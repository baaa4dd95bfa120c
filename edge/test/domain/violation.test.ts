import { penaltyStatuses, type PenaltyStatus } from "@gatehouse/shared/contracts/money-terms";
import { ViolationRules } from "@gatehouse/shared/contracts/violation-config";
import { hours, type Instant, instantOf, isoOf } from "@gatehouse/shared/time";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  discountOf,
  nextChange,
  surchargeOf,
  violationDates,
  violationMayBecome,
  type ViolationTerms,
} from "../../src/domain/violation.ts";
import {
  leastOwnLimit,
  overstayOf,
  ownLimit,
  wrongSpace,
} from "../../src/domain/violation-rules.ts";

const berlin = "Europe/Berlin";
const at = (iso: string): Instant => instantOf(iso) as Instant;
const { overstay } = ViolationRules.parse({
  overstay: { enabled: true, penalty_minor: 2000, discount_percent: 50, discount_days: 14 },
});

/** All that happens to a penalty that nobody pays, in its order. */
function lifeOf(terms: ViolationTerms, from: Instant, timezone: string) {
  const steps: { to: string; at: string; amount: number }[] = [];
  let [status, taken, amount]: [PenaltyStatus, number, number] = ["issued", 0, terms.penalty_minor];
  for (;;) {
    const next = nextChange(status, terms, from, taken, timezone);
    if (next === undefined) return steps;
    expect(violationMayBecome(status, next.to)).toBe(true);
    if (next.step !== undefined) {
      amount += surchargeOf(terms, taken, amount);
      taken += 1;
    }
    status = next.to;
    steps.push({ to: next.to, at: isoOf(next.at), amount });
  }
}

describe("a stay", () => {
  test("is too long when it is longer than its limit, and not when it is exactly as long", () => {
    const stays = (inside: number) => overstayOf(overstay, { inside, place: undefined });
    expect(stays(hours(4))).toBeUndefined();
    expect(stays(hours(4) + 1)).toEqual({ length: hours(4) + 1, limit: hours(4) });
  });

  test("has the limit of its kind of space, else of its zone, else the facility's", () => {
    const { overstay: rule } = ViolationRules.parse({
      overstay: { limit_h_by_type: { ev: 2 }, limit_h_by_zone: { west: 1.5 } },
    });
    expect(ownLimit(rule, { type: "ev", zoneId: "west" })).toBe(hours(2));
    expect(ownLimit(rule, { type: "standard", zoneId: "west" })).toBe(hours(1.5));
    expect(ownLimit(rule, { type: "standard", zoneId: "east" })).toBeUndefined();
    expect(leastOwnLimit(rule)).toBe(hours(1.5));
    expect(leastOwnLimit(overstay)).toBeUndefined();
  });

  test("is measured in the space where that has a limit of its own, and a longer one lets it stay", () => {
    const { overstay: rule } = ViolationRules.parse({
      overstay: { limit_h_by_type: { ev: 2, reserved: 24 } },
    });
    const ev = { type: "ev", zoneId: "west" } as const;
    const kept = { type: "reserved", zoneId: "west" } as const;
    const stays = (inside: number, space: typeof ev | typeof kept, length: number) =>
      overstayOf(rule, { inside: hours(inside), place: { space, length: hours(length) } });
    expect(stays(3.5, ev, 1)).toBeUndefined();
    expect(stays(3.5, ev, 2.5)).toEqual({ length: hours(2.5), limit: hours(2) });
    expect(stays(4.5, ev, 1)).toEqual({ length: hours(4.5), limit: hours(4) });
    expect(stays(20, kept, 19)).toBeUndefined();
    expect(stays(25, kept, 1)).toEqual({ length: hours(25), limit: hours(24) });
  });
});

describe("a space", () => {
  const rule = { permit_kinds: { accessible: ["resident" as const] } };

  test("for motorcycles is wrong for a car, and for nothing that nobody could name", () => {
    const who = { permit: undefined };
    expect(wrongSpace(rule, "motorcycle", { ...who, vehicleClass: "car" })).toMatch(/a car/);
    expect(wrongSpace(rule, "motorcycle", { ...who, vehicleClass: "motorcycle" })).toBeUndefined();
    expect(wrongSpace(rule, "motorcycle", { ...who, vehicleClass: "unknown" })).toBeUndefined();
  });

  test("that is kept for permits is wrong without one, where anybody knows whose vehicle it is", () => {
    const car = { vehicleClass: "car" } as const;
    expect(wrongSpace(rule, "accessible", { ...car, permit: "none" })).toMatch(/no permit/);
    expect(wrongSpace(rule, "accessible", { ...car, permit: { kind: "staff" } })).toMatch(/staff/);
    expect(
      wrongSpace(rule, "accessible", { ...car, permit: { kind: "resident" } }),
    ).toBeUndefined();
    expect(wrongSpace(rule, "accessible", { ...car, permit: undefined })).toBeUndefined();
    expect(wrongSpace(rule, "ev", { ...car, permit: "none" })).toBeUndefined();
  });
});

describe("a penalty", () => {
  test("that nobody pays costs half more after thirty days, double after sixty, and a collector's 40 %", () => {
    const from = at("2026-06-01T10:00:00Z");
    expect(lifeOf({ ...overstay, discount_days: 0 }, from, berlin)).toEqual([
      { to: "due", at: "2026-06-01T10:00:00.000Z", amount: 2000 },
      { to: "escalated", at: "2026-07-01T22:00:00.000Z", amount: 3000 },
      { to: "escalated", at: "2026-07-31T22:00:00.000Z", amount: 4000 },
      { to: "escalated", at: "2026-08-30T22:00:00.000Z", amount: 5600 },
    ]);
  });

  test("doubles as the published table does: 1 becomes 2, 7 becomes 14, and 40 % of the whole come on top", () => {
    const amounts = [100, 700].map((penalty_minor) =>
      lifeOf({ ...overstay, penalty_minor }, at("2026-06-01T10:00:00Z"), "America/New_York").map(
        ({ amount }) => amount,
      ),
    );
    expect(amounts).toEqual([
      [100, 150, 200, 280],
      [700, 1050, 1400, 1960],
    ]);
  });

  test("has its days in the facility's zone, whole ones also when the clocks change", () => {
    const terms = { ...overstay, discount_days: 1, due_days: 1 };
    const dates = (from: string, zone: string) => {
      const { discountUntil, dueAt } = violationDates(terms, at(from), zone);
      expect(discountUntil).toBe(dueAt);
      return isoOf(dueAt);
    };
    // Summer time begins on 29 March 2026 and ends on 25 October 2026: 47 and 49 hours from midnight.
    expect(dates("2026-03-28T12:00:00Z", berlin)).toBe("2026-03-29T22:00:00.000Z");
    expect(dates("2026-10-24T12:00:00Z", berlin)).toBe("2026-10-25T23:00:00.000Z");
    // The same moment is another day elsewhere.
    expect(dates("2026-06-01T23:30:00Z", berlin)).toBe("2026-06-03T22:00:00.000Z");
    expect(dates("2026-06-01T23:30:00Z", "America/New_York")).toBe("2026-06-03T04:00:00.000Z");
  });

  test("never falls while nobody pays, changes in the order of its dates, and lets off no more than it is", () => {
    const steps = fc.array(
      fc.record({
        percent: fc.integer({ min: 1, max: 300 }),
        of: fc.constantFrom("penalty" as const, "balance" as const),
      }),
      { maxLength: 5 },
    );
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1_000_000 }),
        fc.integer({ min: 0, max: 100 }),
        steps,
        fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2035, 0, 1) }),
        (penalty, percent, some, from) => {
          const escalation = some.map((step, index) => ({ ...step, after_days: 20 * (index + 1) }));
          const more = { penalty_minor: penalty, discount_percent: percent, escalation };
          const terms = { ...overstay, ...more };
          const life = lifeOf(terms, from as Instant, berlin);
          const amounts = [penalty, ...life.map(({ amount }) => amount)];
          expect(amounts).toEqual(amounts.toSorted((a, b) => a - b));
          expect(amounts.every(Number.isSafeInteger)).toBe(true);
          const days = life.map((each) => each.at);
          expect(days).toEqual(days.toSorted());
          expect(discountOf(terms)).toBeLessThanOrEqual(penalty);
        },
      ),
      { numRuns: 300 },
    );
  });

  test("ends paid or waived: from everywhere one of them can be reached, and from waived nothing", () => {
    const reach = (from: PenaltyStatus): Set<PenaltyStatus> => {
      const seen = new Set([from]);
      for (const status of seen)
        for (const to of penaltyStatuses) if (violationMayBecome(status, to)) seen.add(to);
      return seen;
    };
    for (const status of penaltyStatuses) expect([...reach(status)]).toContain("waived");
    expect([...reach("waived")]).toEqual(["waived"]);
    expect([...reach("detected")].toSorted()).toEqual([...penaltyStatuses].toSorted());
  });
});

describe("rules", () => {
  test("fine nobody unless somebody has written so", () => {
    const rules = ViolationRules.parse({});
    expect(Object.values(rules).map(({ enabled }) => enabled)).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });

  test("that make no sense are refused with where and why", () => {
    const wrong = (rules: object) => {
      const { error } = ViolationRules.safeParse(rules);
      return error?.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
    };
    expect(wrong({ overstay: { enabled: true } })).toEqual([
      "overstay.penalty_minor: write what it costs, in minor units, or leave enabled out",
    ]);
    expect(wrong({ unauthorised: { enabled: true, penalty_minor: 5 } })?.[0]).toMatch(
      /prepayment_required: write true where drivers pay in advance/,
    );
    expect(wrong({ overstay: { due_days: 40 } })?.[0]).toMatch(/escalation: each step comes later/);
    expect(wrong({ overstay: { discount_days: 20 } })?.[0]).toMatch(/discount_days/);
  });
});
