import { expect, test } from "vitest";
import { readingOf } from "../../src/plate/reading.ts";
import { PlateVotes } from "../../src/plate/vote.ts";

const read = (text: string, confidence = 0.8) =>
  readingOf(
    text,
    text.split("").map(() => confidence),
    [{ text, confidence }],
  );

function agreed(...readings: readonly ReturnType<typeof read>[]) {
  const votes = new PlateVotes();
  for (const reading of readings) votes.add(reading, 1);
  return votes.agreed();
}

test("one frame alone is taken as it is", () => {
  const { text, confidence } = agreed(read("AB123", 0.7));
  expect(text).toBe("AB123");
  expect(confidence).toBeCloseTo(0.7);
});

test("frames with different mistakes agree on what each got right", () => {
  expect(agreed(read("AB123"), read("A8123"), read("AB128"), read("AB123")).text).toBe("AB123");
});

test("a character that a frame dropped or added moves no other", () => {
  expect(agreed(read("AB1234"), read("AB134"), read("AB1234")).text).toBe("AB1234");
  expect(agreed(read("AB1234"), read("IAB1234"), read("AB1234")).text).toBe("AB1234");
  expect(agreed(read("B1234"), read("AB1234"), read("AB1234")).text).toBe("AB1234");
});

test("a sure reading weighs more than blurred ones", () => {
  expect(agreed(read("AB128", 0.2), read("AB123", 0.95), read("AB128", 0.2)).text).toBe("AB123");
});

test("frames that agree are surer together, and those that do not less sure", () => {
  const alone = agreed(read("AB123", 0.7)).confidence;
  expect(agreed(read("AB123", 0.7), read("AB123", 0.7)).confidence).toBeGreaterThan(alone);
  expect(agreed(read("AB123", 0.7), read("AB128", 0.7)).confidence).toBeLessThan(alone);
});

test("every text that was read stays among the candidates", () => {
  const { candidates } = agreed(read("AB123"), read("A8123"), read("AB123"));
  expect(candidates.map(({ text }) => text)).toEqual(["AB123", "A8123"]);
});

test("nothing was agreed on before the first frame", () => {
  expect(new PlateVotes().agreed()).toMatchObject({ text: "", confidence: 0 });
});
