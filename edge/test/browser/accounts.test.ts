import { hours, isoOf, later } from "@gatehouse/shared/time";
import { expect, test } from "vitest";
import { moneyComplaints } from "../../src/domain/money/invariants.ts";
import { readMoneyFacts } from "../../src/store/money-facts.ts";
import { keepPermit } from "../../src/store/rights.ts";
import type { CarPark } from "../flows/car-park.ts";
import { soon } from "./kiosk-page.ts";
import { beginShift, button, shows, tillSite } from "./money-park.ts";
import { type ParkPage, parkPages } from "./park-page.ts";

const open = parkPages();

const complaints = ({ park }: ParkPage): string[] => moneyComplaints(readMoneyFacts(park.book));

async function openAccounts(it: ParkPage): Promise<void> {
  await button(it, /^Money/)
    .first()
    .click();
  await button(it, "Accounts").click();
}

async function choose(it: ParkPage, name: string): Promise<void> {
  await it.page.locator("dialog .device-choice", { hasText: name }).click();
}

const act = (it: ParkPage, name: string) =>
  it.page.locator("dialog .choice", { hasText: name }).first().click();

test("a supervisor opens an account, loads it, blocks it, and closes it with a pay-out", async (context) => {
  const it = await open(context, { ...tillSite(), who: "boris" });
  const { page, park } = it;
  await beginShift(it, "50");
  await openAccounts(it);
  await button(it, "New account").click();
  await page.getByLabel("Holder", { exact: true }).fill("Jo Roth");
  await page.getByLabel("Plates, parted by commas").fill("b-gh 1234, AB 12");
  await button(it, "At the desk").click();
  await page.keyboard.press("Enter");
  await shows(it, ".sheet-said", "The account of Jo Roth is kept.");
  expect(await page.locator("dialog .device-choice").innerText()).toContain("BGH1234");

  await act(it, "Load in cash");
  await page.getByLabel("How much is loaded").fill("20");
  await page.keyboard.press("Enter");
  await shows(it, ".account-lines", /Loaded\s+€20\.00\s+€20\.00/);
  expect(park.facility.accounts.accounts("roth").accounts).toMatchObject([
    { balance_minor: 2000, plates: ["AB12", "BGH1234"] },
  ]);

  await act(it, "Block");
  expect(await button(it, /^Block the account/).isDisabled()).toBe(true);
  await button(it, "Misuse").click();
  await page.keyboard.press("Enter");
  await shows(it, "dialog .device-choice", "blocked");
  await act(it, "Close");
  await button(it, "Moved away").click();
  await page.keyboard.press("Enter");
  await shows(it, ".account-lines", /Paid out\s+-€20\.00\s+€0\.00/);
  expect(park.facts("value-account-changed").map(({ reason, by }) => [reason, by.id])).toEqual([
    ["At the desk", "boris"],
    ["Misuse", "boris"],
    ["Moved away", "boris"],
  ]);
  expect(complaints(it)).toEqual([]);
  expect(it.complaints).toEqual([]);
});

test("an attendant loads an account and changes nothing else", async (context) => {
  const it = await open(context, { ...tillSite(), prepare: withAccount });
  const { page } = it;
  await beginShift(it, "50");
  await openAccounts(it);
  expect(await button(it, "New account").count()).toBe(0);
  await choose(it, "Jo Roth");
  await expect
    .poll(() => page.locator(".device-acts .choice").allInnerTexts(), soon)
    .toEqual(["Load in cash"]);
  await act(it, "Load in cash");
  await page.getByLabel("How much is loaded").fill("7,50");
  await page.keyboard.press("Enter");
  await shows(it, ".account-lines", "€7.50");
  await act(it, "Merchants");
  await shows(it, "dialog", "No merchant pays for anybody.");
  expect(await button(it, "New merchant").count()).toBe(0);
  expect(complaints(it)).toEqual([]);
});

test("a merchant gets limits, and a token that is shown once and opens its own page", async (context) => {
  const it = await open(context, { ...tillSite(), who: "boris" });
  const { page, park, url } = it;
  await openAccounts(it);
  await act(it, "Merchants");
  await button(it, "New merchant").click();
  await page.getByLabel("Name").fill("Bäckerei Süd");
  await page.getByLabel("Most for one stay (empty: all of it)").fill("3");
  await button(it, "New contract").click();
  await page.keyboard.press("Enter");
  await shows(it, ".payment-details", "up to €3.00 a stay");
  await act(it, "New token");
  await button(it, "New device").click();
  await page.keyboard.press("Enter");
  await expect.poll(() => page.locator(".qr path").count(), soon).toBe(1);
  const token = await page.locator(".token").innerText();
  expect(park.facility.money.merchantPage(token)).toMatchObject({ name: "Bäckerei Süd" });
  await page.goto(`${url}/validate/backerei-sud#${token}`);
  await page.reload();
  await expect.poll(() => page.locator("h1").innerText(), soon).toBe("Bäckerei Süd");
  expect(it.complaints).toEqual([]);
});

test("a renewal that was not paid is seen, rests, and is resumed", async (context) => {
  const it = await open(context, { ...tillSite(), who: "boris", prepare: withPermit });
  const { page, park } = it;
  await openAccounts(it);
  await act(it, "Renewals");
  await button(it, "New renewal").click();
  await page.getByLabel("Number of the permit").fill("permit-1");
  await page.getByLabel("Paid by the account of").selectOption("acc-1");
  await page.getByLabel("Price with tax").fill("59");
  await page.getByLabel("Paid until").fill("2026-05-31T00:00");
  await button(it, "At the desk").click();
  await page.keyboard.press("Enter");
  await shows(it, ".payment-details", "€59.00 a month");
  await act(it, "Ask now");
  await button(it, "Asked by its holder").click();
  await page.keyboard.press("Enter");
  await shows(it, '[role="alert"]', "It was not paid; it is asked for again at");
  await shows(it, "dialog .device-choice", "not paid");
  await act(it, "Rest");
  await button(it, "Away for a while").click();
  await page.keyboard.press("Enter");
  await shows(it, "dialog .device-choice", "rests");
  expect(park.facility.accounts.subscriptions().subscriptions).toMatchObject([
    { state: "paused", owed_minor: 0 },
  ]);
  await act(it, "Resume");
  await button(it, "Is back").click();
  await page.keyboard.press("Enter");
  await shows(it, "dialog .device-choice", "runs");
  expect(complaints(it)).toEqual([]);
});

async function withAccount({ facility }: CarPark): Promise<void> {
  const press = { request_id: "keep-acc-1", reason: "at the desk" };
  const account = { ...press, account_id: "acc-1", holder: "Jo Roth", plates: ["BGH1234"] };
  const boss = { kind: "attendant", id: "boss" } as const;
  await facility.accounts.keepAccount({ ...account, is_active: true, floor_limit_minor: 0 }, boss);
}

async function withPermit(park: CarPark): Promise<void> {
  await withAccount(park);
  const permit = { permit_id: "permit-1", plates: ["BGH1234"], lanes: [], zones: [] };
  const valid_until = isoOf(later(park.machine.now(), hours(-24)));
  park.book.write((tx) =>
    keepPermit(tx, { ...permit, valid_from: "2026-01-01T00:00:00Z", valid_until }),
  );
}
