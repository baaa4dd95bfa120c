import { expect, test, vi } from "vitest";
import { PacedClock, pacedClockFromEnv, paceText, SystemStopwatch } from "../src/paced-clock.ts";
import type { Instant } from "../src/time.ts";
import { hours, milliseconds, seconds } from "../src/time.ts";

const virtualEpoch = Date.UTC(2026, 0, 5, 6, 30) as Instant;

test("without a pace the clock tells the machine's own time", () => {
  const clock = pacedClockFromEnv({});
  const before = Date.now();
  const told = clock.now();
  expect(told).toBeGreaterThanOrEqual(before);
  expect(told).toBeLessThanOrEqual(Date.now());
  expect(clock.rate).toBe(1);
});

test("at the common epoch a paced clock shows the virtual epoch and then runs at its rate", () => {
  const realEpochMs = Date.now() - 10_000;
  const clock = new PacedClock({ rate: 20, realEpochMs, virtualEpoch });
  const since = clock.now() - virtualEpoch;
  expect(since).toBeGreaterThanOrEqual(200_000);
  expect(since).toBeLessThanOrEqual((Date.now() - realEpochMs) * 20);
});

test("two processes with the same pace agree on the boot, another epoch is another boot", () => {
  const pace = { rate: 5, realEpochMs: 1_764_000_000_000, virtualEpoch };
  const text = paceText(pace);
  const here = new PacedClock(pace);
  const child = pacedClockFromEnv({ GATEHOUSE_CLOCK: text });
  const nextDay = new PacedClock({ ...pace, realEpochMs: 1_764_000_086_400_000 });
  expect(child.bootId).toBe(here.bootId);
  expect(child.rate).toBe(5);
  expect(nextDay.bootId).not.toBe(here.bootId);
  expect(new PacedClock().bootId).not.toBe(here.bootId);
});

test("a virtual minute passes in a fraction of a real second, and no timer fires early", async () => {
  const clock = new PacedClock({ rate: 1000, realEpochMs: Date.now(), virtualEpoch });
  const from = clock.monotonic();
  await clock.sleep(seconds(60));
  expect(clock.monotonic() - from).toBeGreaterThanOrEqual(60_000);
});

test("a cancelled timer stays silent", async () => {
  const clock = new PacedClock({ rate: 1000, realEpochMs: 0, virtualEpoch });
  let fired = false;
  const cancel = clock.after(seconds(1), () => {
    fired = true;
  });
  cancel();
  await clock.sleep(seconds(30));
  expect(fired).toBe(false);
});

test("a timer of sixty days waits its sixty days instead of overflowing", () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "hrtime"] });
  try {
    const clock = new PacedClock();
    let fired = 0;
    clock.after(hours(60 * 24), () => fired++);
    vi.advanceTimersByTime(hours(60 * 24) - 1000);
    expect(fired).toBe(0);
    vi.advanceTimersByTime(1001);
    expect(fired).toBe(1);
  } finally {
    vi.useRealTimers();
  }
});

test("a wait of nothing still lets others run first", async () => {
  const order: string[] = [];
  const clock = new PacedClock();
  clock.after(milliseconds(0), () => order.push("timer"));
  order.push("caller");
  await clock.sleep(milliseconds(1));
  expect(order).toEqual(["caller", "timer"]);
});

test.each(["5", "0,1,2", "abc,1,2", "5,1", "5,1,2,3", "-5,1,2", "1e9,1,2", "5000,1,2", "5,1.5,2"])(
  "a malformed pace is refused with what to write: %s",
  (text) => {
    expect(() => pacedClockFromEnv({ GATEHOUSE_CLOCK: text })).toThrow(
      /GATEHOUSE_CLOCK is ".*": write "rate,realEpochMs,virtualEpochMs"/,
    );
  },
);

test("the stopwatch runs forward", () => {
  const watch = new SystemStopwatch();
  const first = watch.read();
  for (let turns = 0; turns < 1000; turns++) watch.read();
  expect(watch.read()).toBeGreaterThan(first);
});
