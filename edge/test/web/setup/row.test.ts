import fc from "fast-check";
import { expect, test } from "vitest";
import type { Point } from "@gatehouse/shared/polygon";
import { type Quad, rowBetween } from "../../../web/setup/row.ts";

/** A pinhole camera above flat ground: metres to pixels. */
function camera(height: number, tilt: number, turn: number): (x: number, y: number) => Point {
  const [sine, cosine] = [Math.sin(tilt), Math.cos(tilt)];
  return (groundX, groundY) => {
    const x = groundX * Math.cos(turn) - groundY * Math.sin(turn);
    const y = groundX * Math.sin(turn) + groundY * Math.cos(turn) + 24;
    const depth = y * cosine + height * sine;
    return [640 + (900 * x) / depth, 360 + (900 * (height * cosine - y * sine)) / depth];
  };
}

const bay = (see: (x: number, y: number) => Point, index: number): Quad => [
  see(index * 2.5, 0),
  see(index * 2.5 + 2.5, 0),
  see(index * 2.5 + 2.5, 5),
  see(index * 2.5, 5),
];

const apart = (a: Quad, b: Quad): number =>
  Math.max(
    ...a.map(([x, y], index) => Math.hypot(x - (b[index]?.[0] ?? 0), y - (b[index]?.[1] ?? 0))),
  );

/** The same four corners, whichever comes first. */
const sameCorners = (a: Quad, b: Quad): number =>
  Math.max(...a.map((p) => Math.min(...b.map((q) => Math.hypot(p[0] - q[0], p[1] - q[1])))));

test("a row seen by a camera is filled as the camera sees it", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 3, max: 20 }),
      fc.double({ min: 4, max: 9, noNaN: true }),
      fc.double({ min: 0.35, max: 1.2, noNaN: true }),
      fc.double({ min: -0.35, max: 0.35, noNaN: true }),
      (count, height, tilt, turn) => {
        const see = camera(height, tilt, turn);
        const truth = Array.from({ length: count }, (_, index) => bay(see, index));
        const [first, last] = [truth[0], truth.at(-1)];
        if (first === undefined || last === undefined) return;
        const row = rowBetween(first, last, count);
        expect(row).toHaveLength(count);
        for (const [index, quad] of (row ?? []).entries()) {
          expect(sameCorners(quad, truth[index] ?? first)).toBeLessThan(0.5);
        }
      },
    ),
  );
});

test("with whichever corner and in whichever direction the ends were drawn, the row is the same", () => {
  const see = camera(6, 0.6, 0.2);
  const [first, last] = [bay(see, 0), bay(see, 9)];
  const [a, b, c, d] = last;
  const straight = rowBetween(first, last, 10) ?? [];
  const turned = rowBetween(first, [c, d, a, b], 10) ?? [];
  const mirrored = rowBetween(first, [b, a, d, c], 10) ?? [];
  for (const [index, quad] of straight.entries()) {
    expect(sameCorners(quad, turned[index] ?? first)).toBeLessThan(1e-6);
    expect(sameCorners(quad, mirrored[index] ?? first)).toBeLessThan(1e-6);
  }
});

test("a row that runs away from the camera gets smaller spaces further off", () => {
  const see = camera(6, 0.5, Math.PI / 2);
  const row = rowBetween(bay(see, 0), bay(see, 8), 9) ?? [];
  const areas = row.map(([p, , q]) => Math.abs((q[0] - p[0]) * (q[1] - p[1])));
  expect(areas).toEqual(
    areas.toSorted((x, y) => ((areas[0] ?? 0) - (areas.at(-1) ?? 0) > 0 ? y - x : x - y)),
  );
});

test("what the hand drew stays as drawn at both ends, however it was drawn", () => {
  const first: Quad = [
    [100, 300],
    [180, 305],
    [170, 420],
    [85, 415],
  ];
  const last: Quad = [
    [620, 290],
    [690, 288],
    [720, 395],
    [640, 400],
  ];
  const row = rowBetween(first, last, 7) ?? [];
  expect(apart(row[0] ?? last, first)).toBeLessThan(1e-6);
  expect(sameCorners(row.at(-1) ?? first, last)).toBeLessThan(1e-6);
});

test("ends that are no areas make no row", () => {
  const flat: Quad = [
    [0, 0],
    [0, 0],
    [0, 0],
    [0, 0],
  ];
  expect(rowBetween(flat, flat, 5)).toBeUndefined();
});
