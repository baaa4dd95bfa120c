import { expect, test } from "vitest";
import { dayText } from "../../web/format.ts";
import { titleText } from "../../web/stored/report-text.ts";

const period = { from: "2026-11-09", to: "2026-11-15" };

test("a title that head office made up has its days as the page writes them; somebody's own stays", () => {
  const title = "Weekly report, Parkhaus Nord, 2026-11-09 to 2026-11-15";
  const days = `${dayText(period.from)} – ${dayText(period.to)}`;
  expect(titleText({ title, report_type: "weekly", period })).toBe(
    `Weekly report, Parkhaus Nord, ${days}`,
  );
  const own = "For the board, 2026-11-09";
  expect(titleText({ title: own, report_type: "custom", period })).toBe(own);
});
