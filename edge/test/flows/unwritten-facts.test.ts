import { VirtualClock } from "@gatehouse/firmware-sim/virtual-clock";
import { Fault } from "@gatehouse/shared/fault";
import { seconds } from "@gatehouse/shared/time";
import { expect, test } from "vitest";
import { Counters } from "../../src/flows/counters.ts";
import { UnwrittenFacts } from "../../src/flows/unwritten-facts.ts";
import { Book } from "../../src/store/book.ts";
import { readNote, saveNote } from "../../src/store/notes.ts";
import { morning } from "./car-park.ts";

function facts() {
  const clock = new VirtualClock(morning);
  const counters = new Counters();
  const state = { isFull: false };
  const book = new Book(":memory:", {
    onStep: () => {
      if (state.isFull) throw new Fault("disk-full", "played");
    },
  });
  const quiet = () => {};
  const log = { info: quiet, warn: quiet, error: quiet };
  return {
    clock,
    counters,
    book,
    state,
    unwritten: new UnwrittenFacts({ book, clock, log, counters, route: "lane" }),
  };
}

test("what found no room is written a little later, in its order", async () => {
  const { clock, book, state, unwritten } = facts();
  state.isFull = true;
  unwritten.add((tx) => saveNote(tx, "a", 1));
  unwritten.flush();
  unwritten.add((tx) => saveNote(tx, "a", 2));
  unwritten.flush();
  await clock.advance(seconds(20));
  expect(readNote(book, "a")).toBeUndefined();
  state.isFull = false;
  await clock.advance(seconds(5));
  expect(readNote(book, "a")).toBe("2");
});

test("what waits goes with the next transaction, once, and stays when that is wound back", () => {
  const { book, state, unwritten } = facts();
  let written = 0;
  state.isFull = true;
  unwritten.add(() => void written++);
  unwritten.flush();
  state.isFull = false;
  expect(() =>
    book.write((tx) => {
      unwritten.drain(tx);
      throw new RangeError("no");
    }),
  ).toThrow("no");
  book.write((tx) => unwritten.drain(tx));
  book.write((tx) => unwritten.drain(tx));
  unwritten.flush();
  expect(written).toBe(2);
});

test("a bug is not kept waiting", () => {
  const { unwritten } = facts();
  unwritten.add(() => {
    throw new TypeError("a bug");
  });
  expect(() => unwritten.flush()).toThrow("a bug");
});

test("no more than a thousand wait; the oldest is lost and counted", () => {
  const { book, state, counters, unwritten } = facts();
  state.isFull = true;
  for (let fact = 0; fact < 1002; fact++) unwritten.add((tx) => saveNote(tx, `fact ${fact}`, 1));
  state.isFull = false;
  unwritten.flush();
  expect(readNote(book, "fact 1")).toBeUndefined();
  expect(readNote(book, "fact 2")).toBe("1");
  expect(counters.all()).toEqual([
    { name: "facts_lost_total", labels: { route: "lane" }, value: 2 },
  ]);
});
