import { type Instant, later, seconds } from "@gatehouse/shared/time";
import { expect, test } from "vitest";
import { Stillness } from "../../src/vision/stillness.ts";

const start = 1_000_000 as Instant;
const after = (count: number): Instant => later(start, seconds(count));
const picture = (text: string): Uint8Array => Buffer.from(text);

/** @param every seconds from one picture to the next */
function see(pictures: readonly string[], every: number): string[] {
  const stillness = new Stillness();
  return pictures.map((text, index) => stillness.note(picture(text), after(index * every)));
}

test("a camera that sends the same bytes for six seconds stands still, until it moves again", () => {
  expect(see(["a", "a", "a", "a", "a", "b", "b", "a"], 2)).toEqual([
    "new",
    "again",
    "again",
    "frozen",
    "frozen",
    "new",
    "again",
    "new",
  ]);
});

test("a camera that is asked faster than it takes pictures does not stand still", () => {
  const pictures = Array.from({ length: 100 }, (_, index) => `picture ${Math.floor(index / 20)}`);
  expect(see(pictures, 0.1)).not.toContain("frozen");
});

test("a slow camera is given three repeats, however long they take", () => {
  expect(see(["a", "a", "a", "a"], 60)).toEqual(["new", "again", "again", "frozen"]);
});
