import { expect, test } from "vitest";
import { align, edgesOf } from "../../src/vision/alignment.ts";

const [width, height] = [320, 240];

/** A yard of slabs of different greys, moved and lit as asked; another `seed` is another yard. */
function yard({ right = 0, down = 0, light = 1, seed = 1 } = {}): Uint8Array {
  const rgb = new Uint8Array(3 * width * height);
  for (let y = 0, at = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1, at += 3) {
      const slab = Math.floor((x + right) / 37) * 7 + Math.floor((y + down) / 29) * 13;
      const grey = 40 + ((slab * slab * (seed + 10)) % 120);
      rgb.fill(light * grey, at, at + 3);
    }
  }
  return rgb;
}

const against = (rgb: Uint8Array) =>
  align(edgesOf(yard(), width, height), edgesOf(rgb, width, height));

test("the same view is the same in other light", () => {
  const { likeness, right, down } = against(yard({ light: 0.6 }));
  expect(likeness).toBeGreaterThan(0.7);
  expect([right, down]).toEqual([0, 0]);
});

test("a camera that was turned a little is known by how far", () => {
  const { likeness, right, down } = against(yard({ right: 20, down: -15 }));
  expect(likeness).toBeGreaterThan(0.3);
  expect(right).toBeCloseTo(-20 / width, 1);
  expect(down).toBeCloseTo(15 / height, 1);
});

test("a picture without edges is like no other", () => {
  expect(against(new Uint8Array(3 * width * height).fill(90)).likeness).toBe(0);
});
