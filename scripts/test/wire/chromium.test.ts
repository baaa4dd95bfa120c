import { expect, test } from "vitest";
import { launchChromium, noChromium } from "../../../shared/test/chromium.ts";

test("Chromium draws a page", async (context) => {
  const browser = await launchChromium();
  if (browser === undefined) return context.skip(noChromium);
  try {
    const page = await browser.newPage();
    await page.goto("data:text/html,<h1>Gatehouse</h1>");
    const picture = await page.screenshot({ type: "png" });
    expect(picture.subarray(1, 4).toString("latin1")).toBe("PNG");
    expect(picture.length).toBeGreaterThan(1000);
  } finally {
    await browser.close();
  }
});
