import { expect, test } from "vitest";
import { isSame, sketch } from "../../src/vision/change.ts";

const side = 64;

/** Asphalt with a little noise, the same for the same seed. */
function asphalt(seed: number): Uint8Array {
  let state = seed;
  return Uint8Array.from({ length: 3 * side * side }, (_, index) => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    const isKerb = Math.floor(index / 3) % side < 8;
    return (isKerb ? 160 : 90) + (state % 5);
  });
}

function withCar(rgb: Uint8Array, level: number): Uint8Array {
  const copy = Uint8Array.from(rgb);
  for (let y = 20; y < 30; y += 1) {
    for (let x = 30; x < 42; x += 1) copy.fill(level, 3 * (y * side + x), 3 * (y * side + x) + 3);
  }
  return copy;
}

test("the noise of a sensor is no change", () => {
  expect(isSame(sketch(asphalt(1), side, side), sketch(asphalt(2), side, side))).toBe(true);
});

test("a car of a few pixels is a change, dark or bright", () => {
  const empty = sketch(asphalt(1), side, side);
  expect(isSame(empty, sketch(withCar(asphalt(2), 60), side, side))).toBe(false);
  expect(isSame(empty, sketch(withCar(asphalt(2), 200), side, side))).toBe(false);
});

test("pictures of different size are never the same", () => {
  expect(isSame(sketch(asphalt(1), side, side), sketch(asphalt(1), side, side / 2))).toBe(false);
});
