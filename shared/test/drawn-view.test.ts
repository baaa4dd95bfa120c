import { describe, expect, test } from "vitest";
import { CameraView } from "../src/contracts/camera-view.ts";
import { complaintsAbout, isCrossed, spaceNumberOf } from "../src/contracts/drawn-view.ts";
import { areaOf } from "../src/polygon.ts";

type Corner = [number, number];

const square = (x: number, y: number, side = 20): Corner[] => [
  [x, y],
  [x + side, y],
  [x + side, y + side],
  [x, y + side],
];

const view = (
  spaces: { id: string; polygon: Corner[] }[],
  marks: { zones?: unknown[]; lines?: unknown[] } = {},
): CameraView =>
  CameraView.parse({ frames: [{ file: "live", width: 100, height: 80, spaces }], ...marks });

const known = (number: string): boolean => ["A001", "A002"].includes(number);

describe("a drawing", () => {
  test("in order has nothing to complain about", () => {
    const zones = [{ id: "in", kind: "entry", polygon: square(60, 40) }];
    const lines = [{ id: "door", from: [0, 70], to: [100, 70] }];
    const spaces = [
      { id: "A001", polygon: square(0, 0) },
      { id: "left", polygon: square(80, 60) },
    ];
    expect(complaintsAbout(view(spaces, { zones, lines }), { left: "A002" }, known)).toEqual([]);
  });

  test.each<[string, { id: string; polygon: Corner[] }[], string[]]>([
    ["beyond the picture", [{ id: "A001", polygon: square(90, 0) }], ["A001 outside"]],
    ["of no size", [{ id: "A001", polygon: square(0, 0, 5) }], ["A001 tiny"]],
    [
      "that crosses itself",
      [
        {
          id: "A001",
          polygon: [
            [0, 0],
            [40, 40],
            [40, 0],
            [0, 40],
          ],
        },
      ],
      ["A001 crossed"],
    ],
    ["of no such space", [{ id: "Z9", polygon: square(0, 0) }], ["Z9 unknown-space"]],
    [
      "of one space under two names",
      [
        { id: "A002", polygon: square(0, 0) },
        { id: "left", polygon: square(30, 0) },
      ],
      ["A002 twice", "left twice"],
    ],
  ])("%s is named", (_what, spaces, said) => {
    const complaints = complaintsAbout(view(spaces), { left: "A002" }, known);
    expect(complaints.map(({ id, flaw }) => `${id} ${flaw}`)).toEqual(said);
  });

  test("with zones and lines that cannot be used names them by their kind", () => {
    const zones = [
      { id: "in", kind: "entry", polygon: square(0, 0) },
      { id: "in", kind: "exit", polygon: square(90, 0) },
    ];
    const lines = [
      { id: "door", from: [0, 0], to: [3, 0] },
      { id: "gate", from: [0, 0], to: [300, 0] },
    ];
    expect(complaintsAbout(view([], { zones, lines }), {}, known)).toEqual([
      { kind: "zone", id: "in", flaw: "twice" },
      { kind: "zone", id: "in", flaw: "outside" },
      { kind: "zone", id: "in", flaw: "twice" },
      { kind: "line", id: "door", flaw: "tiny" },
      { kind: "line", id: "gate", flaw: "outside" },
    ]);
  });
});

test("only sides that are not neighbours can cross", () => {
  expect(isCrossed(square(0, 0))).toBe(false);
  expect(
    isCrossed([
      [0, 0],
      [30, 0],
      [30, 30],
      [15, 5],
      [0, 30],
    ]),
  ).toBe(false);
});

test("a polygon has the same area whichever way round it is told", () => {
  expect(areaOf(square(3, 4))).toBe(400);
  expect(areaOf(square(3, 4).toReversed())).toBe(400);
});

test("a bay named like no space of the map is its own space, even when it has an odd name", () => {
  expect(spaceNumberOf("constructor", {})).toBe("constructor");
  expect(spaceNumberOf("left", { left: "A002" })).toBe("A002");
});
