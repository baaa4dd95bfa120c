import { expect, test } from "vitest";
import { countTold } from "../../web/reports/hours.ts";

const about = { as_of: "2026-11-20T12:00:00.000Z", lag_s: 5400 };

test.each([
  ["2026-11-20T09:00:00.000Z", about, 0],
  // What came before the facts end is told, though not all of it.
  ["2026-11-20T10:00:00.000Z", about, 0],
  ["2026-11-20T10:30:00.000Z", about, null],
  ["2026-11-20T11:00:00.000Z", about, null],
  ["2026-11-20T11:00:00.000Z", { ...about, lag_s: 0 }, 0],
  ["2026-11-20T12:00:00.000Z", { ...about, lag_s: 0 }, null],
  ["2026-11-20T09:00:00.000Z", { ...about, lag_s: null }, null],
])(
  "nothing happened in the hour from %s is only said where %j tells of it",
  (start, told, count) => {
    expect(countTold(told, start, 0)).toBe(count);
  },
);
