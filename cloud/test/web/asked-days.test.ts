import { expect, test } from "vitest";
import { wholeDays } from "../../web/sessions/asked-days.ts";

test.each([
  [{}, {}],
  [
    { from: "2026-11-01", to: "2026-11-05" },
    { from: "2026-11-01", to: "2026-11-05" },
  ],
  [{ from: "2026-11-01" }, { from: "2026-11-01", to: "2026-11-20" }],
  [{ to: "2026-11-05" }, { from: "2026-11-05", to: "2026-11-05" }],
  [{ from: "2026-12-24" }, { from: "2026-12-24", to: "2026-12-24" }],
])("%j is asked for as %j", (asked, whole) => {
  expect(wholeDays(asked, "2026-11-20")).toEqual(whole);
});
