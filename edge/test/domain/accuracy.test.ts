import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { driftOf, leastAccuracy, type Score, shareOf } from "../../src/domain/accuracy.ts";

const score = (right: number, wrong: number, silent = 0): Score => ({ right, wrong, silent });

describe("a share with its interval", () => {
  /** Newcombe 1998, table I, method 3, and by hand for the ends. */
  test.each([
    [score(81, 182), 0.2553, 0.3662],
    [score(15, 133), 0.0624, 0.1605],
    [score(0, 20), 0, 0.1611],
    [score(29, 0), 0.883, 1],
  ])("of %j lies between %f and %f", (given, low, high) => {
    const share = shareOf(given);
    expect(share?.low).toBeCloseTo(low, 4);
    expect(share?.high).toBeCloseTo(high, 4);
  });

  test("holds the share, stays within 0 and 1, and narrows with what is known", () => {
    fc.assert(
      fc.property(fc.nat(500), fc.nat(500), (right, wrong) => {
        const share = shareOf(score(right + 1, wrong));
        if (share === undefined) throw new Error("something was judged");
        expect(share.low).toBeGreaterThanOrEqual(0);
        expect(share.high).toBeLessThanOrEqual(1);
        expect(share.low).toBeLessThanOrEqual(share.value + 1e-12);
        expect(share.high).toBeGreaterThanOrEqual(share.value - 1e-12);
        const more = shareOf(score(10 * (right + 1), 10 * wrong));
        expect((more?.high ?? 0) - (more?.low ?? 0)).toBeLessThanOrEqual(share.high - share.low);
      }),
    );
  });

  test("of what nobody judged is none, and silence is no mistake", () => {
    expect(shareOf(score(0, 0, 9))).toBeUndefined();
    expect(shareOf(score(10, 0, 9))).toEqual(shareOf(score(10, 0)));
  });
});

describe("a camera has become worse", () => {
  const past = score(990, 10);

  test.each<[string, Score, Score, ReturnType<typeof driftOf>]>([
    ["when it is surely below what is allowed", score(80, 20), score(0, 0), "below-limit"],
    ["not by one mistake among few", score(19, 1), past, undefined],
    ["not before enough spaces were looked at", score(5, 10), past, undefined],
    ["when it fell further than chance explains", score(193, 7), past, "below-past"],
    ["not when it is as it always was", score(198, 2), past, undefined],
    ["not when it has become better", score(200, 0), past, undefined],
    ["not against a past that nobody looked at", score(97, 3), score(20, 0), undefined],
  ])("%s", (_when, recent, before, drift) => {
    expect(driftOf(recent, before)).toBe(drift);
  });

  test("a camera that is right as often as it must be is not accused", () => {
    fc.assert(
      fc.property(fc.integer({ min: 20, max: 400 }), (judged) => {
        const right = Math.ceil(leastAccuracy * judged);
        expect(driftOf(score(right, judged - right), score(0, 0))).toBeUndefined();
      }),
    );
  });
});
