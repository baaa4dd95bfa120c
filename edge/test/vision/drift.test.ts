import { join } from "node:path";
import sharp from "sharp";
import { expect, test } from "vitest";
import { noTestData, testData } from "../../../shared/test/test-data.ts";
import { Anchor } from "../../src/vision/drift.ts";
import type { Pixels } from "../../src/vision/picture.ts";

/** Blotches without a repeat, seen by a camera that has moved, under light of another strength. */
function ground(right: number, down: number, light = 1): Pixels {
  const [width, height] = [320, 240];
  const rgb = new Uint8Array(3 * width * height);
  for (let y = 0, at = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1, at += 3) {
      rgb.fill(
        light * levelAt(Math.floor((x - right) / 3), Math.floor((y - down) / 3)),
        at,
        at + 3,
      );
    }
  }
  return { rgb, width, height };
}

/** Whole numbers in, 40–140 out, alike for the same place. */
function levelAt(x: number, y: number): number {
  const mixed = Math.imul(
    Math.imul(x + 1000, 73_856_093) ^ Math.imul(y + 1000, 19_349_663),
    83_492_791,
  );
  return 40 + ((((mixed >>> 9) % 101) + 101) % 101);
}

test.each([
  [0, 0, 1],
  [3, -2, 1],
  [-4, 4, 0.5],
])(
  "a camera that moved by %i and %i pixels is found out, at %f of the light",
  (right, down, light) => {
    expect(new Anchor(ground(0, 0)).driftOf(ground(right, down, light))).toMatchObject({
      right,
      down,
    });
  },
);

test("another view, a fog and another size tell no drift", () => {
  const anchor = new Anchor(ground(0, 0));
  const fog = { ...ground(0, 0), rgb: new Uint8Array(3 * 320 * 240).fill(180) };
  for (const picture of [ground(1500, 900), fog, { ...fog, width: 240, height: 320 }]) {
    expect(anchor.driftOf(picture)).toEqual({ right: 0, down: 0, likeness: 0 });
  }
});

const empty = testData("data/vision/parking/pklot_ufpr05_empty");

test.skipIf(empty === undefined)(
  `within seven weeks a real camera sank by five pixels${empty === undefined ? `: ${noTestData}` : ""}`,
  async () => {
    const first = await decoded("2013-02-24_06_15_00.jpg");
    const later = await decoded("2013-04-13_08_25_02.jpg");
    const { right, down } = new Anchor(first).driftOf(later);
    expect(Math.abs(right)).toBeLessThanOrEqual(1);
    expect(down).toBe(-5);
  },
);

async function decoded(file: string): Promise<Pixels> {
  const { data, info } = await sharp(join(empty ?? "", file))
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { rgb: data, width: info.width, height: info.height };
}
