import type { Browser, Page as BrowserPage } from "playwright-core";
import { pages } from "../../cloud/web/pages.ts";
import { launchChromium, noChromium } from "../../shared/test/chromium.ts";
import { buildPages } from "../build-pages.ts";
import { officeToken } from "./office-process.ts";

const warmUps = 1;
const rounds = 5;
const longestMs = 60_000;

/** One page, from the click that asks for it until everything on it is drawn. */
export interface Painted {
  readonly address: string;
  /** Milliseconds, in their order. */
  readonly times: readonly number[];
}

/**
 * Opens every page of head office in the system's Chromium, at one facility.
 *
 * @returns why not where there is no browser
 */
export async function paintAll(url: string, facilityId: string): Promise<Painted[] | string> {
  await buildPages(["cloud/web"]);
  const browser = await launchChromium();
  if (browser === undefined) return noChromium;
  try {
    return await paintEach(browser, url, facilityId);
  } finally {
    await browser.close();
  }
}

async function paintEach(browser: Browser, url: string, facilityId: string): Promise<Painted[]> {
  const page = await browser.newPage({ locale: "en-GB", viewport: { width: 1440, height: 900 } });
  await page.goto(url);
  await page.locator("#token").fill(officeToken);
  await page.locator("button[type=submit]").click();
  await page.locator(".shell main h1").waitFor({ timeout: longestMs });
  const painted: Painted[] = [];
  for (const { part, scope } of pages) {
    const whole = part === "" ? "#" : `#/${part}`;
    const address = scope === "whole" ? whole : `#/f/${encodeURIComponent(facilityId)}/${part}`;
    const times: number[] = [];
    for (let round = -warmUps; round < rounds; round += 1) {
      await drawn(page, part === "people" ? "#" : "#/people");
      const ms = await drawn(page, address);
      if (round >= 0) times.push(ms);
    }
    painted.push({ address, times: times.toSorted((a, b) => a - b) });
  }
  return painted;
}

/** Goes to an address of the page. @returns milliseconds until nothing on it waits any more and that is drawn */
function drawn(page: BrowserPage, address: string): Promise<number> {
  return page.evaluate(
    async ([to = "", limit = 0]) => {
      const frame = (): Promise<unknown> => new Promise(requestAnimationFrame);
      const from = performance.now();
      location.hash = String(to);
      await frame();
      await frame();
      while (document.querySelector("main .skeleton, main [aria-busy=true]") !== null) {
        if (performance.now() - from > Number(limit)) throw new Error(`${to} is never drawn`);
        await frame();
      }
      return performance.now() - from;
    },
    [address, longestMs],
  );
}
