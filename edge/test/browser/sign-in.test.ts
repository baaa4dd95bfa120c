import { describe, expect, test } from "vitest";
import { kioskPages, signIn, soon, textOf } from "./kiosk-page.ts";

const open = kioskPages();

describe("signing in at the page", () => {
  test("by keyboard, and out again; the browser finds nothing to complain about", async (context) => {
    const { page, complaints } = await open(context);
    await signIn(page);
    await expect.poll(textOf(page, "h1"), soon).toMatch("Parkhaus am Alten Güterbahnhof");
    expect(await page.locator(".lane h2").allInnerTexts()).toEqual([
      "Entry 1",
      "Entry 2",
      "Exit 1",
      "Exit 2",
    ]);
    await page.getByRole("button", { name: "Sign out" }).click();
    await expect.poll(textOf(page, ".sign-in-why"), soon).toMatch("You are signed out.");
    expect(await page.locator(".lane").count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  test("by finger on the keypad", async (context) => {
    const { page } = await open(context, { browser: { hasTouch: true } });
    await page.getByRole("radio", { name: "Boris Ōta" }).tap();
    for (const digit of "123456")
      await page.getByRole("button", { name: digit, exact: true }).tap();
    await page.getByRole("button", { name: "Sign in" }).tap();
    await expect.poll(textOf(page, ".top-bar-person"), soon).toMatch("Boris Ōta");
  });

  test("a wrong PIN is refused where the eye is, and after five the page counts the wait down", async (context) => {
    const { page } = await open(context);
    await page.getByRole("radio").first().check();
    for (let guess = 0; guess < 5; guess += 1) {
      await page.keyboard.type("0000");
      await page.keyboard.press("Enter");
      await expect.poll(textOf(page, ".pin-refusal"), soon).toMatch("do not belong together");
    }
    await page.keyboard.type("4711");
    await page.keyboard.press("Enter");
    await expect.poll(textOf(page, ".pin-refusal"), soon).toMatch(/Try again in (10|9|8) s\./);
    expect(await page.locator(".lane").count()).toBe(0);
  });

  test("a reload keeps the login; it never was where scripts can read it", async (context) => {
    const { page } = await open(context);
    await signIn(page);
    expect(await page.evaluate(() => document.cookie)).toBe("");
    expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toMatch(/4711/);
    await page.reload();
    await page.locator(".lane").first().waitFor();
  });

  test("the page speaks German to a browser that does", async (context) => {
    const { page } = await open(context, { browser: { locale: "de-AT" } });
    await expect.poll(textOf(page, "legend"), soon).toMatch("Wer sitzt an der Kasse?");
    await signIn(page);
    expect(await page.locator("html").getAttribute("lang")).toBe("de");
    await expect.poll(textOf(page, ".takings"), soon).toMatch(/1\.284,50|1 284,50/);
    await expect.poll(textOf(page, ".lane .act"), soon).toMatch("Entry 1 öffnen");
  });

  test("while the daemon is being asked, everything stands in its place already", async (context) => {
    const { page } = await open(context);
    await signIn(page);
    let answer: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (answer = resolve));
    await page.route("**/api/me", async (route) => {
      await held;
      await route.continue();
    });
    await page.reload();
    await page.locator(".skeleton-lane").first().waitFor();
    expect(await page.locator(".skeleton-lane").count()).toBe(4);
    answer();
    await page.locator(".lane").first().waitFor();
    await expect.poll(() => page.locator(".skeleton").count(), soon).toBe(0);
  });
});
