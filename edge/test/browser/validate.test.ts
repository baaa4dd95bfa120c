import { expect, test, type TestContext } from "vitest";
import { kioskPages, soon, textOf } from "./kiosk-page.ts";

const open = kioskPages();
const boss = { kind: "attendant", id: "boss" } as const;
const why = { request_id: "keep-bakery-1", reason: "contract signed" };
const phone = { viewport: { width: 390, height: 844 } };

/** A bakery's page on a phone that nobody has signed in to yet. @param monthCap minor units; null: none */
async function openBakery(context: TestContext, monthCap: number | null) {
  let token = "";
  const opened = await open(context, {
    path: "/validate/bakery",
    browser: phone,
    prepare: async (desk) => {
      const merchant = { ...why, merchant_id: "bakery", name: "Bakery", stay_cap_minor: null };
      const limits = { month_cap_minor: monthCap, is_active: true, new_token: true };
      token = (await desk.accounts.keepMerchant({ ...merchant, ...limits }, boss)).token ?? "";
    },
  });
  const signIn = async (): Promise<void> => {
    await opened.page.goto(`${opened.url}/validate/bakery#${token}`);
    await opened.page.reload();
  };
  return { ...opened, signIn };
}

test("a merchant's page knows its merchant by the token behind its address, and keeps it to itself", async (context) => {
  const { page, url, complaints, signIn } = await openBakery(context, 12_050);
  await expect.poll(textOf(page, ".notice"), soon).toContain("does not know you");
  await signIn();
  await expect.poll(textOf(page, "h1"), soon).toBe("Bakery");
  expect(await textOf(page, ".validate-left")()).toBe("€120.50 left this month");
  expect(page.url()).toBe(`${url}/validate/bakery`);
  await page.reload();
  await expect.poll(textOf(page, "h1"), soon).toBe("Bakery");
  expect(complaints).toEqual([]);
});

test("a merchant's page says what became of a press, and fits a phone", async (context) => {
  const { page, complaints, signIn } = await openBakery(context, null);
  await signIn();
  await page.getByLabel("Plate or ticket number").fill("AA 1");
  await page.getByText("Amount", { exact: true }).click();
  await page.getByLabel("How much, in EUR").fill("2.50");
  await page.getByRole("button", { name: "Give" }).click();
  await expect.poll(textOf(page, "output"), soon).toBe("No such vehicle is inside.");
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(wide).toBeLessThanOrEqual(390);
  expect(complaints).toEqual([]);
});

test("a merchant makes a code for a guest, to be typed on the phone or shown at the till", async (context) => {
  const { page, complaints, signIn } = await openBakery(context, null);
  await signIn();
  await page.getByText("Minutes", { exact: true }).click();
  await page.getByRole("button", { name: "Make a code to hand out" }).click();
  await expect
    .poll(textOf(page, ".validate-code strong"), soon)
    .toMatch(/^[A-Z2-7]{4}-[A-Z2-7]{4}$/);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(wide).toBeLessThanOrEqual(390);
  expect(complaints).toEqual([]);
});
