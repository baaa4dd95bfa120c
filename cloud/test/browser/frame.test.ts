import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { facility, hire, main, password } from "../office-people.ts";
import { officePages, signIn } from "./office-page.ts";
import { emptyId, populatedId, tellPopulated } from "./populated.ts";

const open = officePages();
/** The browser needs its moment. */
const soon = { timeout: 15_000, interval: 50 } as const;
const told = { facilityIds: [populatedId, emptyId], prepare: tellPopulated } as const;

const textOf = (page: Page, selector: string) => async (): Promise<string> =>
  (await page.locator(selector).allInnerTexts()).join("\n");

async function goTo(page: Page, hash: string): Promise<void> {
  await page.evaluate((to) => (location.hash = to), hash);
}

describe("the frame of head office's pages", () => {
  test("opens a link that was sent, and its question stays with it: back, forward, reload", async (context) => {
    const { page, complaints } = await open(context, told);
    await goTo(page, `#/f/${populatedId}/revenue?from=2026-11-12&to=2026-11-14`);
    await signIn(page);
    await expect.poll(textOf(page, ".period"), soon).toContain("12 Nov 2026 – 14 Nov 2026");
    await page.getByRole("button", { name: "7 days" }).click();
    await expect.poll(textOf(page, ".period"), soon).toContain("13 Nov 2026 – 19 Nov 2026");
    expect(page.url()).toContain("revenue?period=7");
    await page.goBack();
    await expect.poll(textOf(page, ".period"), soon).toContain("12 Nov 2026 – 14 Nov 2026");
    await page.goForward();
    await page.reload();
    await expect.poll(textOf(page, ".period"), soon).toContain("13 Nov 2026 – 19 Nov 2026");
    await expect.poll(textOf(page, ".sentence"), soon).toMatch(/^€[\d.,]+ from \d+ payments\.$/);
    expect(await page.title()).toBe("Revenue · Hauptbahnhof 1 · Gatehouse");
    expect(complaints).toEqual([]);
  });

  test("says what is wrong with days of one's own, and asks for nothing", async (context) => {
    const { page } = await open(context, told);
    await signIn(page);
    await goTo(page, `#/f/${populatedId}/revenue`);
    await page.getByRole("button", { name: "Own days" }).click();
    await page.getByLabel("From").fill("2026-11-15");
    await page.getByLabel("To").fill("2026-11-14");
    await expect.poll(textOf(page, ".own-days"), soon).toContain("before the first");
    expect(await page.getByRole("button", { name: "Show", exact: true }).isDisabled()).toBe(true);
    await page.getByLabel("To").fill("2026-11-16");
    await page.getByRole("button", { name: "Show", exact: true }).click();
    await expect.poll(textOf(page, ".period"), soon).toContain("15 Nov 2026 – 16 Nov 2026");
  });

  test("changes the facility by keyboard and keeps the page", async (context) => {
    const { page } = await open(context, told);
    await signIn(page);
    await goTo(page, `#/f/${populatedId}/zones`);
    await page.getByRole("button", { name: /Hauptbahnhof 1/ }).press("Enter");
    await page.keyboard.press("Escape");
    await expect.poll(() => page.locator(".switcher-choice").count(), soon).toBe(0);
    await page.keyboard.press("Enter");
    // Whoever types sees the cursor first.
    await expect.poll(() => page.locator("input:focus").count(), soon).toBe(1);
    await page.keyboard.type("harb");
    await expect.poll(() => page.locator(".switcher-choice a").count(), soon).toBe(1);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await expect.poll(textOf(page, "main h1"), soon).toContain("harbour");
    expect(page.url()).toContain(`#/f/${emptyId}/zones`);
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("content");
  });

  test("asks which facility is meant where a link names none", async (context) => {
    const { page } = await open(context, told);
    await page.goto(`${page.url()}admin/analytics/systemmetrics/`);
    await signIn(page);
    await expect.poll(textOf(page, ".sentence"), soon).toMatch(/of which facility\?/);
    await page.locator("main").getByRole("link", { name: "Hauptbahnhof 1" }).click();
    await expect.poll(() => page.url(), soon).toContain(`#/f/${populatedId}/metrics`);
  });

  test("reads a chart's values by arrow keys, sorts a table and gives it as a file", async (context) => {
    const { page } = await open(context, told);
    await signIn(page);
    await goTo(page, `#/f/${populatedId}/revenue?period=7`);
    const chart = page.locator(".chart-place").first();
    await chart.focus();
    await page.keyboard.press("Home");
    await expect.poll(textOf(page, ".chart output"), soon).toMatch(/^13 Nov 2026 · €[\d.,]+/);
    await page.keyboard.press("ArrowRight");
    await expect.poll(textOf(page, ".chart output"), soon).toMatch(/^14 Nov 2026/);
    const table = page.locator(".data-table", { hasText: "Paid by" });
    const methods = (): Promise<string[]> => table.locator("tbody th").allInnerTexts();
    const before = await methods();
    await table.getByRole("button", { name: "Paid by" }).click();
    await expect.poll(methods, soon).toEqual(before.toSorted());
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      table.getByRole("button", { name: "Download as CSV" }).click(),
    ]);
    const lines = readFileSync(await file.path(), "utf8").split("\r\n");
    expect(lines[0]).toBe("method,payments,amount_minor,share_percent");
    expect(lines.slice(1, -1).map((line) => line.split(",")[0])).toEqual(before.toSorted());
  });

  test("speaks another language when one is chosen, and remembers", async (context) => {
    const { page } = await open(context, told);
    await signIn(page);
    await page.getByLabel("Language").selectOption("es");
    await expect.poll(textOf(page, ".sentence"), soon).toContain("aparcamientos necesita");
    await page.reload();
    await expect.poll(textOf(page, ".navigation"), soon).toContain("Todos los aparcamientos");
    expect(await page.evaluate(() => document.documentElement.lang)).toBe("es");
  });

  test("keeps an old answer, dimmed and with its age, while nobody answers", async (context) => {
    const { page } = await open(context, told);
    await signIn(page);
    await goTo(page, `#/f/${populatedId}/revenue?period=7`);
    await expect.poll(() => page.locator(".figure-list").count(), soon).toBe(1);
    await page.route("**/reports/revenue**", (route) => route.abort());
    await page.getByRole("button", { name: "90 days" }).click();
    await expect.poll(textOf(page, "main .banner"), soon).toMatch(/No connection.* old\./);
    expect(await page.locator(".answered-value.is-old .figure-list").count()).toBe(1);
    await page.unroute("**/reports/revenue**");
    await page.getByRole("button", { name: "Ask again" }).click();
    await expect.poll(() => page.locator("main .banner, .is-old").count(), soon).toBe(0);
  });

  test("says on every page that the line is cut, also on one that was never looked at, and goes on", async (context) => {
    const { office, page } = await open(context, told);
    await signIn(page);
    await goTo(page, `#/f/${populatedId}/revenue?period=7`);
    await expect.poll(() => page.locator(".figure-list").count(), soon).toBe(1);
    const port = Number(new URL(office.url).port);
    await office.hangUp();
    await expect.poll(textOf(page, "main .banner"), soon).toMatch(/No connection.* old\./);
    await goTo(page, `#/f/${populatedId}/peaks`);
    await expect.poll(textOf(page, "main"), soon).toContain("No connection to head office.");
    await office.listen(port);
    await expect.poll(textOf(page, ".sentence"), { ...soon, timeout: 40_000 }).toContain("fullest");
    await expect.poll(() => page.locator("main .banner").count(), soon).toBe(0);
  });

  test("says what head office refused, and what it did not understand", async (context) => {
    const { page } = await open(context, told);
    await signIn(page);
    const json = {
      type: "not-understood",
      title: "No.",
      status: 422,
      errors: [{ path: "to", message: "write a day" }],
    };
    await page.route("**/reports/zones", (route) => route.fulfill({ status: 422, json }));
    await goTo(page, `#/f/${populatedId}/zones`);
    await expect
      .poll(textOf(page, ".answered-not"), soon)
      .toMatch(/makes no sense[^]*to: write a day/);
    await page.unroute("**/reports/zones");
    await page.route("**/reports/zones", (route) => route.fulfill({ json: { zones: "many" } }));
    await page.getByRole("button", { name: "Ask again" }).click();
    await expect.poll(textOf(page, ".answered-not"), soon).toContain("does not understand");
    await goTo(page, "#/f/nowhere/zones");
    await expect.poll(textOf(page, ".answered-not"), soon).toContain("no such facility");
    await goTo(page, `#/f/${populatedId}/nothing`);
    await expect.poll(textOf(page, "main h1"), soon).toContain("no such page");
  });

  test("offers only what somebody may see, and opens nothing else", async (context) => {
    const { page, office } = await open(context, told);
    await hire(office, "nia", [{ role: "attendant", place: facility(populatedId) }]);
    await hire(office, "root", [{ role: "admin", place: main }]);
    await page.reload();
    await page.locator("#email").fill("nia@park.example");
    await page.locator("#password").fill(password);
    await page.locator("button[type=submit]").click();
    await expect.poll(() => page.locator(".shell").count(), soon).toBe(1);
    await goTo(page, `#/f/${populatedId}/overview`);
    await expect.poll(textOf(page, ".navigation"), soon).toContain("Zones");
    expect(await textOf(page, ".navigation")()).not.toContain("Revenue");
    await expect.poll(textOf(page, ".figure-list"), soon).toContain("Occupancy");
    await goTo(page, `#/f/${populatedId}/revenue`);
    await expect.poll(textOf(page, "main h1"), soon).toContain("may not see this page");
  });

  test("is told of news without being asked", async (context) => {
    const { page, office } = await open(context, { facilityIds: [populatedId, emptyId] });
    await signIn(page);
    await goTo(page, `#/f/${populatedId}/zones`);
    await expect.poll(textOf(page, ".sentence"), soon).toBe("No space has been told yet.");
    await tellPopulated(office);
    await expect.poll(textOf(page, ".sentence"), soon).toContain("The fullest zone is");
  });
});
