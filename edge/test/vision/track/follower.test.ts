import { CameraView } from "@gatehouse/shared/contracts/camera-view";
import { expect, test } from "vitest";
import { Follower } from "../../../src/vision/track/follower.ts";
import { carAt } from "./scenes.ts";

const box = (left: number, top: number, right: number, bottom: number) => [
  [left, top],
  [right, top],
  [right, bottom],
  [left, bottom],
];

const view = CameraView.parse({
  frames: [{ file: "live", width: 400, height: 300, spaces: [] }],
  zones: [
    { id: "drive-in", kind: "entry", polygon: box(0, 0, 100, 300) },
    { id: "drive-out", kind: "exit", polygon: box(300, 0, 400, 300) },
  ],
  lines: [{ id: "aisle", from: [200, 0], to: [200, 300] }],
});

const whole = { width: 400, height: 300 };

/** One car along `xs`, five pictures a second; `bays[i]` is where it stands in picture i. */
function drive(xs: readonly number[], bays: readonly (string | undefined)[] = [], size = whole) {
  const follower = new Follower(view, 0.5);
  const scale = size.width / whole.width;
  return xs.flatMap((x, index) => {
    const { left, top, right, bottom, ...rest } = carAt(x, 150);
    const detection = {
      ...rest,
      left: left * scale,
      top: top * scale,
      right: right * scale,
      bottom: bottom * scale,
    };
    const { flow } = follower.update([{ detection, bay: bays[index] }], index * 200, size);
    return flow.map(({ kind, markId, direction, bay, fromBay }) =>
      [kind, markId, direction, fromBay, bay].filter((word) => word !== undefined).join(" "),
    );
  });
}

const fromTo = (from: number, to: number, step: number): number[] =>
  Array.from({ length: Math.floor(Math.abs(to - from) / step) + 1 }, (_, index) =>
    from < to ? from + index * step : from - index * step,
  );

test("a car that drives through enters, crosses the line and leaves, each once", () => {
  expect(drive(fromTo(20, 380, 10))).toEqual([
    "entry drive-in",
    "line-crossed aisle reverse",
    "exit drive-out",
  ]);
});

test("on its way back it crosses the line forward", () => {
  expect(drive(fromTo(280, 120, 10))).toEqual(["line-crossed aisle forward"]);
});

test("a car that trembles on a line or on an edge of a zone counts nowhere", () => {
  const trembling = Array.from({ length: 40 }, (_, step) => 200 + (step % 2 === 0 ? 2 : -2));
  expect(drive(trembling)).toEqual([]);
  const onTheEdge = Array.from({ length: 40 }, (_, step) => 300 + (step % 2 === 0 ? 2 : -2));
  expect(drive(onTheEdge)).toEqual([]);
});

test("a car that goes round the end of a line has not crossed it", () => {
  const follower = new Follower(
    CameraView.parse({ ...view, zones: [], lines: [{ id: "gap", from: [200, 0], to: [200, 60] }] }),
    0.5,
  );
  const marks = fromTo(120, 280, 10).flatMap((x, index) => {
    const standing = [{ detection: carAt(x, 200), bay: undefined }];
    return follower.update(standing, index * 200, whole).flow;
  });
  expect(marks).toEqual([]);
});

test("a car that changes its bay is told once it stands there", () => {
  const still = Array.from({ length: 8 }, () => 250);
  const bays = ["A1", "A1", "A1", "A2", "A1", "A2", "A2", "A2"];
  expect(drive(still, bays)).toEqual(["space-change A1 A2"]);
});

test("zones are drawn for one size and seen in another", () => {
  expect(drive(fromTo(20, 140, 10), [], { width: 1600, height: 1200 })).toEqual(["entry drive-in"]);
});
