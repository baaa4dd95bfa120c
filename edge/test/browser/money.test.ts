import { ViolationRules } from "@gatehouse/shared/contracts/violation-config";
import { expect, test } from "vitest";
import { moneyComplaints } from "../../src/domain/money/invariants.ts";
import { readMoneyFacts } from "../../src/store/money-facts.ts";
import { textOf, soon } from "./kiosk-page.ts";
import { beginShift, button, owes, shows, tillSite } from "./money-park.ts";
import { type ParkPage, parkPages } from "./park-page.ts";

const open = parkPages();

const complaints = ({ park }: ParkPage): string[] => moneyComplaints(readMoneyFacts(park.book));

test("a driver whose card is declined pays in cash, gets change and a receipt, and the car leaves", async (context) => {
  const site = tillSite();
  const it = await open(context, site);
  const { page, park } = it;
  await beginShift(it, "50");
  await owes(park);
  await shows(it, '[data-lane="exit-1"] .pay', "Take €3.13");
  await page.keyboard.press("Shift+F3");
  await expect.poll(textOf(page, ".owed .big-figure"), soon).toBe("€3.13");
  expect(await page.locator(".money-lines").first().innerText()).toContain("€3.13");

  // Exact, €5, €10…: the second is a note of five.
  await page.keyboard.press("2");
  await expect.poll(textOf(page, ".change-said"), soon).toBe("Change: €1.87");
  await page.keyboard.press("Enter");
  await shows(it, ".change .big-figure", "€1.87");
  await button(it, "Print").click();
  await shows(it, ".paper .sheet-said", "is printed at printer-1");
  expect(site.papers()).toHaveLength(1);
  await button(it, "Show the code").click();
  await expect.poll(() => page.locator(".qr path").count(), soon).toBe(1);
  await page.getByRole("button", { name: "Change given" }).click();
  await expect.poll(() => page.locator("dialog").count(), soon).toBe(0);

  await park.cross("exit-1");
  await park.pass(12);
  expect(park.session("BGH1234")).toMatchObject({ status: "closed", paymentStatus: "paid" });
  expect(complaints(it)).toEqual([]);
  expect(it.complaints).toEqual([]);
});

test("a part is taken only where it is said to be one, and the rest stays to be paid", async (context) => {
  const it = await open(context, tillSite());
  const { page, park } = it;
  await beginShift(it, "20");
  await owes(park);
  await shows(it, '[data-lane="exit-1"] .pay', "Take €3.13");
  await page.keyboard.press("Shift+F3");
  await page.getByLabel("Another amount").fill("2,00");
  await expect.poll(textOf(page, ".change-said"), soon).toBe("€1.13 are missing.");
  const act = button(it, /^Take €2\.00 in cash/);
  expect(await act.isDisabled()).toBe(true);
  await page.getByLabel("Take it as a part; the rest stays to be paid").check();
  await act.click();
  await shows(it, "dialog", "€1.13 are still to be paid.");
  expect(complaints(it)).toEqual([]);
});

test("nobody pays, with an explanation, and it stands in the shift's report", async (context) => {
  const it = await open(context, tillSite());
  const { page, park } = it;
  await beginShift(it, "0");
  await owes(park);
  await shows(it, '[data-lane="exit-1"] .pay', "Take €3.13");
  await page.keyboard.press("Shift+F3");
  await expect.poll(textOf(page, ".owed .big-figure"), soon).toBe("€3.13");
  await page.keyboard.press("F6");
  await page.keyboard.press("6");
  await expect.poll(textOf(page, ".sheet-said"), soon).toBe("Explain it.");
  await page.getByLabel("Explanation").fill("The lift was stuck for an hour");
  await page.keyboard.press("Enter");
  await shows(it, "dialog", "€3.13 given up");
  await page.keyboard.press("Enter");
  await park.cross("exit-1");
  await park.pass(12);
  expect(park.session("BGH1234")).toMatchObject({ status: "closed" });
  await button(it, /Shift at/).click();
  await button(it, "Report").click();
  await shows(it, ".report", "The lift was stuck for an hour");
  expect(complaints(it)).toEqual([]);
});

test("a shift is opened, takes cash, is counted blind, and its Z balances", async (context) => {
  const it = await open(context, tillSite());
  const { page, park } = it;
  await beginShift(it, "50");
  await park.enter("BGH1234");
  await park.pass(3600);
  await button(it, "Money").click();
  await page.getByLabel("Part of the plate").fill("GH12");
  await expect.poll(textOf(page, ".candidate"), soon).toContain("BGH1234");
  await page.keyboard.press("Enter");
  await expect.poll(textOf(page, ".owed .big-figure"), soon).toBe("€3.13");
  await page.keyboard.press("1");
  await page.keyboard.press("Enter");
  await shows(it, "dialog", "€3.13 paid");
  await page.keyboard.press("Enter");

  await button(it, /Shift at/).click();
  await button(it, "Report").click();
  await shows(it, ".report", "told after it was counted");
  expect(await page.locator(".report").innerText()).not.toContain("€53.13");
  await button(it, "Now").click();
  await page.keyboard.press("4");
  await page.getByLabel("€50.00").fill("1");
  await page.getByLabel("€1.00").fill("3");
  await page.getByLabel("€0.10").fill("1");
  await page.getByLabel("€0.01").fill("3");
  await button(it, /^€53\.13 lie in the drawer/).click();
  await shows(it, "dialog .change-said", "It is as it should be.");
  await page.keyboard.press("Enter");
  await shows(it, "dialog", "as it should be");
  await button(it, /^Done/).click();
  await expect.poll(textOf(page, ".shift-button"), soon).toContain("No shift");
  expect(park.facts("shift-closed").at(-1)).toMatchObject({
    operator: "anna",
    counted_minor: 5313,
    expected_minor: 5313,
  });
  expect(complaints(it)).toEqual([]);
});

test("a refund above the limit is asked for by one person and agreed to by another", async (context) => {
  const limited = tillSite((config) => ({
    ...config,
    money: { ...config.money, refund_limit_minor: 200 },
  }));
  const it = await open(context, limited);
  const { page, park } = it;
  await beginShift(it, "50");
  await park.enter("BGH1234");
  await park.pass(3600);
  const { sessionId: subject_id } = park.session("BGH1234");
  await park.facility.money.cash(
    {
      request_id: "a-press-of-cash",
      purpose: "stay",
      subject_id,
      till_id: "till-1",
      tendered_minor: 313,
      partial: false,
    },
    { kind: "attendant", id: "anna" },
  );
  await button(it, "Money").click();
  await button(it, "Payments").click();
  await page.getByLabel("Plate or receipt number").fill("b-gh 1234");
  await page.getByRole("radio", { name: /BGH1234/ }).check();
  await page.getByRole("radio", { name: "Give back" }).check();
  await button(it, "Wrong vehicle").click();
  await page.keyboard.press("Enter");
  await button(it, "Refunds").click();
  await shows(it, ".scroll-list", "waits for a second person");
  expect(await page.locator(".sheet-said").innerText()).toBe(
    "A supervisor other than who asked agrees or refuses.",
  );
  await page.keyboard.press("Escape");

  await button(it, "Sign out").click();
  await page.getByRole("radio", { name: "Boris Ōta" }).check();
  await page.keyboard.type("123456");
  await page.keyboard.press("Enter");
  await button(it, "Money").click();
  await button(it, "Refunds").click();
  await page.getByRole("radio", { name: /€3\.13/ }).check();
  await button(it, "Checked the receipt").click();
  await page.keyboard.press("Enter");
  await shows(it, ".scroll-list", /given back/);
  expect(park.payments).toMatchObject([{ status: "refunded" }]);
  expect(complaints(it)).toEqual([]);
});

test("a violation is looked at with what shows it, issued, and paid at the desk", async (context) => {
  const overstay = { enabled: true, penalty_minor: 2000, limit_h: 0.5 };
  const violations = ViolationRules.parse({ overstay });
  const it = await open(
    context,
    tillSite((config) => ({ ...config, violations })),
  );
  const { page, park } = it;
  await beginShift(it, "50");
  await park.enter("BGH1234");
  await park.pass(32 * 60);
  await button(it, "Money").click();
  await button(it, "Violations").click();
  await page.getByRole("radio", { name: /BGH1234/ }).check();
  await shows(it, ".payment-details", /BGH1234 at entry-1/);
  await page.getByRole("radio", { name: "Issue" }).check();
  await button(it, "As the rules say").click();
  await page.keyboard.press("Enter");
  await page.getByRole("radio", { name: "Take payment" }).check();
  await button(it, /^Take payment.*⏎/).click();
  await shows(it, ".owed .big-figure", "€20.00");
  await page.keyboard.press("1");
  await page.keyboard.press("Enter");
  await shows(it, "dialog", "€20.00 paid");
  expect(complaints(it)).toEqual([]);
});
