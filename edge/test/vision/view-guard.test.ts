import { type Instant, later, seconds } from "@gatehouse/shared/time";
import { expect, test } from "vitest";
import { edgesOf } from "../../src/vision/alignment.ts";
import { ViewGuard } from "../../src/vision/view-guard.ts";

const side = 256;
const at = (count: number): Instant => later(1_000_000 as Instant, seconds(10 * count));

/** A car park of blocks, seen from a camera turned by so many pixels. */
function view(turned: number, light = 1): Uint8Array {
  const rgb = new Uint8Array(3 * side * side);
  for (let y = 0; y < side; y += 1) {
    for (let x = 0; x < side; x += 1) {
      const [column, row] = [Math.floor((x + turned) / 23), Math.floor(y / 19)];
      const level = 40 + 10 * ((column * column * 7 + row * 5 + column * row) % 17);
      rgb.fill(Math.min(255, level * light), 3 * (y * side + x), 3 * (y * side + x) + 3);
    }
  }
  return rgb;
}

/** A field of slanting furrows. */
const elsewhere = (): Uint8Array =>
  Uint8Array.from({ length: 3 * side * side }, (_, index) => {
    const pixel = Math.floor(index / 3);
    return 100 + 60 * Math.sin(((pixel % side) + Math.floor(pixel / side)) / 5);
  });

/** @returns after which check the camera is said to have moved */
function movedAfter(guard: ViewGuard, picture: Uint8Array, checks: number): number | undefined {
  const edges = edgesOf(picture, side, side);
  for (let count = 1; count <= checks; count += 1) {
    guard.check(edges, at(count));
    if (guard.hasMoved) return count;
  }
  return undefined;
}

const setUp = (): ViewGuard => new ViewGuard(edgesOf(view(0), side, side));

test("a camera that looks where it looked stays trusted, in any light", () => {
  expect(movedAfter(setUp(), view(0), 20)).toBeUndefined();
  expect(movedAfter(setUp(), view(0, 0.6), 20)).toBeUndefined();
  expect(movedAfter(setUp(), view(2), 20)).toBeUndefined();
});

test("a camera that was turned a little is found out in half a minute, and trusted once it is back", () => {
  const guard = setUp();
  expect(movedAfter(guard, view(20), 20)).toBe(3);
  guard.check(edgesOf(view(0), side, side), at(30));
  expect(guard.hasMoved).toBe(false);
});

test("a camera that looks somewhere else is given a minute: it may be fog", () => {
  expect(movedAfter(setUp(), elsewhere(), 20)).toBe(6);
});

test("the first picture says where a new camera looks, and it is asked every ten seconds", () => {
  const guard = new ViewGuard();
  expect(guard.isDue(at(0))).toBe(true);
  guard.check(edgesOf(view(0), side, side), at(0));
  expect(guard.isDue(later(at(0), seconds(9)))).toBe(false);
  expect(guard.isDue(at(1))).toBe(true);
  expect(movedAfter(guard, view(20), 5)).toBe(3);
});
