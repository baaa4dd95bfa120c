import { describe, expect, test } from "vitest";
import { kioskPages, signIn, soon, textOf } from "./kiosk-page.ts";

const open = kioskPages();

describe("opening a lane from the page", () => {
  test("by keyboard alone: the lane's key, the reason's digit, Enter", async (context) => {
    const { page, desk } = await open(context);
    await signIn(page);
    await page.keyboard.press("F3");
    await page.keyboard.press("3");
    await page.keyboard.press("Enter");
    await expect.poll(() => desk.openings, soon).toHaveLength(1);
    expect(desk.openings[0]).toMatchObject({
      laneId: "exit-1",
      reason: "goodwill",
      sessionId: "s-4711",
      actor: { kind: "attendant", id: "anna" },
    });
    await expect
      .poll(textOf(page, '[data-lane="exit-1"] .lane-said'), soon)
      .toMatch("Exit 1 opens by hand: goodwill.");
    expect(await page.locator("dialog").count()).toBe(0);
  });

  test("Escape leaves everything as it was", async (context) => {
    const { page, desk } = await open(context);
    await signIn(page);
    await page.keyboard.press("F1");
    await page.keyboard.press("2");
    await page.keyboard.press("Escape");
    await expect.poll(() => page.locator("dialog").count(), soon).toBe(0);
    await page.keyboard.press("Enter");
    expect(desk.openings).toEqual([]);
  });

  test("without a reason nothing can be pressed, and something else needs words", async (context) => {
    const { page, desk } = await open(context);
    await signIn(page);
    await page.getByRole("button", { name: "Open Entry 1" }).click();
    const confirm = page.locator("dialog").getByRole("button", { name: "Open Entry 1" });
    expect(await confirm.isDisabled()).toBe(true);
    await page.keyboard.press("Enter");
    await page.keyboard.press("6");
    await expect.poll(textOf(page, ".sheet-said"), soon).toMatch("Say in a few words");
    expect(await confirm.isDisabled()).toBe(true);
    await page.getByLabel("Note").fill("ambulance's tow truck, plate 3");
    await page.keyboard.press("Enter");
    await expect.poll(() => desk.openings, soon).toHaveLength(1);
    expect(desk.openings[0]).toMatchObject({
      reason: "other",
      note: "ambulance's tow truck, plate 3",
    });
  });

  test("a double click is one opening, however long the answer takes", async (context) => {
    const { page, desk } = await open(context);
    await signIn(page);
    let answer: () => void = () => undefined;
    desk.beforeAnswer = () => new Promise((resolve) => (answer = resolve));
    await page.keyboard.press("F1");
    await page.getByRole("radio", { name: "Maintenance" }).check();
    await page.locator("dialog").getByRole("button", { name: "Open Entry 1" }).dblclick();
    await page.keyboard.press("Enter");
    await expect.poll(() => desk.openings, soon).toHaveLength(1);
    expect(await page.getByRole("button", { name: "Opening Entry 1" }).isDisabled()).toBe(true);
    answer();
    await expect.poll(() => page.locator("dialog").count(), soon).toBe(0);
    expect(desk.openings).toHaveLength(1);
  });

  test("when the answer is lost, pressing again is the same opening", async (context) => {
    const { page, desk } = await open(context);
    await signIn(page);
    const bodies: string[] = [];
    await page.route("**/api/lanes/*/open", async (route) => {
      bodies.push(route.request().postData() ?? "");
      if (bodies.length > 1) return route.continue();
      await route.fetch();
      return route.abort();
    });
    await page.keyboard.press("F2");
    await page.keyboard.press("1");
    await page.keyboard.press("Enter");
    await expect.poll(textOf(page, ".sheet-said"), soon).toMatch("it opens once");
    await page.keyboard.press("Enter");
    await expect.poll(() => page.locator("dialog").count(), soon).toBe(0);
    expect(bodies).toHaveLength(2);
    expect(bodies[0]).toBe(bodies[1]);
    expect(desk.openings).toHaveLength(1);
  });

  test("a refusal is told in the sheet, and the next try is another request", async (context) => {
    const { page, desk } = await open(context);
    await signIn(page);
    desk.refusal = { kind: "refused", reason: "busy", sentence: "Exit 1 is busy." };
    await page.keyboard.press("F3");
    await page.keyboard.press("1");
    await page.keyboard.press("Enter");
    await expect.poll(textOf(page, ".sheet-said"), soon).toMatch("Exit 1 is busy.");
    desk.refusal = undefined;
    await page.keyboard.press("Enter");
    await expect.poll(() => desk.openings, soon).toHaveLength(1);
  });

  test("what stays unpaid and in whose name it opens is said before", async (context) => {
    const { page } = await open(context);
    await signIn(page);
    await page.keyboard.press("F3");
    await expect
      .poll(textOf(page, ".consequences"), soon)
      .toMatch(/€4\.50 stay unpaid\. .*Anna Weiß/);
  });
});
