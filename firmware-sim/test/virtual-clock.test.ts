import { hours, type Instant, milliseconds, minutes, seconds } from "@gatehouse/shared/time";
import { expect, test } from "vitest";
import { VirtualClock } from "../src/virtual-clock.ts";

const start = Date.UTC(2026, 0, 5) as Instant;

test("timers run in the order of their due time, equal ones in the order they were set", async () => {
  const clock = new VirtualClock(start);
  const seen: string[] = [];
  for (const [name, delay] of [
    ["c", 30],
    ["a", 10],
    ["b1", 20],
    ["b2", 20],
  ] as const) {
    clock.after(milliseconds(delay), () => seen.push(`${name}@${clock.now() - start}`));
  }
  expect(await clock.advance(seconds(1))).toBe(4);
  expect(seen).toEqual(["a@10", "b1@20", "b2@20", "c@30"]);
  expect(clock.now()).toBe(start + 1000);
});

test("a thousand timers in any order come out sorted", async () => {
  const clock = new VirtualClock(start);
  const seen: number[] = [];
  for (let index = 0; index < 1000; index++) {
    const delay = (index * 7919) % 1009;
    clock.after(milliseconds(delay), () => seen.push(delay));
  }
  await clock.advance(seconds(2));
  expect(seen).toEqual(seen.toSorted((a, b) => a - b));
  expect(seen).toHaveLength(1000);
});

test("a sleeper that sleeps again wakes at both its moments within one advance", async () => {
  const clock = new VirtualClock(start);
  const woke: number[] = [];
  void (async () => {
    await clock.sleep(seconds(1));
    woke.push(clock.now() - start);
    await clock.sleep(seconds(2));
    woke.push(clock.now() - start);
  })();
  await clock.advance(seconds(10));
  expect(woke).toEqual([1000, 3000]);
});

test("a step of the wall moves now, never monotonic time or a timer", async () => {
  const clock = new VirtualClock(start);
  let firedAt: number | undefined;
  clock.after(minutes(10), () => {
    firedAt = clock.monotonic();
  });
  clock.stepWall(-3_600_000);
  expect(clock.now()).toBe(start - 3_600_000);
  await clock.advance(minutes(10));
  expect(firedAt).toBe(600_000);
  expect(clock.now()).toBe(start + 600_000 - 3_600_000);
});

test("a power cut is another boot whose monotonic time begins at nothing", async () => {
  const clock = new VirtualClock(start);
  await clock.advance(hours(3));
  const boot = clock.bootId;
  clock.cutPower();
  expect(clock.bootId).not.toBe(boot);
  expect(clock.monotonic()).toBe(0);
  expect(clock.now()).toBe(start + 3 * 3_600_000);
});

test("a cancelled timer stays silent, even when it is cancelled in the moment it was due", async () => {
  const clock = new VirtualClock(start);
  let fired = 0;
  const cancelEarly = clock.after(seconds(1), () => fired++);
  cancelEarly();
  clock.after(seconds(2), () => cancelLate());
  const cancelLate = clock.after(seconds(2), () => fired++);
  await clock.advance(seconds(5));
  expect(fired).toBe(0);
  expect(clock.waiting).toBe(0);
});

test("time stands still while a call is outside", async () => {
  const clock = new VirtualClock(start);
  let answeredAt: number | undefined;
  clock.after(seconds(1), () => {
    void clock
      .whileStill(() => new Promise((resolve) => setTimeout(resolve, 20)))
      .then(() => {
        answeredAt = clock.now() - start;
      });
  });
  let others = 0;
  clock.after(seconds(2), () => {
    others = answeredAt ?? -1;
  });
  await clock.advance(seconds(3));
  expect(answeredAt).toBe(1000);
  expect(others).toBe(1000);
});

test("a call outside that fails gives its error and lets time go on", async () => {
  const clock = new VirtualClock(start);
  const call = clock.whileStill(() => Promise.reject(new Error("no route")));
  const failed = call.catch((error: unknown) => String(error));
  await clock.advance(seconds(1));
  expect(await failed).toBe("Error: no route");
  expect(clock.now()).toBe(start + 1000);
});

test("two machines share time and timers, not steps and boots", async () => {
  const edge = new VirtualClock(start);
  const camera = edge.beside();
  const seen: string[] = [];
  edge.after(seconds(2), () => seen.push("edge"));
  camera.after(seconds(1), () => seen.push("camera"));
  edge.stepWall(3_600_000);
  await camera.advance(seconds(5));
  edge.cutPower();
  expect(seen).toEqual(["camera", "edge"]);
  expect(camera.now()).toBe(start + 5000);
  expect(edge.now()).toBe(start + 5000 + 3_600_000);
  expect(camera.monotonic()).toBe(5000);
  expect(edge.monotonic()).toBe(0);
  expect(edge.bootId).not.toBe(camera.bootId);
});
