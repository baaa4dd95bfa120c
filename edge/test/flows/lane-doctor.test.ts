import { LaneConfig } from "@gatehouse/shared/contracts/lane-config";
import { describe, expect, test } from "vitest";
import { laneChecks } from "../../src/flows/lane-doctor.ts";
import type { WiringFacts } from "../../src/flows/wiring-watch.ts";
import type { Passage } from "../../src/store/passages.ts";
import { CarPark } from "./car-park.ts";

const nothingSeen: WiringFacts = { safetyOn: 0, armedBefore: 0, limitOpenOn: 0, bothLimits: 0 };

const laneOf = (inputs: object): LaneConfig =>
  LaneConfig.parse({
    id: "entry-1",
    name: "Entry 1",
    direction: "entry",
    gate: { profile: "moxa-e1214", wire: "w", travel_s: 3, hold_s: 6 },
    inputs: { kind: "mqtt", device: "loops", detector: "presence", fail_safe: true, ...inputs },
  });

const passage = (facts: Partial<Passage>): Passage => ({
  passageId: "p",
  laneId: "entry-1",
  direction: "entry",
  sessionId: "s",
  decisionId: "d",
  commandId: "c",
  commandedAt: 0,
  commandedEvidence: "decision d",
  acknowledgedAt: 700,
  acknowledgedEvidence: "readback",
  movedAt: 2500,
  movedEvidence: "limit-open",
  passedAt: 8000,
  passedEvidence: "safety-loop",
  closedAt: 15_000,
  closedEvidence: "limit-open",
  outcome: "passed",
  ...facts,
});

const failed = (
  inputs: object,
  facts: Partial<Passage> = {},
  wiring: Partial<WiringFacts> = {},
): string[] =>
  laneChecks({
    lane: laneOf(inputs),
    passages: Array.from({ length: 6 }, () => passage(facts)),
    wiring: { ...nothingSeen, ...wiring },
  }).flatMap(({ ok, name, next }) => (ok ? [] : next === undefined ? ["no next"] : [name]));

describe("the doctor of a lane", () => {
  test("finds nothing wrong with loops and an arm that do what facility.yaml says", () => {
    expect(failed({}, {}, { safetyOn: 9, armedBefore: 9, limitOpenOn: 9 })).toEqual([]);
  });

  test.each([
    [{ detector: "limited-presence" }, ["entry-1 loop detector"]],
    [{ detector: "pulse" }, ["entry-1 loop detector"]],
    [{ detector: "unknown" }, ["entry-1 loop detector"]],
    [{ fail_safe: false }, ["entry-1 loop detector"]],
    [{ fail_safe: undefined }, ["entry-1 loop detector"]],
  ])("does not accept a safety loop that is %j", (inputs, names) => {
    expect(failed(inputs)).toEqual(names);
  });

  test("says that a safety loop stays off while the arm goes up again and again", () => {
    const unseen = { passedAt: null, closedAt: null, outcome: "nobody-passed" };
    expect(failed({}, unseen)).toEqual(["entry-1 safety loop"]);
  });

  test("says that two loops are swapped when safety comes first", () => {
    expect(failed({}, {}, { safetyOn: 6, armedBefore: 1 })).toEqual(["entry-1 loop order"]);
    expect(failed({}, {}, { safetyOn: 4, armedBefore: 0 })).toEqual([]);
  });

  test("says that the arm's contact does not move with the openings", () => {
    const unmoved = { movedAt: 8000, movedEvidence: "safety-loop" };
    expect(failed({}, unmoved, { limitOpenOn: 1 })).toEqual(["entry-1 limit-open contact"]);
    expect(failed({}, {}, { bothLimits: 2 })).toEqual(["entry-1 limit contacts"]);
  });

  test("measures the arm against what facility.yaml says of it", () => {
    expect(failed({}, { movedAt: 6000 })).toEqual(["entry-1 travel time"]);
    expect(failed({}, { closedAt: 30_000 })).toEqual(["entry-1 closing time"]);
  });

  test("finds a facility sound through which vehicles have passed", async () => {
    const park = await CarPark.open();
    for (const plate of ["BAA1111", "BBB2222", "BCC3333", "BDD4444", "BEE5555", "BFF6666"]) {
      await park.enter(plate);
      await park.pass(60);
    }
    const checks = park.facility.doctor().filter(({ name }) => name.startsWith("entry-1"));
    expect(checks.filter(({ ok }) => !ok)).toEqual([]);
    expect(checks.map(({ name }) => name)).toEqual([
      "entry-1 loop detector",
      "entry-1 safety loop",
      "entry-1 loop order",
      "entry-1 limit-open contact",
      "entry-1 travel time",
      "entry-1 closing time",
    ]);
  });
});
