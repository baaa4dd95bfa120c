import fc from "fast-check";
import { expect, test } from "vitest";
import { Tracker } from "../../../src/vision/track/tracker.ts";
import type { Detection } from "../../../src/vision/vehicles.ts";
import { carAt } from "./scenes.ts";

/** Pictures of five a second. */
function follow(pictures: readonly (readonly Detection[])[], everyMs = 200) {
  const tracker = new Tracker();
  return pictures.map((detections, index) =>
    tracker.update(detections, index * everyMs).map(({ track }) => track?.id),
  );
}

test("a vehicle counts from its second sight and keeps its number", () => {
  const pictures = [0, 1, 2, 3, 4].map((step) => [carAt(100 + 8 * step, 100)]);
  expect(follow(pictures)).toEqual([[undefined], [1], [1], [1], [1]]);
});

test("a picture that missed it costs a vehicle nothing", () => {
  const pictures = [0, 1, 2, 3, 4, 5, 6].map((step) =>
    step === 3 || step === 4 ? [] : [carAt(100 + 8 * step, 100)],
  );
  expect(follow(pictures).flat()).toEqual([undefined, 1, 1, 1, 1]);
});

test("a car half hidden is seen less surely and goes on as itself", () => {
  const pictures = [0.9, 0.9, 0.2, 0.2, 0.9].map((score) => [carAt(100, 100, score)]);
  expect(follow(pictures).flat()).toEqual([undefined, 1, 1, 1, 1]);
});

test("what is never sure is nobody", () => {
  expect(follow([0, 1, 2].map(() => [carAt(100, 100, 0.3)])).flat()).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test("two that pass each other keep their numbers", () => {
  const pictures = Array.from({ length: 21 }, (_, step) => [
    carAt(100 + 10 * step, 100),
    carAt(300 - 10 * step, 112),
  ]);
  const ids = follow(pictures);
  expect(ids[1]).toEqual([1, 2]);
  expect(ids.at(-1)).toEqual([1, 2]);
});

test("a parked car hidden by a lorry for half a minute is the same car", () => {
  const parked = [carAt(100, 100)];
  const pictures = Array.from({ length: 400 }, (_, step) =>
    step < 50 || step >= 200 ? parked : [],
  );
  expect(follow(pictures).at(-1)).toEqual([1]);
});

test("a car that parks beside a hidden one is not taken for it", () => {
  const pictures = Array.from({ length: 60 }, (_, step) => {
    if (step < 30) return [carAt(100, 100)];
    return step < 32 ? [] : [carAt(145, 100)];
  });
  expect(follow(pictures).at(-1)).toEqual([2]);
});

test("a moving car that was away for long comes back as another", () => {
  const pictures = Array.from({ length: 60 }, (_, step) =>
    step < 10 || step >= 40 ? [carAt(100 + 8 * Math.min(step, 10), 100)] : [],
  );
  expect(follow(pictures).at(-1)).toEqual([2]);
});

test("a camera of one picture a second still follows a slow car", () => {
  const pictures = [0, 1, 2, 3, 4].map((step) => [carAt(100 + 30 * step, 100)]);
  expect(follow(pictures, 1000).flat()).toEqual([undefined, 1, 1, 1, 1]);
});

test("a class is what most sights say", () => {
  const tracker = new Tracker();
  const van = (score: number): Detection => ({ ...carAt(100, 100, score), vehicle: "van" });
  let at = 0;
  const see = (detection: Detection) => tracker.update([detection], (at += 200))[0]?.track?.vehicle;
  see(van(0.9));
  see(van(0.9));
  expect(see(carAt(100, 100, 0.6))).toBe("van");
});

test("whatever comes: a number a vehicle, none twice in a picture, none used again", () => {
  const detection = fc.record({
    left: fc.integer({ min: 0, max: 300 }),
    top: fc.integer({ min: 0, max: 300 }),
    width: fc.integer({ min: 0, max: 80 }),
    height: fc.integer({ min: 0, max: 80 }),
    score: fc.float({ min: 0, max: 1, noNaN: true }),
  });
  const pictures = fc.array(fc.array(detection, { maxLength: 8 }), { maxLength: 20 });
  fc.assert(
    fc.property(pictures, (boxes) => {
      const gone = new Set<number>();
      let present = new Set<number>();
      const tracker = new Tracker();
      for (const [index, some] of boxes.entries()) {
        const seen = some.map(({ left, top, width, height, score }) => ({
          left,
          top,
          right: left + width,
          bottom: top + height,
          vehicle: "car" as const,
          score,
        }));
        const ids = tracker.update(seen, index * 500).flatMap(({ track }) => track?.id ?? []);
        expect(new Set(ids).size).toBe(ids.length);
        expect(ids.some((id) => gone.has(id))).toBe(false);
        for (const id of present) if (!tracker.known.has(id)) gone.add(id);
        present = new Set(tracker.known);
      }
    }),
  );
});
