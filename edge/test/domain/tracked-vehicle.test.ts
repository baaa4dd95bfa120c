import type { Instant } from "@gatehouse/shared/time";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  follow,
  isIdle,
  lengthOf,
  type TrackedVehicle,
  type VehicleStep,
} from "../../src/domain/tracked-vehicle.ts";

interface Picture {
  readonly at: number;
  readonly spaceId?: string | undefined;
}

/** Follows one vehicle through pictures, taken at whole seconds. */
function live(pictures: readonly Picture[]): { vehicle: TrackedVehicle; steps: VehicleStep[] } {
  let vehicle: TrackedVehicle | undefined;
  const steps: VehicleStep[] = [];
  for (const { at, spaceId } of pictures) {
    const ms = at * 1000;
    const seen = {
      at: ms as Instant,
      measured: ms,
      arrived: ms,
      vehicleClass: "car" as const,
      confidence: 0.8,
      position: [at, at] as const,
      ...(spaceId === undefined ? {} : { spaceId }),
    };
    const step = follow(vehicle, seen);
    vehicle = step.vehicle;
    steps.push(...step.steps);
  }
  if (vehicle === undefined) throw new RangeError("no picture");
  return { vehicle, steps };
}

const told = (steps: readonly VehicleStep[]): string[] =>
  steps.map((step) =>
    step.kind === "changed" ? `${step.from}→${step.to}` : `${step.kind} ${step.standing.spaceId}`,
  );

describe("a followed vehicle", () => {
  test("stands in a space from the first picture that has it there", () => {
    const { vehicle, steps } = live([
      { at: 0 },
      { at: 2, spaceId: "A1" },
      { at: 9, spaceId: "A1" },
    ]);
    expect(told(steps)).toEqual(["arrived A1"]);
    expect(vehicle.standing).toMatchObject({ first: { at: 2000 }, last: { at: 9000 } });
    expect(vehicle.standing && lengthOf(vehicle.standing)).toBe(7000);
  });

  test("has changed its space when two pictures in a row say so", () => {
    const { steps, vehicle } = live([
      { at: 0, spaceId: "A1" },
      { at: 5, spaceId: "A1" },
      { at: 6, spaceId: "A2" },
      { at: 7, spaceId: "A2" },
    ]);
    expect(told(steps)).toEqual(["arrived A1", "left A1", "A1→A2", "arrived A2"]);
    expect(vehicle.standing).toMatchObject({ first: { at: 6000 }, last: { at: 7000 } });
    expect(vehicle.changes).toEqual([6000]);
    const left = steps.find((step) => step.kind === "left");
    expect(left).toMatchObject({ standing: { last: { at: 5000 } } });
  });

  test("that trembles between two spaces stays where it was", () => {
    const { steps } = live(
      [..."121213121".split(""), ""].map((space, at) => ({
        at,
        spaceId: space === "" ? undefined : `A${space}`,
      })),
    );
    expect(told(steps)).toEqual(["arrived A1"]);
  });

  test("that is not matched for a while has not left", () => {
    const { vehicle, steps } = live([
      { at: 0, spaceId: "A1" },
      { at: 10 },
      { at: 50 },
      { at: 55, spaceId: "A1" },
    ]);
    expect(told(steps)).toEqual(["arrived A1"]);
    expect(vehicle.standing && lengthOf(vehicle.standing)).toBe(55_000);
  });

  test("is of the class that the surest picture gave it", () => {
    const seen = { at: 0 as Instant, measured: 0, arrived: 0, position: [0, 0] as const };
    const first = follow(undefined, { ...seen, vehicleClass: "truck", confidence: 0.4 }).vehicle;
    const surer = follow(first, { ...seen, vehicleClass: "bus", confidence: 0.9 }).vehicle;
    const after = follow(surer, { ...seen, vehicleClass: "car", confidence: 0.5 }).vehicle;
    expect([after.vehicleClass, after.confidence]).toEqual(["bus", 0.9]);
  });

  test("is idle when it was not seen for longer than it may be, and not a millisecond sooner", () => {
    const last = { at: 0 as Instant, measured: 0, arrived: 1000 };
    expect(isIdle(last, 61_000, 60_000)).toBe(false);
    expect(isIdle(last, 61_001, 60_000)).toBe(true);
  });

  test("has a length of nothing when its clock was set back", () => {
    const { vehicle } = live([
      { at: 90, spaceId: "A1" },
      { at: 30, spaceId: "A1" },
    ]);
    expect(vehicle.standing && lengthOf(vehicle.standing)).toBe(0);
  });
});

describe("whatever a vehicle does", () => {
  const space = fc.option(fc.constantFrom("A1", "A2", "A3"), { nil: undefined });
  const journey = fc
    .array(fc.record({ wait: fc.integer({ min: 1, max: 40 }), spaceId: space }), {
      minLength: 1,
      maxLength: 80,
    })
    .map((steps) => {
      let at = 0;
      return steps.map(({ wait, spaceId }) => ({ at: (at += wait), spaceId }));
    });

  test("it stands in one space at a time, and its stays follow each other", () => {
    fc.assert(
      fc.property(journey, (pictures) => {
        const { steps, vehicle } = live(pictures);
        const stays = steps.filter((step) => step.kind !== "changed");
        // Arriving and leaving take turns, each stay begins after the one before, and leaves the space it is in.
        const isOrdered = stays.every(({ kind, standing }, index) => {
          const before = stays[index - 1];
          if (kind === "arrived")
            return before === undefined
              ? true
              : before.kind === "left" && standing.first.at > before.standing.last.at;
          return before?.kind === "arrived" && before.standing.spaceId === standing.spaceId;
        });
        const last = stays.at(-1);
        const standing = last?.kind === "arrived" ? last.standing.spaceId : undefined;
        expect(isOrdered).toBe(true);
        expect(vehicle.standing?.spaceId).toBe(standing);
      }),
    );
  });

  test("each change leads from the space it stood in last to another", () => {
    fc.assert(
      fc.property(journey, (pictures) => {
        const { steps, vehicle } = live(pictures);
        const changes = steps.filter((step) => step.kind === "changed");
        expect(changes.every(({ from, to }) => from !== to)).toBe(true);
        expect(changes.slice(1).every(({ from }, index) => from === changes[index]?.to)).toBe(true);
        expect(vehicle.changes).toHaveLength(Math.min(20, changes.length));
        expect(vehicle.path.length).toBeLessThanOrEqual(33);
      }),
    );
  });
});
