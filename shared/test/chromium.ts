import { existsSync } from "node:fs";
import { chromium, type Browser } from "playwright-core";

/**
 * Starts the system's Chromium (or the one `CHROMIUM` names) with a fresh profile. The caller closes it.
 *
 * @returns the browser, or undefined where there is none: the test then skips with `noChromium`
 * @throws Error under `CI=true`, where a browser must not be missing
 */
export async function launchChromium(): Promise<Browser | undefined> {
  const executablePath = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
  if (!existsSync(executablePath)) {
    if (process.env["CI"] === "true")
      throw new Error(`${noChromium} (looked at ${executablePath})`);
    return undefined;
  }
  return chromium.launch({ executablePath, headless: true, args: flags });
}

let running: Promise<Browser | undefined> | undefined;

/**
 * The browser of this process, for all files of tests that it runs: a context is as fresh as a browser, and starts in
 * no time. It ends with the process.
 */
export async function sharedChromium(): Promise<Browser | undefined> {
  if ((await running)?.isConnected() !== true) running = launchChromium();
  return running;
}

export const noChromium = "no Chromium: install Debian's chromium or set CHROMIUM to its path";

/** Fit for root in a bare machine without network: no sandbox, no GPU, nothing that calls home. */
const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
