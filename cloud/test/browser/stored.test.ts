import { expect, test } from "vitest";
import { officePages, signIn } from "./office-page.ts";
import { populatedId, tellPopulated } from "./populated.ts";

const open = officePages();
const soon = { timeout: 15_000, interval: 50 } as const;
const prepared = { facilityIds: [populatedId], prepare: tellPopulated };
const at = (part: string): string => `#/f/${populatedId}/${part}`;

test("a report is made, opened, taken home as a file, found again and deleted", async (context) => {
  const { office, page, complaints } = await open(context, prepared);
  await signIn(page);
  await page.goto(`${office.url}/${at("reports")}`);
  await page.getByRole("button", { name: "Make a report" }).click();
  const form = page.getByRole("form", { name: "Make a report" });
  await form.getByLabel("Kind").selectOption("weekly");
  await form.getByLabel("Title").fill("The week of the fair");
  await form.getByRole("button", { name: "Make it" }).click();
  const sentence = page.locator("main .sentence");
  await expect.poll(() => sentence.textContent(), soon).toBe("The week of the fair");

  const arriving = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download as PDF" }).click();
  expect((await arriving).suggestedFilename()).toMatch(/^weekly-\d{4}-\d\d-\d\d\.pdf$/);
  await page.getByText("As JSON").click();
  await expect.poll(() => page.locator("pre").textContent(), soon).toContain('"total_revenue"');

  await page.getByRole("link", { name: "All reports" }).click();
  await page.getByLabel("Search").fill("fair");
  await page.getByLabel("Search").press("Enter");
  await expect.poll(() => page.url(), soon).toContain("search=fair");
  await page.getByRole("link", { name: "The week of the fair" }).click();
  await page.getByRole("button", { name: "Delete" }).click();
  await page.getByRole("button", { name: "Leave it" }).click();
  await page.getByRole("button", { name: "Delete" }).click();
  await page.getByRole("button", { name: "Delete" }).click();
  await expect.poll(() => sentence.textContent(), soon).toContain("No report is kept yet.");
  const [kept] = await office.rows<{ deleted_by: string; data: unknown }>(
    "select deleted_by, data from analytics_reports",
  );
  expect(kept).toEqual({ deleted_by: "office-token", data: null });
  expect(complaints).toEqual([]);
});

test("days that end before they begin are refused where they were typed", async (context) => {
  const { office, page } = await open(context, prepared);
  await signIn(page);
  await page.goto(`${office.url}/${at("reports")}`);
  await page.getByRole("button", { name: "Make a report" }).click();
  const form = page.getByRole("form", { name: "Make a report" });
  await form.getByLabel("Kind").selectOption("custom");
  await form.getByLabel("From day").fill("2026-11-18");
  await form.getByLabel("To day").fill("2026-11-12");
  await form.getByRole("button", { name: "Make it" }).click();
  const isTooEarly = await form
    .getByLabel("To day")
    .evaluate((input) => input.matches(":focus") && input.matches(":out-of-range"));
  expect(isTooEarly, "the browser says so in its own language").toBe(true);
  expect(await office.rows("select from analytics_reports")).toEqual([]);
});

test("a kept moment is taken out of sight and stays as a tombstone", async (context) => {
  const { office, page } = await open(context, prepared);
  await office.request(`/v1/facilities/${populatedId}/reports/metrics`, {
    method: "POST",
    headers: { authorization: "Bearer token-of-head-office" },
  });
  await signIn(page);
  await page.goto(`${office.url}/${at("metrics")}`);
  await page.getByRole("button", { name: "Take away" }).click();
  await page.getByRole("button", { name: "Take away" }).click();
  await expect
    .poll(() => page.locator("main .sentence").textContent(), soon)
    .toBe("No moment of these days is kept.");
  expect(await office.rows("select deleted_by from system_metrics")).toEqual([
    { deleted_by: "office-token" },
  ]);
});
