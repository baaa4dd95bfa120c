import fc from "fast-check";
import { expect, test } from "vitest";
import { bestPairs, type Pair } from "../../../src/vision/track/matching.ts";

/** The best total by trying everything. */
function bestByTrying(pairs: readonly Pair[]): number {
  const [first, ...rest] = pairs;
  if (first === undefined) return 0;
  const compatible = rest.filter(({ row, column }) => row !== first.row && column !== first.column);
  return Math.max(first.gain + bestByTrying(compatible), bestByTrying(rest));
}

const somePairs = fc.uniqueArray(
  fc.record({
    row: fc.integer({ min: 0, max: 4 }),
    column: fc.integer({ min: 0, max: 4 }),
    gain: fc.integer({ min: 1, max: 100 }),
  }),
  { maxLength: 14, selector: ({ row, column }) => `${row} ${column}` },
);

test("no pairing gains more, and nobody stands in two pairs", () => {
  fc.assert(
    fc.property(somePairs, (pairs) => {
      const chosen = bestPairs(pairs);
      expect(new Set(chosen.map(({ row }) => row)).size).toBe(chosen.length);
      expect(new Set(chosen.map(({ column }) => column)).size).toBe(chosen.length);
      const total = chosen.reduce((sum, { gain }) => sum + gain, 0);
      expect(total).toBe(bestByTrying(pairs));
    }),
  );
});

test("the nearest partner is given up where both gain by it", () => {
  const pairs = [
    { row: 0, column: 0, gain: 0.9 },
    { row: 0, column: 1, gain: 0.8 },
    { row: 1, column: 0, gain: 0.7 },
  ];
  expect(bestPairs(pairs).map(({ row, column }) => [row, column])).toEqual(
    expect.arrayContaining([
      [0, 1],
      [1, 0],
    ]),
  );
});
