import { expect, test } from "vitest";
import { momentAt } from "../../web/outlook/local-moment.ts";

test.each([
  ["in summer", "2026-07-01T18:00", "2026-07-01T16:00:00.000Z"],
  ["in winter", "2026-11-20T18:00", "2026-11-20T17:00:00.000Z"],
  ["an hour before clocks go forward", "2026-03-29T01:30", "2026-03-29T00:30:00.000Z"],
  ["an hour after clocks went forward", "2026-03-29T03:30", "2026-03-29T01:30:00.000Z"],
  ["that comes twice: the first", "2026-10-25T02:30", "2026-10-25T00:30:00.000Z"],
  ["that is skipped: an hour later", "2026-03-29T02:30", "2026-03-29T01:30:00.000Z"],
])("a time in Berlin %s is a moment", (_, local, moment) => {
  expect(momentAt(local, "Europe/Berlin")).toBe(moment);
});

test("a time where hours begin at half past is a moment", () => {
  expect(momentAt("2026-11-20T18:00", "Asia/Kolkata")).toBe("2026-11-20T12:30:00.000Z");
});

test.each(["", "2026-11-20", "2026-13-40T18:00", "tomorrow"])("%j is none", (text) => {
  expect(momentAt(text, "Europe/Berlin")).toBeUndefined();
});
