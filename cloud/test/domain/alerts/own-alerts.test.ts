import { minorUnits } from "@gatehouse/shared/money";
import { type Instant, minutes } from "@gatehouse/shared/time";
import { describe, expect, test } from "vitest";
import { alertKinds } from "@gatehouse/shared/contracts/alerts/tiers";
import { english } from "@gatehouse/shared/contracts/alerts/words-en";
import { milestoneOf } from "../../../src/domain/alerts/milestone.ts";
import { type FacilityFacts, ownAlerts, ownTypes } from "../../../src/domain/alerts/own-alerts.ts";

const now = Date.UTC(2026, 10, 20, 12) as Instant;
const well: FacilityFacts = {
  now,
  heardAt: now,
  skewMs: 20,
  backlog: 0,
  occupied: 50,
  free: 50,
  isToldFull: false,
  takenMinor: 0,
  unitMinor: 100,
  month: "2026-11",
  entriesWeek: 700,
  entriesBefore: 2800,
  daysBefore: 28,
  overdue: [],
  archiveTrouble: undefined,
};
const told = (more: Partial<FacilityFacts>): string[] =>
  ownAlerts({ ...well, ...more }).map(({ alert_id }) => alert_id);

describe("head office says of a facility", () => {
  test("nothing while it is well, nor before it was ever heard", () => {
    expect(told({})).toEqual([]);
    expect(told({ heardAt: undefined })).toEqual([]);
  });

  test.each<[string, Partial<FacilityFacts>, string[]]>([
    [
      "silent for a quarter of an hour",
      { heardAt: (now - minutes(15)) as Instant },
      ["facility-silent"],
    ],
    ["silent for less", { heardAt: (now - minutes(14)) as Instant }, []],
    ["more than 2,000 lines behind", { backlog: 2001 }, ["sync-lag"]],
    ["with a clock that runs ahead", { skewMs: 30_001 }, ["clock-skew"]],
    ["with a clock that runs behind", { skewMs: -30_001 }, ["clock-skew"]],
    ["with an archive that stands still", { archiveTrouble: "no disk" }, ["archive-stopped"]],
    ["19 of 20 spaces taken", { occupied: 95, free: 5 }, ["high-occupancy"]],
    ["a little less than that", { occupied: 94, free: 6 }, []],
    [
      "a little less, once it is told",
      { occupied: 94, free: 6, isToldFull: true },
      ["high-occupancy"],
    ],
    ["with room again", { occupied: 89, free: 11, isToldFull: true }, []],
    ["too small to be full", { occupied: 9, free: 0 }, []],
    [
      "with overdue work",
      { overdue: [{ equipmentId: "exit-1", since: now }] },
      ["maintenance-due-exit-1"],
    ],
    ["a round sum taken in a month", { takenMinor: 5_234_00 }, ["revenue-milestone-2026-11-5000"]],
    ["a quarter more entries", { entriesWeek: 875 }, ["usage-trend"]],
    ["a quarter fewer entries", { entriesWeek: 525 }, ["usage-trend"]],
    ["as busy as before, known for three weeks", { entriesBefore: 1400, daysBefore: 14 }, []],
    ["busier, known for less than three weeks", { entriesBefore: 650, daysBefore: 13 }, []],
    ["too few entries for a trend", { entriesWeek: 0, entriesBefore: 199 }, []],
  ])("%s", (_, facts, expected) => {
    expect(told(facts)).toEqual(expected);
  });

  test("only what it also ends itself", () => {
    const all = ownAlerts({
      ...well,
      heardAt: 0 as Instant,
      skewMs: 99_999,
      backlog: 9_999,
      occupied: 100,
      free: 0,
      takenMinor: 1e9,
      entriesWeek: 0,
      overdue: [{ equipmentId: "x", since: now }],
      archiveTrouble: "no disk",
    });
    expect(all.map(({ alert_type }) => alert_type).toSorted()).toEqual([...ownTypes].toSorted());
  });
});

test.each([
  [99_900, undefined],
  [100_000, 100_000],
  [199_999, 100_000],
  [200_000, 200_000],
  [999_999, 500_000],
  [1_000_000, 1_000_000],
  [45_000_000, 20_000_000],
])("of %i cents the last milestone is %s", (amount, reached) => {
  expect(milestoneOf(minorUnits(amount), 100)).toBe(reached);
});

test("every type of alert that has a tier has a sentence, and the other way round", () => {
  expect([...alertKinds.keys()].toSorted()).toEqual(Object.keys(english).toSorted());
});
