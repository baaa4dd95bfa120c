import type { Locator, Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { officePages, signIn } from "./office-page.ts";
import { emptyId, populatedId, tellPopulated } from "./populated.ts";

const open = officePages();
/** The browser needs its moment. */
const soon = { timeout: 15_000, interval: 50 } as const;
const told = { facilityIds: [populatedId, emptyId], prepare: tellPopulated } as const;

async function goTo(page: Page, address: string): Promise<void> {
  await page.evaluate((to) => (location.hash = to), address);
}

const figure = (page: Page, label: string): Locator =>
  page.locator(".figure-list > div", { hasText: label }).locator(".figure");

const numberIn = async (place: Locator): Promise<number> =>
  Number((await place.innerText()).replaceAll(/[^\d.-]/g, ""));

describe("the report pages", () => {
  test.for(["Stays ended today", "Vehicles inside"])(
    "%s opens the sessions that it counts",
    async (label, context) => {
      const { page } = await open(context, told);
      await signIn(page);
      await goTo(page, `#/f/${populatedId}/overview`);
      await figure(page, label).waitFor();
      const count = await numberIn(figure(page, label));
      expect(count).toBeGreaterThan(0);
      await figure(page, label).getByRole("link").click();
      await expect.poll(() => page.locator(".data-table tbody tr").count(), soon).toBe(count);
    },
  );

  test("revenue's parts sum up to it, and its days open their payments", async (context) => {
    const { page, complaints } = await open(context, told);
    await signIn(page);
    await goTo(page, `#/f/${populatedId}/revenue?period=7`);
    await figure(page, "Taken").first().waitFor();
    const total = await numberIn(figure(page, "Taken").first());
    const sumOf = async (heading: string, column: number): Promise<number> => {
      const rows = page.locator(".page-section", { hasText: heading }).locator("tbody tr");
      const texts = await rows.evaluateAll(
        (some, at) => some.map((row) => row.querySelectorAll("td")[at]?.textContent ?? ""),
        column,
      );
      const cents = texts.map((text) => Math.round(100 * Number(text.replaceAll(/[^\d.-]/g, ""))));
      return cents.reduce((sum, each) => sum + each, 0);
    };
    expect(await sumOf("How was it paid?", 1)).toBe(Math.round(100 * total));
    expect(await sumOf("Which zone earned it?", 0)).toBe(Math.round(100 * total));
    const days = page.locator("figure.chart", { hasText: "taken on each day" });
    await days.locator("summary").click();
    const first = days.locator("tbody tr").first();
    const payments = Number(await first.locator("td").first().innerText());
    await first.getByRole("link").click();
    await expect.poll(() => page.url(), soon).toContain("payments?by=captured&from=2026-11-13");
    await expect.poll(() => page.locator(".data-table tbody tr").count(), soon).toBe(payments);
    expect(total).toBeGreaterThan(0);
    expect(complaints).toEqual([]);
  });

  test("a facility that never told anything shows no numbers, rather than nought", async (context) => {
    const { page } = await open(context, told);
    await signIn(page);
    await goTo(page, `#/f/${emptyId}/overview`);
    await figure(page, "Occupancy").waitFor();
    expect(await page.locator(".figure-list .figure").allInnerTexts()).toEqual(
      Array.from({ length: 8 }, () => "–"),
    );
    expect(await page.locator(".freshness").innerText()).toContain("not told anything");
    await goTo(page, `#/f/${emptyId}/peaks`);
    await expect.poll(() => page.locator(".chart .empty").count(), soon).toBe(4);
    expect(await page.locator(".heat-map").count()).toBe(0);
  });

  test("the busiest hour opens the entries that it counts", async (context) => {
    const { page } = await open(context, told);
    await signIn(page);
    await goTo(page, `#/f/${populatedId}/peaks?period=7`);
    const row = page.locator(".page-section", { hasText: "most entries" }).locator("tbody tr");
    const link = row.first().getByRole("link");
    await link.waitFor();
    const entries = await numberIn(link);
    expect(await page.locator(".heat-map").first().locator("td").count()).toBe(168);
    await link.click();
    await expect.poll(() => page.locator(".data-table tbody tr").count(), soon).toBe(entries);
  });

  test("every figure and every outcome says what it means", async (context) => {
    const { page } = await open(context, {
      ...told,
      browser: { locale: "de-DE", viewport: { width: 1440, height: 900 } },
    });
    await signIn(page);
    await goTo(page, `#/f/${populatedId}/figures?period=7`);
    await expect.poll(() => page.locator(".meant-figures > div").count(), soon).toBe(18);
    const meanings = await page.locator(".meant-figures .quiet").allInnerTexts();
    expect(meanings.filter((meaning) => meaning.length < 20)).toEqual([]);
    expect(meanings.join(" ")).not.toMatch(/\b(the|that|were|of all)\b/);
    await goTo(page, `#/f/${populatedId}/outcomes?period=7`);
    await expect.poll(() => page.locator(".outcome").count(), soon).toBe(17);
    expect(await page.locator(".outcome > .quiet").count()).toBe(17);
    const words = await page
      .locator(".outcome h2, .outcome > .quiet, .outcome thead")
      .allInnerTexts();
    expect(words.join(" ")).not.toMatch(/\b(the|that|were|of all|_)\b/);
  });
});
