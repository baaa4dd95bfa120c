import { expect, test } from "vitest";
import { durationText } from "../../web/duration.ts";

test.each([
  [0, "0 s"],
  [-5, "0 s"],
  [59_999, "59 s"],
  [60_000, "1 min"],
  [3_599_000, "59 min"],
  [9_000_000, "2 h 30"],
  [172_799_000, "47 h 59"],
  [172_800_000, "2 d"],
])("%i ms are said as %s", (ms, text) => {
  expect(durationText(ms)).toBe(text);
});
