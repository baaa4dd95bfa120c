import { type Instant, later, seconds } from "@gatehouse/shared/time";
import { expect, test } from "vitest";
import type { SpaceWord } from "../../src/vision/assign.ts";
import { Said } from "../../src/vision/said.ts";

const start = 1_000_000 as Instant;
const after = (count: number): Instant => later(start, seconds(count));
const word = (bay: string, occupied: boolean): SpaceWord => ({ bay, occupied, confidence: 0.9 });

/** Tells what is worth telling, as the pool does. */
function tell(said: Said, words: readonly SpaceWord[], at: Instant): string[] {
  const worth = said.worth(words, at);
  said.note(worth, at);
  return worth.map(({ bay }) => bay);
}

test("for a minute after a change every picture is told, then once a minute", () => {
  const said = new Said();
  const told = Array.from({ length: 121 }, (_, index) => 2 * index).filter(
    (second) => tell(said, [word("A", true)], after(second)).length > 0,
  );
  const firstMinute = Array.from({ length: 30 }, (_, index) => 2 * index);
  expect(told).toEqual([...firstMinute, 118, 178, 238]);
});

test("a space that changes is told at once, its quiet neighbour is not", () => {
  const said = new Said();
  for (let second = 0; second < 70; second += 2) {
    tell(said, [word("A", false), word("B", false)], after(second));
  }
  expect(tell(said, [word("A", true), word("B", false)], after(70))).toEqual(["A"]);
  expect(tell(said, [word("A", false), word("B", false)], after(72))).toEqual(["A"]);
});

test("a word that could not be stored is told again", () => {
  const said = new Said();
  for (let second = 0; second < 70; second += 2) tell(said, [word("A", false)], after(second));
  expect(said.worth([word("A", true)], after(70))).toHaveLength(1);
  expect(said.worth([word("A", true)], after(72))).toHaveLength(1);
});

test("after a silence everything is told", () => {
  const said = new Said();
  for (let second = 0; second < 70; second += 2) tell(said, [word("A", false)], after(second));
  said.forget();
  expect(tell(said, [word("A", false)], after(71))).toEqual(["A"]);
});
