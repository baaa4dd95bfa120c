import { describe, expect, test } from "vitest";
import { cross, type GroundZone, unseenCourse } from "../../src/domain/zone-course.ts";

const square = (left: number): GroundZone["polygon"] => [
  [left, 0],
  [left + 10, 0],
  [left + 10, 10],
  [left, 10],
];
const zones: readonly GroundZone[] = [
  { id: "in", kind: "entry", polygon: square(0) },
  { id: "middle", kind: "area", polygon: square(20) },
  { id: "out", kind: "exit", polygon: square(40) },
];

/** @param xs where the vehicle is in each picture */
function drive(...xs: readonly number[]): string[] {
  let course = unseenCourse;
  return xs.flatMap((x) => {
    const step = cross(course, zones, [x, 5]);
    course = step.course;
    return step.crossings.map(({ kind, zoneId }) => `${kind} by ${zoneId}`);
  });
}

describe("a vehicle on its way through the zones", () => {
  test("comes in and leaves once each", () => {
    expect(drive(5, 6, 7, 25, 26, 45, 46, 47)).toEqual(["entry by in", "exit by out"]);
  });

  test("is believed after two pictures in a row", () => {
    expect(drive(5, 25, 5, 25, 45, 25)).toEqual([]);
  });

  test("that turns round in the entry does not come in twice", () => {
    expect(drive(5, 6, 25, 5, 6, 25, 5, 6)).toEqual(["entry by in"]);
  });

  test("that was inside before the camera leaves all the same", () => {
    expect(drive(25, 45, 46)).toEqual(["exit by out"]);
  });

  test("does nothing in an area", () => {
    expect(drive(25, 26, 27)).toEqual([]);
  });
});
