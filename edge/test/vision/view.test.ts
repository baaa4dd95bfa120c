import { expect, test } from "vitest";
import type { Bay } from "../../src/vision/bays.ts";
import { isCut, tilesFor } from "../../src/vision/view.ts";

const bayAt = (left: number, top: number, side: number): Bay => ({
  id: `${left}/${top}`,
  polygon: [
    [left, top],
    [left + side, top],
    [left + side, top + side],
    [left, top + side],
  ],
});

const grid = (side: number): Bay[] =>
  [100, 600, 1100].flatMap((x) => [100, 600].map((y) => bayAt(x, y, side)));

test("spaces that the network sees large need no tiles", () => {
  expect(tilesFor(1280, 720, grid(80), [0.5, 0.5], 32)).toEqual([]);
});

test("small spaces are looked at in four tiles that share a fifth and cover the picture", () => {
  const tiles = tilesFor(1280, 720, grid(40), [0.5, 0.5], 32);
  expect(tiles).toEqual([
    { left: 0, top: 0, right: 712, bottom: 400 },
    { left: 568, top: 0, right: 1280, bottom: 400 },
    { left: 0, top: 320, right: 712, bottom: 720 },
    { left: 568, top: 320, right: 1280, bottom: 720 },
  ]);
});

test("a tile without a space is not looked at", () => {
  const tiles = tilesFor(1280, 720, [bayAt(10, 10, 20)], [1, 1], 32);
  expect(tiles).toEqual([{ left: 0, top: 0, right: 712, bottom: 400 }]);
});

test("a camera without spaces needs no tiles", () => {
  expect(tilesFor(1280, 720, [], [1, 1], 32)).toEqual([]);
});

test("a box at the inner border of a tile may be half a car; at the picture's own border it is whole", () => {
  const tile = { left: 568, top: 0, right: 1280, bottom: 400 };
  const cut = { left: 569, top: 100, right: 650, bottom: 200 };
  const whole = { left: 1200, top: 0, right: 1280, bottom: 90 };
  expect(isCut(cut, tile, 1280, 720)).toBe(true);
  expect(isCut(whole, tile, 1280, 720)).toBe(false);
});
