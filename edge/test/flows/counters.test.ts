import { expect, test } from "vitest";
import { Counters } from "../../src/flows/counters.ts";

test("counts by name and labels", () => {
  const counters = new Counters();
  counters.count("reads_total", { lane: "a" });
  counters.count("reads_total", { lane: "a" }, 2);
  counters.count("reads_total", { lane: "b" });
  counters.count("starts_total");
  expect(counters.all()).toEqual([
    { name: "reads_total", labels: { lane: "a" }, value: 3 },
    { name: "reads_total", labels: { lane: "b" }, value: 1 },
    { name: "starts_total", labels: {}, value: 1 },
  ]);
});

test("tells the quantiles of its samples, and of none nothing", () => {
  const counters = new Counters();
  expect(counters.quantile("ms", 0.5)).toBeUndefined();
  for (let ms = 100; ms >= 1; ms--) counters.sample("ms", ms);
  expect([0, 0.5, 0.99, 1].map((share) => counters.quantile("ms", share))).toEqual([
    1, 51, 100, 100,
  ]);
});

test("keeps the latest samples only, so that memory stays bounded", () => {
  const counters = new Counters();
  for (let sample = 0; sample < 25_000; sample++) counters.sample("ms", sample);
  expect(counters.quantile("ms", 0)).toBe(15_000);
});
