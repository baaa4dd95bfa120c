import fc from "fast-check";
import { expect, test } from "vitest";
import { type Evidence, fuse, shareOf, wordOf } from "../../src/vision/fuse.ts";
import { levelOf, trustAtFirst } from "../../src/vision/trust.ts";

const seen = (score: number | undefined, logit: number | undefined): Evidence => ({
  bay: "A",
  score,
  border: 0.25,
  logit,
});
const share = fc.double({ min: 0, max: 1, noNaN: true });
const logit = fc.double({ min: -20, max: 20, noNaN: true });

test("two judges that agree are surer than each alone, and one that is unsure leaves the word to the other", () => {
  const both = fuse(seen(0.6, 3), trustAtFirst);
  expect(both).toBeGreaterThan(fuse(seen(0.6, undefined), trustAtFirst));
  expect(both).toBeGreaterThan(fuse(seen(undefined, 3), trustAtFirst));
  expect(fuse(seen(0.25, -2), trustAtFirst)).toBeLessThan(0);
  expect(fuse(seen(0, 0), trustAtFirst)).toBeLessThan(0);
});

test("a judge that is not heard says nothing", () => {
  const [detector, classifier] = (["detector", "classifier"] as const).map((decidedBy) =>
    fuse(seen(0.9, -4), { ...trustAtFirst, decidedBy }),
  );
  expect(detector).toBeGreaterThan(0);
  expect(classifier).toBeLessThan(0);
});

test("at the border the detector is even, and a space that asks for more is free where another is not", () => {
  expect(fuse(seen(0.25, undefined), trustAtFirst)).toBe(0);
  const odds = [0.25, 0.6].map((border) => fuse({ ...seen(0.5, undefined), border }, trustAtFirst));
  expect(odds.map((each) => each > 0)).toEqual([true, false]);
});

test("in a space with a ghost, a vehicle no surer than it leaves the word to the classifier", () => {
  const haunted = { border: 0.63, usualBorder: 0.25 };
  expect(fuse({ ...seen(0.52, 1), ...haunted }, trustAtFirst)).toBeGreaterThan(0);
  expect(fuse({ ...seen(0.52, -1), ...haunted }, trustAtFirst)).toBeLessThan(0);
  expect(fuse({ ...seen(0.52, undefined), ...haunted }, trustAtFirst)).toBeLessThan(0);
  expect(fuse({ ...seen(0, 1), ...haunted }, trustAtFirst)).toBeLessThan(0);
});

test("more evidence never makes a space less occupied, and confidence lies between a half and one", () => {
  fc.assert(
    fc.property(share, share, logit, logit, share, share, (a, b, x, y, border, usualBorder) => {
      const [less, more] = [Math.min(a, b), Math.max(a, b)];
      const at = (score: number, each: number) =>
        fuse({ ...seen(score, each), border, usualBorder }, trustAtFirst);
      expect(at(more, x)).toBeGreaterThanOrEqual(at(less, x));
      expect(at(a, Math.max(x, y))).toBeGreaterThanOrEqual(at(a, Math.min(x, y)));
      expect(levelOf(more, border)).toBeGreaterThanOrEqual(levelOf(less, border));
      const { confidence } = wordOf("A", at(a, x));
      expect(confidence).toBeGreaterThanOrEqual(0.5);
      expect(confidence).toBeLessThanOrEqual(1);
    }),
  );
});

test("a space whose free look is known is judged by it, and may still become occupied", () => {
  const bush = { ...seen(undefined, 1), ownFreeLogit: 1 };
  expect(fuse(bush, trustAtFirst)).toBeLessThan(0);
  expect(fuse(seen(undefined, 1), trustAtFirst)).toBeGreaterThan(0);
  expect(fuse({ ...bush, logit: 4 }, trustAtFirst)).toBeGreaterThan(0);
});

test("a classifier that compares is not overruled by half a vehicle, but by a whole one", () => {
  const compared = (score: number): Evidence => ({ ...seen(score, -3), isCompared: true });
  expect(fuse(compared(0.38), trustAtFirst)).toBeLessThan(0);
  expect(fuse(seen(0.38, -2), trustAtFirst)).toBeGreaterThan(0);
  expect(fuse(compared(0.9), trustAtFirst)).toBeGreaterThan(0);
});

test("even odds are a half", () => {
  expect(shareOf(0)).toBe(0.5);
  expect(wordOf("A", 0)).toEqual({ bay: "A", occupied: false, confidence: 0.5 });
});
