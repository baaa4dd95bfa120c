import { expect, test } from "vitest";
import { SystemRandom } from "../../src/adapters/system-random.ts";

const random = new SystemRandom();

test("ids are UUIDs of version 7, never twice the same, and a later one sorts later", async () => {
  const first = random.id();
  const many = new Set(Array.from({ length: 1000 }, () => random.id()));
  await new Promise((resolve) => setTimeout(resolve, 2));
  expect(first).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(many.size).toBe(1000);
  expect(random.id() > first).toBe(true);
});

test("fractions fill the whole of [0, 1) evenly", () => {
  const tenths = Array.from({ length: 10 }, () => 0);
  for (let draw = 0; draw < 10_000; draw++) {
    const fraction = random.fraction();
    expect(fraction).toBeGreaterThanOrEqual(0);
    expect(fraction).toBeLessThan(1);
    tenths[Math.floor(fraction * 10)]!++;
  }
  // 13 standard deviations wide: chance never fails this, a lopsided generator does.
  for (const count of tenths) expect(Math.abs(count - 1000)).toBeLessThan(400);
});
