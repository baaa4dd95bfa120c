import { resolve } from "node:path";
import { beforeAll, onTestFinished, type TestContext } from "vitest";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { PacedClock } from "@gatehouse/shared/paced-clock";
import { sharedChromium, noChromium } from "../../../shared/test/chromium.ts";
import { TestDesk } from "../faces/desk-fixture.ts";
import { pins, runKiosk, type Name, type RunningKiosk } from "../faces/running-kiosk.ts";

const webDir = resolve(import.meta.dirname, "../../web/dist");

export interface OpenPage extends RunningKiosk {
  readonly page: Page;
  /** What the browser complained about: errors of scripts and breaches of the page's policy. */
  readonly complaints: string[];
}

export interface PageOptions {
  readonly spaces?: number;
  readonly lanes?: number;
  readonly browser?: BrowserContextOptions;
  /** Called before anybody looks. */
  readonly prepare?: (desk: TestDesk) => void | Promise<void>;
  /** The page's address; left out: the kiosk's. */
  readonly path?: string;
}

/** Gives what opens the kiosk's real page in it. */
export function kioskPages(): (context: TestContext, options?: PageOptions) => Promise<OpenPage> {
  let browser: Browser | undefined;
  beforeAll(async () => {
    browser = await sharedChromium();
  });

  return async (context, options = {}) => {
    if (browser === undefined) return context.skip(noChromium);
    const clock = new PacedClock();
    const desk = new TestDesk(clock, options);
    await options.prepare?.(desk);
    const running = await runKiosk({ clock, desk, webDir });
    const tab = await browser.newContext({ locale: "en-GB", ...options.browser });
    const page = await tab.newPage();
    page.setDefaultTimeout(soon.timeout);
    onTestFinished(async () => {
      await tab.close();
      await running.stop();
    });
    const complaints: string[] = [];
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("console", (message) => {
      // A refused request is an answer that the page shows; the browser logs each one.
      const isAnswer = message.text().startsWith("Failed to load resource");
      if (message.type() === "error" && !isAnswer) complaints.push(message.text());
    });
    await page.goto(`${running.url}${options.path ?? "/"}`);
    return { ...running, page, complaints };
  };
}

/** Signs in by keyboard and waits until the lanes are there, or what else is to be seen first. */
export async function signIn(
  page: Page,
  name: Name = "anna",
  first = ".lane, .empty",
): Promise<void> {
  const radio = page.getByRole("radio").nth(Object.keys(pins).indexOf(name));
  await radio.check();
  await page.keyboard.type(pins[name]);
  await page.keyboard.press("Enter");
  await page.locator(first).first().waitFor();
}

/** Asks again until it is so; the browser needs its moment. */
export const soon = { timeout: 10_000, interval: 50 } as const;

/** Reads the text of the first such element, for `expect.poll`. */
export const textOf = (page: Page, selector: string) => (): Promise<string> =>
  page.locator(selector).first().innerText();
