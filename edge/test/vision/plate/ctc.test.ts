import { expect, test } from "vitest";
import { ctcColumnsOf, readCtc } from "../../../src/vision/plate/ctc.ts";

const keys = ["A", "B", "a", "-", "0", "O", "中"];
const columns = ctcColumnsOf(keys);
const blank = "";

/** Each step: the shares of some signs; the rest goes to the blank. */
function read(...steps: readonly Readonly<Record<string, number>>[]) {
  const signs = ["", ...keys, " "];
  const shares = new Float32Array(columns.count * steps.length);
  for (const [step, said] of steps.entries()) {
    const rest = 1 - Object.values(said).reduce((sum, share) => sum + share, 0);
    for (const [sign, share] of Object.entries({ [blank]: rest, ...said })) {
      const at = step * columns.count + signs.indexOf(sign);
      shares[at] = (shares[at] ?? 0) + share;
    }
  }
  return readCtc(shares, columns);
}

test("a run of one sign is one character, as sure as its surest step", () => {
  const { text, characters, confidence } = read({ A: 0.6 }, { A: 0.9 }, { B: 0.8 });
  expect(text).toBe("AB");
  expect(characters[0]).toBeCloseTo(0.9);
  expect(characters[1]).toBeCloseTo(0.8);
  expect(confidence).toBeCloseTo(0.8);
});

test("the same character twice needs a gap between", () => {
  expect(read({ A: 0.9 }, {}, { A: 0.9 }).text).toBe("AA");
});

test("the marks between the groups of a plate are gaps", () => {
  expect(read({ A: 0.9 }, { "-": 0.9 }, { A: 0.9 }, { " ": 0.9 }, { B: 0.9 }).text).toBe("AAB");
});

test("lower case counts as upper case, and signs of other scripts are not read", () => {
  const { text, characters } = read({ A: 0.4, a: 0.5 }, { 中: 0.95 });
  expect(text).toBe("A");
  expect(characters[0]).toBeCloseTo(0.9);
});

test("the candidates are the likeliest texts, the best first, with what they are worth together", () => {
  const { candidates } = read({ 0: 0.55, O: 0.4 }, { B: 0.95 });
  expect(candidates[0]?.text).toBe("0B");
  expect(candidates[0]?.confidence).toBeCloseTo(0.55 * 0.95);
  expect(candidates[1]?.text).toBe("OB");
  expect(candidates[1]?.confidence).toBeCloseTo(0.4 * 0.95);
});

test("nothing read is no text and no confidence", () => {
  expect(read({}, {})).toMatchObject({ text: "", confidence: 0, characters: [] });
});
