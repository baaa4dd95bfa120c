import { type Instant, seconds } from "@gatehouse/shared/time";
import { expect, test } from "vitest";
import { ProcessClock } from "../src/process-clock.ts";
import { VirtualClock } from "../src/virtual-clock.ts";

const start = Date.UTC(2026, 0, 5) as Instant;

test("a killed process hears no timer, wakes from no sleep and gets no answer", async () => {
  const machine = new VirtualClock(start);
  const run = new ProcessClock(machine);
  const heard: string[] = [];
  run.after(seconds(1), () => heard.push("before"));
  run.after(seconds(5), () => heard.push("timer"));
  void run.sleep(seconds(5)).then(() => heard.push("sleep"));
  void run.answer(() => machine.sleep(seconds(5))).then(() => heard.push("answer"));
  void run
    .answer(() => machine.sleep(seconds(5)).then(() => Promise.reject(new Error("late"))))
    .catch(() => heard.push("error"));
  await machine.advance(seconds(2));
  run.kill();
  run.after(seconds(1), () => heard.push("after"));
  let asked = false;
  void run.answer(async () => {
    asked = true;
  });
  await machine.advance(seconds(60));
  expect(heard).toEqual(["before"]);
  expect(asked).toBe(false);
  expect(run.alive).toBe(false);
});

test("the next run on the same machine keeps its monotonic time and boot", async () => {
  const machine = new VirtualClock(start);
  const first = new ProcessClock(machine);
  await machine.advance(seconds(30));
  first.kill();
  const second = new ProcessClock(machine);
  expect(second.monotonic()).toBe(30_000);
  expect(second.bootId).toBe(first.bootId);
  machine.cutPower();
  expect(second.monotonic()).toBe(0);
});

test("a living process gets answers and errors as they come", async () => {
  const machine = new VirtualClock(start);
  const run = new ProcessClock(machine);
  const told = run.answer(() => machine.sleep(seconds(1)).then(() => "yes"));
  const failed = run
    .answer(() => Promise.reject(new Error("no")))
    .catch((error: unknown) => String(error));
  await machine.advance(seconds(1));
  expect(await told).toBe("yes");
  expect(await failed).toBe("Error: no");
});
