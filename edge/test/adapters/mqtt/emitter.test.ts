import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { TopicEmitter } from "../../../src/adapters/mqtt/emitter.ts";

interface Numbered {
  readonly topic: string;
  readonly number: number;
}

const emitterOf = (atOnce: number, waiting = 1_000_000): TopicEmitter<Numbered> =>
  new TopicEmitter<Numbered>({ atOnce, waiting });
const untilIdle = async (emitter: TopicEmitter<Numbered>): Promise<void> => {
  while (emitter.current > 0 || emitter.length > 0) await new Promise(setImmediate);
};

/** How a listener finishes: at once, in a microtask, or in a later turn of the event loop. */
const finishes = {
  atOnce: (done: () => void): void => done(),
  microtask: (done: () => void): void => queueMicrotask(done),
  laterTurn: (done: () => void): void => void setImmediate(done),
};
const anyFinish = fc.constantFrom<keyof typeof finishes>("atOnce", "microtask", "laterTurn");

describe("whatever listeners do", () => {
  test("each topic's messages start in the order emitted, all arrive, and no more than allowed are under way", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ topic: fc.constantFrom("a/1", "a/2", "b/1"), finish: anyFinish }), {
          maxLength: 300,
        }),
        fc.integer({ min: 1, max: 8 }),
        async (plan, atOnce) => {
          const emitter = emitterOf(atOnce);
          const seen = new Map<string, number[]>();
          let finished = 0;
          let most = 0;
          for (const filter of ["a/+", "b/1"]) {
            emitter.on(filter, (message, done) => {
              most = Math.max(most, emitter.current);
              seen.set(message.topic, [...(seen.get(message.topic) ?? []), message.number]);
              finishes[plan[message.number]?.finish ?? "atOnce"](done);
            });
          }
          plan.forEach(({ topic }, number) =>
            emitter.emit({ topic, number }, (error) => {
              expect(error).toBeUndefined();
              finished += 1;
            }),
          );
          await untilIdle(emitter);

          const sent = Map.groupBy(
            plan.map(({ topic }, number) => ({ topic, number })),
            ({ topic }) => topic,
          );
          expect(seen).toEqual(
            new Map([...sent].map(([topic, all]) => [topic, all.map(({ number }) => number)])),
          );
          expect(finished).toBe(plan.length);
          expect(most).toBeLessThanOrEqual(atOnce);
        },
      ),
    );
  });

  test("a message is finished only when its slowest listener is", async () => {
    const emitter = emitterOf(10);
    let letGo: () => void = () => {};
    emitter.on("a", (_message, done) => done());
    emitter.on("#", (_message, done) => {
      letGo = done;
    });
    let finished = false;
    emitter.emit({ topic: "a", number: 0 }, () => {
      finished = true;
    });
    await new Promise(setImmediate);
    expect(finished).toBe(false);
    letGo();
    expect(finished).toBe(true);
  });
});

describe("the stack does not grow", () => {
  test("when a stuck subscriber leaves and a hundred thousand waiting messages are released at once", async () => {
    const emitter = emitterOf(100);
    const stuck: (() => void)[] = [];
    let free = false;
    let deepest = 0;
    emitter.on("flood", (message, done) => {
      if (!free) return void stuck.push(done);
      if (message.number % 1000 === 0) deepest = Math.max(deepest, stackDepth());
      done();
    });
    let finished = 0;
    for (let number = 0; number < 100_000; number += 1)
      emitter.emit({ topic: "flood", number }, () => void (finished += 1));
    expect(stuck).toHaveLength(100);

    free = true;
    const here = stackDepth();
    for (const done of stuck) done();
    await untilIdle(emitter);
    expect(finished).toBe(100_000);
    expect(deepest - here).toBeLessThan(20);
  });

  test("when a listener emits the next message, which does the same, a hundred thousand deep", async () => {
    const emitter = emitterOf(100);
    let last = 0;
    emitter.on("chain", (message, done) => {
      last = message.number;
      if (message.number < 100_000) emitter.emit({ topic: "chain", number: message.number + 1 });
      done();
    });
    emitter.emit({ topic: "chain", number: 1 });
    await untilIdle(emitter);
    expect(last).toBe(100_000);
  });
});

test("the event loop turns while a hundred thousand messages nobody is slow about go through", async () => {
  const emitter = emitterOf(1);
  let release: () => void = () => {};
  let delivered = 0;
  emitter.on("a", (_message, done) => {
    delivered += 1;
    if (delivered === 1) release = done;
    else done();
  });
  for (let number = 0; number < 100_000; number += 1) emitter.emit({ topic: "a", number });
  release();
  await new Promise(setImmediate);
  expect(delivered).toBeLessThan(100_000);
  await untilIdle(emitter);
  expect(delivered).toBe(100_000);
});

test("a message beyond what may wait is not taken, and says so", () => {
  const emitter = emitterOf(1, 2);
  emitter.on("a", () => {});
  const errors: unknown[] = [];
  for (let number = 0; number < 4; number += 1)
    emitter.emit({ topic: "a", number }, (error) => void errors.push(error));
  expect(emitter.current).toBe(1);
  expect(emitter.length).toBe(2);
  expect(errors).toEqual([expect.objectContaining({ message: expect.stringMatching(/too many/) })]);
});

test("a listener that was removed hears nothing from the next turn on", async () => {
  const emitter = emitterOf(10);
  const heard: number[] = [];
  const listener = (message: Numbered, done: () => void): void => {
    heard.push(message.number);
    done();
  };
  emitter.on("a/#", listener);
  emitter.emit({ topic: "a/b", number: 1 });
  await new Promise<void>((resolve) => void emitter.removeListener("a/#", listener, resolve));
  emitter.emit({ topic: "a/b", number: 2 });
  expect(heard).toEqual([1]);
});

test("a closed emitter takes nothing more", async () => {
  const emitter = emitterOf(1);
  await new Promise<void>((resolve) => void emitter.close(resolve));
  let answer: unknown;
  emitter.emit({ topic: "a", number: 1 }, (error) => {
    answer = error;
  });
  expect(answer).toBeInstanceOf(Error);
});

function stackDepth(): number {
  const before = Error.stackTraceLimit;
  Error.stackTraceLimit = 1000;
  const depth = new Error("depth").stack?.split("\n").length ?? 0;
  Error.stackTraceLimit = before;
  return depth;
}
