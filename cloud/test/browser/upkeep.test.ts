import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { officePages, signIn } from "./office-page.ts";
import { tellTrouble } from "./upkeep-town.ts";

const open = officePages();
const soon = { timeout: 15_000, interval: 50 } as const;
const prepare = tellTrouble;

const go = (page: Page, address: string): Promise<unknown> =>
  page.evaluate((to) => void (location.hash = to), address);
const texts = (page: Page, selector: string) => () => page.locator(selector).allInnerTexts();

describe("a bad day at a facility", () => {
  test("is seen in the alerts of all, and somebody looks after one of them", async (context) => {
    const { page, complaints, office } = await open(context, { facilityIds: ["north"], prepare });
    await signIn(page);
    await go(page, "#/alerts");
    await expect
      .poll(texts(page, "main tbody th"), soon)
      .toEqual([
        "■ The gate did not take its command Critical",
        "■ Nobody knows yet whether a payment was taken Critical",
        "▲ A sensor has been silent for much longer than usual Warning",
        "● A car came in again: its earlier stay was closed Information",
      ]);
    await page.getByRole("link", { name: "The gate did not take its command" }).click();
    await page.getByLabel("Note").fill("Chen is on the way");
    await page.getByRole("button", { name: "I look after it" }).click();
    await expect
      .poll(() => page.locator("main .sentence").innerText(), soon)
      .toMatch(/^Looked after: head-office/);
    await expect.poll(() => page.locator("main").innerText(), soon).toMatch(/Chen is on the way/);
    const lines = await office.rows(
      "select action from audit_lines where action = 'alert-acknowledged'",
    );
    expect(lines).toHaveLength(1);
    await go(page, "#/alerts?state=open&tier=critical");
    await expect.poll(() => page.locator("main .empty").innerText(), soon).toBe("No alert fits.");
    expect(complaints).toEqual([]);
  });

  test("is told to whoever a receiver and a rule name", async (context) => {
    const { page, complaints } = await open(context, { facilityIds: ["north"], prepare });
    await signIn(page);
    await go(page, "#/messages");
    await page.getByRole("button", { name: "Add a receiver" }).click();
    await page.getByLabel("Name").fill("Night desk");
    await page.getByLabel("Address").fill("https://desk.example/hook");
    await page.getByLabel("session.closed").check();
    await page.getByRole("button", { name: "Save" }).click();
    await expect
      .poll(texts(page, ".shown-secret code"), soon)
      .toEqual([expect.stringMatching(/^whsec_/)]);
    await page.getByRole("button", { name: "Add a rule" }).click();
    await page.getByLabel("Name").fill("Gates");
    await page.getByRole("group", { name: "To", exact: true }).getByLabel("Night desk").check();
    await page.getByLabel("Quiet from").fill("22:00");
    await page.getByRole("button", { name: "Save" }).click();
    // Half of the quiet hours is missing.
    await expect
      .poll(() => page.locator(".act-form [role=alert]").innerText(), soon)
      .toMatch(/HH:MM/);
    await page.getByLabel("Quiet until").fill("06:30");
    await page.getByRole("button", { name: "Save" }).click();
    await expect.poll(texts(page, "main tbody th"), soon).toEqual(["Night desk", "Gates"]);
    await page.getByRole("button", { name: "Send a test" }).click();
    await expect
      .poll(() => page.locator("main").innerText(), soon)
      .toMatch(/A test message is on its way/);
    await go(page, "#/deliveries");
    await expect.poll(texts(page, "main tbody th"), soon).toEqual(["Test"]);
    expect(complaints).toEqual([]);
  });

  test("shows which devices are away, and work is ordered and planned", async (context) => {
    const { page, complaints, office } = await open(context, { facilityIds: ["north"], prepare });
    await signIn(page);
    await go(page, "#/f/north/devices");
    await expect
      .poll(() => page.locator("main .sentence").innerText(), soon)
      .toBe("3 online, 1 away, 1 new, shut out or retired.");
    await page.getByRole("link", { name: "bay-A014" }).click();
    await expect.poll(() => page.locator("main").innerText(), soon).toMatch(/Away/);
    await go(page, "#/f/north/maintenance");
    await expect
      .poll(() => page.locator("main .sentence").innerText(), soon)
      .toBe("1 to be done, 1 overdue.");
    await page.getByRole("button", { name: "Order work" }).click();
    await page.getByLabel("Device").fill("bay-A014");
    await page.getByLabel("Work", { exact: true }).fill("battery");
    await page.getByLabel("Description").fill("Change the battery");
    await page.getByRole("button", { name: "Order it" }).click();
    await expect
      .poll(() => page.locator("main").innerText(), soon)
      .toMatch(/has not fetched it yet/);
    await page.getByRole("button", { name: "Plan work that comes again" }).click();
    await page.getByLabel("Device").fill("exit-1");
    await page.getByLabel("Work", { exact: true }).fill("gate");
    await page.getByLabel("Description").fill("Grease the bearings");
    await page.getByRole("button", { name: "Save" }).click();
    await expect.poll(() => page.locator("main").innerText(), soon).toMatch(/90 days/);
    const [plan] = await office.rows("select every_days, equipment_id from maintenance_plans");
    expect(plan).toEqual({ every_days: 90, equipment_id: "exit-1" });
    expect(complaints).toEqual([]);
  });

  test("shows violations with their sums, and one of them step by step", async (context) => {
    const { page, complaints } = await open(context, { facilityIds: ["north"], prepare });
    await signIn(page);
    await go(page, "#/f/north/violations");
    await expect
      .poll(() => page.locator("main .sentence").innerText(), soon)
      .toBe("4 found, €62.50 still owed.");
    await expect
      .poll(texts(page, "main .figure"), soon)
      .toEqual(["4", "€112.50", "€25.00", "€25.00", "€62.50"]);
    await page.locator("main tbody th a").last().click();
    await expect
      .poll(texts(page, "main tbody tr td:nth-child(2)"), soon)
      .toEqual(["Found", "Issued", "Raised for lateness"]);
    expect(complaints).toEqual([]);
  });
});
