import { expect, test } from "vitest";
import { moneyComplaints } from "../../src/domain/money/invariants.ts";
import { readMoneyFacts } from "../../src/store/money-facts.ts";
import { anna, boss, granted, press } from "../flows/money/till.ts";
import { soon, textOf } from "./kiosk-page.ts";
import { act, beginShift, button, closed, owes, shows, signInAs, tillSite } from "./money-park.ts";
import { type ParkPage, parkPages } from "./park-page.ts";

const open = parkPages();

const complaints = ({ park }: ParkPage): string[] => moneyComplaints(readMoneyFacts(park.book));

/** Takes the payment of the car at the first exit. */
async function payAtExit(it: ParkPage): Promise<void> {
  await shows(it, '[data-lane="exit-1"] .pay', "Take €3.13");
  await it.page.keyboard.press("Shift+F3");
  await expect.poll(textOf(it.page, ".owed .big-figure"), soon).toBe("€3.13");
}

/** A bakery that pays for its guests. @returns its token */
async function bakery({ park }: ParkPage): Promise<string> {
  const merchant = { merchant_id: "bakery", name: "Bakery", stay_cap_minor: null };
  const limits = { month_cap_minor: null, is_active: true, new_token: true };
  const kept = { ...merchant, ...limits, request_id: press(), reason: "opened" };
  return (await granted(park.facility.accounts.keepMerchant(kept, boss))).token ?? "";
}

async function cash({ park }: ParkPage): Promise<void> {
  const subject_id = park.session("BGH1234").sessionId;
  const till = { till_id: "till-1", tendered_minor: 313, partial: false };
  await granted(
    park.facility.money.cash({ request_id: press(), purpose: "stay", subject_id, ...till }, anna),
  );
}

test("a driver who cannot pay leaves with a debt note, and a supervisor writes the debt off", async (context) => {
  const it = await open(context, tillSite());
  const { page, park } = it;
  await beginShift(it, "50");
  await owes(park);
  await payAtExit(it);
  await page.keyboard.press("F5");
  await page.getByLabel("Name").fill("Kim Lee");
  await page.getByLabel("Telephone or address").fill("0123 456");
  await button(it, "Card declined, no cash").click();
  await act(it, /^Note the debt and let out/);
  await closed(it);
  await park.cross("exit-1");
  await park.pass(12);
  expect(park.session("BGH1234")).toMatchObject({ status: "closed-unpaid" });
  await signInAs(it, "Boris Ōta", "123456");
  await button(it, "Money").click();
  await button(it, "Debts").click();
  const debt = page.getByRole("radio", { name: /BGH1234.*Kim Lee/ });
  await debt.check();
  await page.getByRole("radio", { name: "Write off" }).check();
  expect(await button(it, /^Write €3\.13 off/).isDisabled()).toBe(true);
  await button(it, "Too small to pursue").click();
  await act(it, /^Write €3\.13 off/);
  await shows(it, "dialog", "Nobody owes anything.");
  expect(park.facts("debt-changed").map(({ state }) => state)).toEqual(["open", "written-off"]);
  expect(complaints(it)).toEqual([]);
});

test("an account of stored value pays at the exit, and the car leaves", async (context) => {
  const it = await open(context, tillSite());
  const { page, park } = it;
  await beginShift(it, "50");
  const account = { account_id: "acc-1", holder: "Jo Doe", plates: [], is_active: true };
  const kept = { ...account, floor_limit_minor: 0, request_id: press(), reason: "asked for it" };
  await granted(park.facility.accounts.keepAccount(kept, boss));
  const load = { till_id: "till-1", tendered_minor: 2000, amount_minor: 2000, partial: false };
  const about = { purpose: "top-up", subject_id: "acc-1", request_id: press() } as const;
  await granted(park.facility.money.cash({ ...about, ...load }, anna));
  await owes(park);
  await payAtExit(it);
  await page.keyboard.press("F4");
  await page.getByLabel("Search an account by plate or holder").fill("jo");
  await page.getByRole("radio", { name: /Jo Doe/ }).check();
  await act(it, /^Take €3\.13 from the account/);
  await shows(it, "dialog", "€3.13 paid");
  await page.keyboard.press("Enter");
  await park.cross("exit-1");
  await park.pass(12);
  expect(park.session("BGH1234")).toMatchObject({ status: "closed", paymentStatus: "paid" });
  expect(park.facility.accounts.accounts("jo").accounts).toMatchObject([{ balance_minor: 1687 }]);
  expect(complaints(it)).toEqual([]);
});

test("what a merchant gives is seen in what is owed, and owed again when it is taken back", async (context) => {
  const it = await open(context, tillSite());
  const { page, park } = it;
  await bakery(it);
  await park.enter("BGH1234");
  await park.pass(3600);
  const beginPaying = async (): Promise<void> => {
    await button(it, "Money").click();
    await page.getByLabel("Part of the plate").fill("GH12");
    await expect.poll(textOf(page, ".candidate"), soon).toContain("BGH1234");
    await page.keyboard.press("Enter");
  };
  await beginPaying();
  await page.keyboard.press("F2");
  await page.getByRole("radio", { name: "Amount" }).check();
  await page.getByLabel("Amount", { exact: true }).last().fill("1.00");
  await act(it, /^Validate/);
  await closed(it);
  await beginPaying();
  await expect.poll(textOf(page, ".owed .big-figure"), soon).toBe("€2.13");
  expect(await textOf(page, ".owed")()).toContain("Merchants take €1.00 off.");
  await page.keyboard.press("F2");
  await shows(it, ".given-list", /Bakery €1\.00.*not used yet/);
  await button(it, "Take back").click();
  await button(it, "Wrong vehicle").click();
  await act(it, "Take back what Bakery gave");
  await shows(it, ".given-list", "taken back");
  await expect.poll(textOf(page, ".owed .big-figure"), soon).toBe("€3.13");
  expect(park.facts("validation-changed").map(({ state }) => state)).toEqual(["issued", "revoked"]);
});

test("a shop's code is taken once, pays at the exit, and is taken back among the payments", async (context) => {
  const it = await open(context, tillSite());
  const { page, park } = it;
  const token = await bakery(it);
  const gift = { request_id: press(), kind: "amount", value: 313, days: 7 } as const;
  const made = park.facility.money.codeAsMerchant(token, gift);
  if (made === undefined || !("code" in made)) throw new RangeError("no code");
  await beginShift(it, "50");
  await owes(park);
  await payAtExit(it);
  await page.keyboard.press("F3");
  await page.getByLabel("Code that the driver shows").fill("AAAA-AAAA");
  await act(it, /^Take the code/);
  await shows(it, "dialog", "There is no such code.");
  await page.getByLabel("Code that the driver shows").fill(made.code.toLowerCase());
  await act(it, /^Take the code/);
  await closed(it);
  await button(it, "Money").click();
  await button(it, "Payments").click();
  await page.getByRole("radio", { name: /BGH1234.*Merchant/ }).check();
  await page.getByRole("radio", { name: "Take back" }).check();
  await button(it, "Wrong merchant").click();
  await act(it, /^Take back.*⏎/);
  await shows(it, ".scroll-list", "taken back");
  expect(complaints(it)).toEqual([]);
});

test("a driver who asks for it gets an invoice with name and address, on paper too", async (context) => {
  const site = tillSite();
  const it = await open(context, site);
  const { page, park } = it;
  await beginShift(it, "50");
  await park.enter("BGH1234");
  await park.pass(3600);
  await cash(it);
  await button(it, "Money").click();
  await button(it, "Payments").click();
  await page.getByRole("radio", { name: /BGH1234/ }).check();
  await button(it, "Invoice with name and address").click();
  await page.getByLabel("Firm or name").fill("Gärtnerei Grün");
  await page.getByLabel("Street and number").fill("Am Beet 3");
  expect(await button(it, "Write the invoice").isDisabled()).toBe(true);
  await page.getByLabel("Postcode and town").fill("10999 Berlin");
  await act(it, "Write the invoice");
  await shows(it, ".payment-details", "Invoice 1");
  await button(it, "Print").last().click();
  await shows(it, ".payment-details", "Document 1 is printed at printer-1");
  expect(JSON.stringify(site.papers().at(-1))).toContain("Gärtnerei Grün");
  expect(park.facts("document-issued").at(-1)).toMatchObject({
    kind: "invoice",
    body: { customer: { name: "Gärtnerei Grün", address: "Am Beet 3\n10999 Berlin" } },
  });
});

test("a shift is printed as it stands, handed over, and found again with its signed report", async (context) => {
  const site = tillSite();
  const it = await open(context, site);
  const { page, park } = it;
  await beginShift(it, "50");
  await button(it, /Shift at/).click();
  await button(it, "Report").click();
  await button(it, "Print").click();
  await shows(it, ".paper .sheet-said", "The report is printed at printer-1.");
  expect(JSON.stringify(site.papers().at(-1))).toMatch(/\(interim\)|\(Zwischenstand\)/);
  await button(it, "Now").click();
  await page.keyboard.press("5");
  await page.getByLabel("€50.00").fill("1");
  await page.getByLabel("Who goes on (login)").fill("boris");
  await act(it, /^Hand over to boris/);
  // Until the answer is here the sheet stays, whatever the book says already.
  await button(it, /^Hand over to boris/).waitFor({ state: "detached" });
  expect(park.facts("shift-closed").at(-1)).toMatchObject({
    operator: "anna",
    counted_minor: 5000,
  });
  await page.keyboard.press("Escape");
  await signInAs(it, "Boris Ōta", "123456");
  await button(it, /Shift at/).click();
  await button(it, "Past shifts").click();
  await page.getByRole("radio", { name: /Z report 1/ }).check();
  await shows(it, ".report", "Signed.");
  await button(it, "Print").click();
  await shows(it, ".paper .sheet-said", "Document 1 is printed at printer-1.");
  await button(it, "Print a copy").click();
  await shows(it, ".paper .sheet-said", "Copy 1 of 1 is printed at printer-1.");
  expect(complaints(it)).toEqual([]);
});
