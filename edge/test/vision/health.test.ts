import { readdirSync } from "node:fs";
import { join } from "node:path";
import { type Instant, later, seconds } from "@gatehouse/shared/time";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { noTestData, testData } from "../../../shared/test/test-data.ts";
import { Health } from "../../src/vision/health.ts";
import { lookOf } from "../../src/vision/sharpness.ts";

const side = 128;
const start = 1_000_000 as Instant;

interface Scene {
  /** Added to every level. */
  readonly brighter?: number;
  readonly contrast?: number;
  /** Standard deviation of a Gaussian, in pixels. */
  readonly blur?: number;
  readonly seed?: number;
}

/** Asphalt with cars: blocks of many levels, some texture, and a sensor's noise that differs with each picture. */
async function scene({
  brighter = 0,
  contrast = 1,
  blur = 0,
  seed = 1,
}: Scene): Promise<Uint8Array> {
  let state = seed;
  const chance = (): number => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
  const rgb = Buffer.alloc(3 * side * side);
  for (let y = 0; y < side; y += 1) {
    for (let x = 0; x < side; x += 1) {
      const block = (Math.floor(x / 11) * 7 + Math.floor(y / 9) * 13) % 17;
      const texture = ((x * 31 + y * 17) % 23) / 2;
      const level = 60 + 8 * block + texture + 6 * (chance() - 0.5);
      rgb.fill(
        Math.max(0, Math.min(255, contrast * level + brighter)),
        3 * (y * side + x),
        3 * (y * side + x) + 3,
      );
    }
  }
  if (blur === 0) return rgb;
  return sharp(rgb, { raw: { width: side, height: side, channels: 3 } })
    .blur(blur)
    .raw()
    .toBuffer();
}

/** A camera that has been seen for a while, and one more picture of it. */
async function afterAWhile(last: Scene | Uint8Array) {
  const health = new Health();
  for (let count = 0; count < 40; count += 1) {
    health.judge(
      await scene({ seed: count + 1, brighter: 10 * Math.sin(count) }),
      side,
      side,
      at(count),
    );
  }
  const picture = last instanceof Uint8Array ? last : await scene({ seed: 99, ...last });
  return { health, verdict: health.judge(picture, side, side, at(40)) };
}

const at = (count: number): Instant => later(start, seconds(2 * count));

const flat = (level: number): Uint8Array => new Uint8Array(3 * side * side).fill(level);

describe("a picture is trusted", () => {
  test.each<[string, Scene]>([
    ["as it always was", {}],
    ["in brighter light", { brighter: 50 }],
    ["under clouds", { contrast: 0.6, brighter: 30 }],
    ["with a little rain on the lens", { blur: 0.6 }],
    ["by night, with nothing to hold against it", { contrast: 0.15 }],
  ])("%s", async (_what, last) => {
    expect((await afterAWhile(last)).verdict.refusal).toBeUndefined();
  });
});

describe("a picture is refused", () => {
  test.each<[string, Scene | Uint8Array, string]>([
    ["black, as with a lens cap on", flat(2), "black"],
    ["of nothing at all, as with a bag over it", flat(140), "covered"],
    ["where a hand left little to see", { blur: 12, contrast: 0.3, brighter: 60 }, "covered"],
    ["out of focus", { blur: 2.5 }, "out_of_focus"],
  ])("%s", async (_what, last, reason) => {
    expect((await afterAWhile(last)).verdict.refusal).toMatchObject({ kind: "refused", reason });
  });
});

test("a camera that is new is refused only what shows nothing", async () => {
  const first = new Health().judge(await scene({ blur: 1.5 }), side, side, start);
  expect(first).toMatchObject({ refusal: undefined, sharpnessShare: undefined });
  expect(new Health().judge(flat(140), side, side, start).refusal).toMatchObject({
    reason: "covered",
  });
});

test("what is refused teaches nothing, so the camera comes back as it was", async () => {
  const { health } = await afterAWhile({ blur: 2.5 });
  for (let count = 41; count < 400; count += 1) {
    const verdict = health.judge(await scene({ seed: count, blur: 2.5 }), side, side, at(count));
    expect(verdict.refusal).toMatchObject({ reason: "out_of_focus" });
  }
  const back = health.judge(await scene({ seed: 7 }), side, side, at(500));
  expect(back.refusal).toBeUndefined();
  expect(back.sharpnessShare).toBeCloseTo(1, 1);
});

test("a camera that is meant to look so is taken as it is after it was forgotten", async () => {
  const { health, verdict } = await afterAWhile({ blur: 1.6 });
  expect(verdict.refusal).toMatchObject({ reason: "out_of_focus" });
  health.forget();
  expect(health.judge(await scene({ blur: 1.6 }), side, side, at(41)).refusal).toBeUndefined();
});

test("what was learnt is known after a restart", async () => {
  const { health } = await afterAWhile({});
  const restarted = new Health(health.learnt);
  const verdict = restarted.judge(await scene({ blur: 2.5 }), side, side, at(41));
  expect(verdict.refusal).toMatchObject({ reason: "out_of_focus" });
});

test("dusk does not flicker between day and night", () => {
  const health = new Health();
  const lights = [80, 55, 40, 55, 50, 44, 55, 61, 55].map(
    (level, index) => health.judge(flat(level), side, side, at(index)).light,
  );
  expect(lights).toEqual(["day", "day", "night", "night", "night", "night", "night", "day", "day"]);
});

test("sharpness does not depend on exposure or contrast", async () => {
  const sharpness = async (of: Scene) => lookOf(await scene(of), side, side).sharpness;
  const usual = await sharpness({});
  expect(await sharpness({ contrast: 0.5, brighter: 20 })).toBeCloseTo(usual, 1);
  expect(await sharpness({ blur: 1 })).toBeLessThan(0.8 * usual);
});

describe("photographs of car parks over months", () => {
  const networkPx = 416;
  const small = (file: string, blur = 0): Promise<Buffer> => {
    const source = blur === 0 ? sharp(file) : sharp(file).blur(blur);
    return source
      .resize(networkPx, networkPx, { fit: "fill", kernel: "linear" })
      .removeAlpha()
      .raw()
      .toBuffer();
  };

  test.for(["pklot_ufpr05", "pklot_ufpr05_empty", "smartlot_nethken"])(
    "%s: none is refused in any weather, and each is when it is blurred",
    async (set, { skip }) => {
      const folder = testData("data/vision/parking", set);
      if (folder === undefined) return skip(noTestData);
      const files = readdirSync(folder)
        .filter((name) => name.endsWith(".jpg"))
        .map((name) => join(folder, name))
        .slice(0, 40);
      const health = new Health();
      const refused: string[] = [];
      for (const [index, file] of files.entries()) {
        const { refusal } = health.judge(await small(file), networkPx, networkPx, at(index));
        if (refusal !== undefined) refused.push(`${file}: ${refusal.detail}`);
      }
      expect(refused).toEqual([]);
      for (const file of files.slice(0, 5)) {
        const rgb = await small(file, 6);
        const { refusal } = new Health(health.learnt).judge(rgb, networkPx, networkPx, at(100));
        expect(refusal).toMatchObject({ reason: "out_of_focus" });
      }
    },
  );
});
