import { expect, test } from "vitest";
import { plateCharacters } from "@gatehouse/shared/plate/reading";
import { readSlots, slotColumns } from "../../../src/vision/plate/slots.ts";

/** Each slot: the shares of some signs, "_" for none. */
function read(...slots: readonly Readonly<Record<string, number>>[]) {
  const shares = new Float32Array(slotColumns * slots.length);
  for (const [slot, said] of slots.entries()) {
    for (const [sign, share] of Object.entries(said)) {
      const column = sign === "_" ? plateCharacters.length : plateCharacters.indexOf(sign);
      shares[slot * slotColumns + column] = share;
    }
  }
  return readSlots(shares);
}

test("each slot says its character, and the empty ones nothing", () => {
  const { text, confidence, characters } = read({ A: 0.9 }, { 7: 0.75, 1: 0.25 }, { _: 1 });
  expect(text).toBe("A7");
  expect(characters[0]).toBeCloseTo(0.9);
  expect(confidence).toBeCloseTo(0.75);
});

test("the candidates join what each slot may be", () => {
  const { candidates } = read({ A: 1 }, { 7: 0.7, 1: 0.3 }, { _: 0.8, X: 0.2 });
  expect(candidates.map(({ text }) => text)).toEqual(["A7", "A1", "A7X", "A1X"]);
  expect(candidates[0]?.confidence).toBeCloseTo(0.56);
});
