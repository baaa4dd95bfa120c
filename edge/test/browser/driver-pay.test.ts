import { expect, test, type TestContext } from "vitest";
import { moneyComplaints } from "../../src/domain/money/invariants.ts";
import { readMoneyFacts } from "../../src/store/money-facts.ts";
import { boss, granted, press } from "../flows/money/till.ts";
import { PhoneSite } from "../wire/online/phone-site.ts";
import { soon, textOf } from "./kiosk-page.ts";
import { button, shows } from "./money-park.ts";
import { type ParkPage, parkPages } from "./park-page.ts";

const open = parkPages();
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

interface Phone extends ParkPage {
  readonly site: PhoneSite;
}

/** A driver's phone in front of a car park in which BGH1234 has been for an hour. */
async function begin(context: TestContext, locale = "en-GB"): Promise<Phone> {
  const site = new PhoneSite();
  const it = await open(context, {
    park: site.park,
    equip: site.equip,
    browser: { ...phone, locale },
    path: "/pay",
    prepare: async (park) => {
      await park.enter("BGH1234");
      await park.pass(3600);
    },
  });
  context.onTestFinished(() => site.double.stop());
  return { ...it, site };
}

async function type(it: Phone, text: string, label = "Plate or ticket number"): Promise<void> {
  await it.page.getByLabel(label).fill(text);
  await it.page.keyboard.press("Enter");
}

/** Presses the button, and waits until the phone has left for the gateway's page. */
async function goToGateway(it: Phone, press = /^Pay €3\.13/): Promise<void> {
  await button(it, press).click();
  await it.page.waitForURL((url) => url.href.startsWith(it.site.double.server.url));
}

const main = (it: Phone) => () => it.page.locator("main").innerText();

async function fits({ page, complaints, park }: Phone): Promise<void> {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(wide).toBeLessThanOrEqual(390);
  expect(complaints).toEqual([]);
  expect(moneyComplaints(readMoneyFacts(park.book))).toEqual([]);
}

test("a driver pays by plate on the phone, sees how long the exit is free, and has the receipt", async (context) => {
  const it = await begin(context);
  await type(it, "b-gh 1234");
  await expect.poll(textOf(it.page, ".driver-amount"), soon).toBe("€3.13");
  expect(await main(it)()).toContain("Parked for 1 h 00");
  await fits(it);
  await goToGateway(it);
  it.site.double.bank.pay(it.site.sale);
  await it.site.deliver();
  await it.page.goto(`${it.url}/pay`);
  await expect.poll(main(it), soon).toContain("€3.13 paid");
  expect(await main(it)()).toMatch(/The exit is free for another 1\d min/);
  await fits(it);
  await it.page.getByRole("link", { name: "Receipt" }).click();
  await expect.poll(main(it), soon).toContain("BGH1234");
  expect(await main(it)()).toMatch(/3[.,]13/);
});

test("a payment that the gateway tells of late is waited for, and nothing is paid twice", async (context) => {
  const it = await begin(context);
  await type(it, "BGH1234");
  await goToGateway(it);
  await it.page.goto(`${it.url}/pay`);
  await expect.poll(main(it), soon).toContain("Your payment has not arrived yet");
  expect(await it.page.getByRole("link", { name: "Go on paying €3.13" }).getAttribute("href")).toBe(
    it.park.facility.drivers.payment(await pressOf(it))?.url,
  );
  await fits(it);
  await button(it, "Back to my stay").click();
  await goToGateway(it);
  expect(it.park.payments).toHaveLength(1);
  it.site.double.bank.pay(it.site.sale);
  await it.page.goto(`${it.url}/pay`);
  await shows(it, "main", "€3.13 paid");
  await it.site.deliver();
  expect(it.park.payments).toMatchObject([{ status: "captured", amount: 313 }]);
  await fits(it);
});

test("a declined driver is told so, and tries again", async (context) => {
  const it = await begin(context);
  await type(it, "BGH1234");
  await goToGateway(it);
  it.site.double.bank.pay(it.site.sale, { outcome: "declined" });
  it.site.double.bank.end(it.site.sale);
  await it.site.deliver();
  await it.page.goto(`${it.url}/pay`);
  await expect.poll(main(it), soon).toContain("Not paid");
  await fits(it);
  await button(it, "Back to my stay").click();
  await goToGateway(it);
  it.site.double.bank.pay(it.site.sale);
  await it.site.deliver();
  await it.page.goto(`${it.url}/pay`);
  await expect.poll(main(it), soon).toContain("€3.13 paid");
});

test("a stay that was paid at the till shows how long the exit is free, and takes nothing more", async (context) => {
  const it = await begin(context);
  await granted(
    it.park.facility.money.nil(
      {
        request_id: "a-press-of-a-boss",
        purpose: "stay",
        subject_id: it.park.session("BGH1234").sessionId,
        reason: "goodwill",
        explanation: "",
      },
      boss,
    ),
  );
  await type(it, "BGH1234");
  await expect.poll(main(it), soon).toMatch(/The exit is free for another 1\d min/);
  expect(await button(it, /^Pay/).count()).toBe(0);
  await fits(it);
});

test("a shop's code is taken off once, and a wrong one is said to be one", async (context) => {
  const it = await begin(context);
  const { accounts, money } = it.park.facility;
  const merchant = { merchant_id: "bakery", name: "Bakery", stay_cap_minor: null };
  const limits = { month_cap_minor: null, is_active: true, new_token: true };
  const kept = { ...merchant, ...limits, request_id: press(), reason: "opened" };
  const { token } = await granted(accounts.keepMerchant(kept, boss));
  const gift = { request_id: press(), kind: "amount", value: 100, days: 7 } as const;
  const made = money.codeAsMerchant(token ?? "", gift);
  await type(it, "BGH1234");
  await it.page.getByText("I have a code from a shop").click();
  await type(it, "AAAA-AAAA", "Code");
  await expect.poll(textOf(it.page, "[role=alert]"), soon).toContain("no such code");
  await type(it, made !== undefined && "code" in made ? made.code : "", "Code");
  await expect.poll(textOf(it.page, ".driver-amount"), soon).toBe("€2.13");
  expect(await main(it)()).toContain("A shop pays for you");
  await fits(it);
});

test("an unknown plate is said to be one, and going through plates is made slow", async (context) => {
  const it = await begin(context);
  const [statuses, said]: [number[], string[]] = [[], []];
  for (let guess = 0; guess < 11; guess++) {
    const answer = it.page.waitForResponse("**/api/pay/due");
    await type(it, `AA ${guess}`);
    statuses.push((await answer).status());
    await expect.poll(() => button(it, "Show what I owe").isEnabled(), soon).toBe(true);
    said.push(await textOf(it.page, "[role=alert]")());
  }
  expect(said[0]).toContain("do not find this vehicle");
  expect(statuses).toEqual([...Array.from({ length: 10 }, () => 404), 429]);
  expect(said[10]).toContain("too often");
  await fits(it);
});

test("while the gateway is away a German driver is told to pay elsewhere, and the next press pays", async (context) => {
  const it = await begin(context, "de-DE");
  await type(it, "BGH1234", "Kennzeichen oder Ticketnummer");
  await expect.poll(textOf(it.page, ".driver-amount"), soon).toMatch(/^3,13\s€$/);
  it.site.double.server.failNext("cut");
  await button(it, /^3,13\s€ bezahlen/).click();
  await expect.poll(textOf(it.page, "[role=alert]"), soon).toContain("abgebucht wurde nichts");
  await fits(it);
  await goToGateway(it, /^3,13\s€ bezahlen/);
  expect(it.park.payments).toHaveLength(1);
});

/** The payment that the phone keeps. */
const pressOf = ({ page }: Phone): Promise<string> =>
  page.evaluate(
    () =>
      (
        JSON.parse(localStorage.getItem("gatehouse-phone-payment") ?? "") as {
          press: { requestId: string };
        }
      ).press.requestId,
  );
