import type { Page as BrowserPage } from "playwright-core";
import { describe, expect, test } from "vitest";
import { pages } from "../../web/pages.ts";
import { officePages, signIn } from "./office-page.ts";
import { emptyId, populatedId, tellPopulated } from "./populated.ts";

const open = officePages();
/** The browser needs its moment. */
const soon = { timeout: 15_000, interval: 50 } as const;
const facilityIds = [populatedId, emptyId];

/** Every page, each of a facility's at these. */
const addressesAt = (ids: readonly string[]): string[] =>
  pages.flatMap(({ scope, part }) => {
    if (scope === "whole") return [part === "" ? "#" : `#/${part}`];
    return ids.map((id) => `#/f/${id}/${part}`);
  });

/** What is wrong with what is shown. */
async function faultsOf(page: BrowserPage, address: string): Promise<string[]> {
  await page.evaluate(async (to) => {
    if (location.hash !== (to === "#" ? "" : to)) {
      const arrived = new Promise((resolve) => addEventListener("hashchange", resolve));
      location.hash = to;
      await arrived;
    }
    // The page draws what it has heard in the next frame at the latest.
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
  }, address);
  await expect
    .poll(() => page.locator("main .skeleton, main [aria-busy=true]").count(), soon)
    .toBe(0);
  const facts = await page.evaluate(() => {
    const nameOf = (control: Element): string =>
      [
        control.getAttribute("aria-label"),
        control.getAttribute("title"),
        control.textContent,
        ...[...((control as HTMLInputElement).labels ?? [])].map((label) => label.textContent),
      ]
        .join("")
        .trim();
    const controls = document.querySelectorAll("a, button, input, select, textarea, summary");
    const tables = document.querySelectorAll("main table");
    return {
      headings: document.querySelectorAll("h1").length,
      overflow: document.documentElement.scrollWidth - innerWidth,
      unnamed: [...controls].filter((control) => nameOf(control) === "").map((c) => c.outerHTML),
      headless: [...tables].filter((table) => table.querySelector("th") === null).length,
      broken: [...document.querySelectorAll(".broken-page, .answered-not")].map(
        (each) => each.textContent,
      ),
      empty: (document.querySelector("main")?.textContent ?? "").trim() === "",
    };
  });
  return [
    ...(facts.headings === 1 ? [] : [`${facts.headings} h1`]),
    ...(facts.overflow <= 0 ? [] : [`${facts.overflow} px too wide`]),
    ...facts.unnamed.map((html) => `without a name: ${html}`),
    ...(facts.headless === 0 ? [] : [`${facts.headless} tables without headings`]),
    ...facts.broken.map((text) => `broken: ${text}`),
    ...(facts.empty ? ["nothing is shown"] : []),
  ].map((fault) => `${address}: ${fault}`);
}

describe("every page of head office", () => {
  test.for([
    // At a facility with a past and at one that has never told anything.
    { width: 1440, locale: "en-GB", colorScheme: "light", at: facilityIds },
    { width: 1024, locale: "en-GB", colorScheme: "light", at: facilityIds },
    { width: 390, locale: "en-GB", colorScheme: "light", at: facilityIds },
    { width: 1440, locale: "en-GB", colorScheme: "dark", at: [populatedId] },
    { width: 390, locale: "de-DE", colorScheme: "light", at: [populatedId] },
    { width: 1440, locale: "es-ES", colorScheme: "light", at: [populatedId] },
  ] as const)("opens whole at $width px, $locale, $colorScheme", async (seen, context) => {
    const { width, locale, colorScheme, at } = seen;
    const { page, complaints } = await open(context, {
      facilityIds,
      prepare: tellPopulated,
      browser: { viewport: { width, height: 900 }, locale, colorScheme },
    });
    await signIn(page);
    await expect.poll(() => page.locator(".shell main h1").count(), soon).toBe(1);
    const faults: string[] = [];
    for (const address of addressesAt(at)) {
      faults.push(...(await faultsOf(page, address)));
      faults.push(...complaints.splice(0).map((complaint) => `${address}: ${complaint}`));
    }
    expect(faults).toEqual([]);
  });
});
