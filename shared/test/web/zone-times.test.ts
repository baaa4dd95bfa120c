import { expect, test } from "vitest";
import { zoneTimes } from "../../web/zone-times.ts";

test("the time of day is the facility's, not the page's", () => {
  const { timeText } = zoneTimes("en");
  const at = Date.UTC(2026, 2, 4, 6, 30, 5);
  expect(timeText(at, "Europe/Berlin")).toContain("7:30:05");
  expect(timeText(at, "Pacific/Auckland")).toContain("7:30:05");
  expect(timeText(at, "Asia/Kolkata")).toContain("12:00:05");
});

test("the day is the facility's too", () => {
  const { momentText } = zoneTimes("en-GB");
  const at = Date.UTC(2026, 2, 4, 20, 0, 0);
  expect(momentText(at, "Europe/Berlin")).toBe("4 Mar 2026, 21:00:00");
  expect(momentText(at, "Pacific/Auckland")).toBe("5 Mar 2026, 09:00:00");
});
