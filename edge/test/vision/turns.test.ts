import { expect, test } from "vitest";
import { Turns } from "../../src/vision/turns.ts";

/** Works that end when they are told to. */
function works(turns: Turns, count: number) {
  const begun: number[] = [];
  const ends: (() => void)[] = [];
  const done = Array.from({ length: count }, (_, index) =>
    turns.take(async () => {
      begun.push(index);
      await new Promise<void>((resolve) => {
        ends[index] = resolve;
      });
      return index;
    }),
  );
  return { begun, ends, done };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

test("only so many go on at once, and the others follow in their order", async () => {
  const turns = new Turns(2);
  const { begun, ends, done } = works(turns, 5);
  await settled();
  expect(begun).toEqual([0, 1]);
  ends[1]?.();
  // Who comes just now stands behind those who wait.
  const late = turns.take(async () => begun.push(99));
  await settled();
  expect(begun).toEqual([0, 1, 2]);
  for (const index of [0, 2, 3, 4]) {
    ends[index]?.();
    await settled();
  }
  await late;
  expect(begun).toEqual([0, 1, 2, 3, 4, 99]);
  expect(await Promise.all(done)).toEqual([0, 1, 2, 3, 4]);
});

test("a work that fails gives its place back", async () => {
  const turns = new Turns(1);
  await expect(turns.take(() => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect(await turns.take(async () => "next")).toBe("next");
});

test("the oldest work that goes on is the one that may hang", async () => {
  const turns = new Turns(2);
  expect(turns.longestMs).toBe(0);
  const { ends, done } = works(turns, 2);
  await settled();
  expect(turns.longestMs).toBeGreaterThan(0);
  for (const end of ends) end();
  await Promise.all(done);
  expect(turns.longestMs).toBe(0);
});
