import { expect, test } from "vitest";
import { daysWrong, periodOf } from "../../web/frame/period.ts";

const today = "2026-03-31";

test.each([
  [{}, { name: "30", from: "2026-03-01", to: "2026-03-30" }],
  [{ period: "today" }, { name: "today", from: today, to: today }],
  [{ period: "7" }, { name: "7", from: "2026-03-24", to: "2026-03-30" }],
  [{ period: "90" }, { name: "90", from: "2025-12-31", to: "2026-03-30" }],
  [{ period: "month" }, { name: "month", from: "2026-03-01", to: today }],
  [
    { from: "2026-01-01", to: "2026-01-31", period: "7" },
    { name: "custom", from: "2026-01-01", to: "2026-01-31" },
  ],
  [{ period: "yesterday" }, { name: "30", from: "2026-03-01", to: "2026-03-30" }],
  [
    { from: "2026-02-30", to: "2026-03-10" },
    { name: "30", from: "2026-03-01", to: "2026-03-30" },
  ],
  [
    { from: "2026-02-02", to: "2026-02-01" },
    { name: "30", from: "2026-03-01", to: "2026-03-30" },
  ],
])("%j asks for its days", (question, period) => {
  expect(periodOf(question, today)).toEqual(period);
});

test("a period is at least a day and at most what one question takes", () => {
  expect(daysWrong("2026-01-02", "2026-01-01")).toBe("backwards");
  expect(daysWrong("", "2026-01-01")).toBe("backwards");
  expect(daysWrong("2026-01-01", "2026-01-01")).toBeUndefined();
  expect(daysWrong("2024-01-01", "2026-01-01")).toBe("too-many");
});
