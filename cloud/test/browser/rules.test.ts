import type { RulePage } from "@gatehouse/shared/contracts/rules/access";
import type { TariffsTold } from "@gatehouse/shared/contracts/rules/tariffs";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { officeToken } from "../head-office.ts";
import { requestId } from "../office-people.ts";
import { officePages, type RunningOffice, signIn } from "./office-page.ts";
import { populatedId, tellPopulated } from "./populated.ts";

const open = officePages();
/** The browser needs its moment. */
const soon = { timeout: 15_000, interval: 50 } as const;
const options = { facilityIds: [populatedId], prepare: tellPopulated };
const base = `/v1/facilities/${populatedId}`;

async function goTo(page: Page, part: string): Promise<void> {
  await page.waitForSelector(".shell main h1");
  await page.evaluate((to) => {
    location.hash = to;
  }, `#/f/${populatedId}/${part}`);
}

const permits = async (office: RunningOffice): Promise<RulePage["rules"]> =>
  (await office.look<RulePage>(`${base}/permits`)).rules;

test("a permit is made, found again, changed and revoked", async (context) => {
  const { office, page, complaints } = await open(context, options);
  await signIn(page);
  await goTo(page, "permits");
  await page.getByRole("button", { name: "New permit" }).click();
  await page.getByLabel("Number").fill("P-7");
  await page.getByLabel("Plates").fill("M-ÄB 12, b gh 1");
  await page.locator("textarea[name=windows]").fill("mon-fri 07:00-19:00\nmooday 1-2");
  await page.getByRole("button", { name: "Save and send" }).click();
  await expect.poll(() => page.locator(".rule-problem").textContent(), soon).toContain("mooday");
  await page.locator("textarea[name=windows]").fill("mon-fri 07:00-19:00");
  await page.getByRole("button", { name: "Save and send" }).click();
  await expect.poll(() => page.locator("main").textContent(), soon).toContain("as order 1.");
  expect(await permits(office)).toMatchObject([
    {
      id: "P-7",
      body: {
        plates: ["MAB12", "BGH1"],
        windows: [{ days: ["mon", "tue", "wed", "thu", "fri"], from: "07:00", until: "19:00" }],
      },
    },
  ]);

  await page.getByLabel("Search").fill("bgh1");
  await page.getByLabel("Search").press("Enter");
  await page.getByRole("link", { name: "P-7" }).click();
  await page.getByLabel("Holder").fill("Ada");
  await page.getByLabel("Why it is changed").fill("She asked");
  await page.getByRole("button", { name: "Revoke" }).click();
  await expect.poll(() => page.locator("main").textContent(), soon).toContain("as order 2.");
  expect(await permits(office)).toMatchObject([
    { version: 2, standing: "ended", body: { holder: "Ada", revoked: true } },
  ]);
  expect(complaints).toEqual([]);
});

test("what somebody else decides stands in the lists without being asked for", async (context) => {
  const { office, page, complaints } = await open(context, options);
  const textOf = (): Promise<string> => page.locator("main").innerText();
  await signIn(page);
  await goTo(page, "permits");
  await expect.poll(textOf, soon).toContain("No permit is found.");
  const days = { valid_from: "2026-01-01T00:00:00Z", valid_until: "2027-01-01T00:00:00Z" };
  const body = { permit_id: "P-9", plates: ["BGH1"], ...days };
  expect((await office.order(populatedId, { kind: "permit", body })).status).toBe(201);
  await expect.poll(textOf, soon).toContain("P-9");

  await goTo(page, "tariffs");
  await expect.poll(textOf, soon).toContain("Drafts");
  const kept = await office.request(`${base}/tariff-drafts/evening`, {
    method: "PUT",
    headers: { authorization: `Bearer ${officeToken}`, "content-type": "application/json" },
    body: JSON.stringify({ request_id: requestId(), version: 0, tariff: { name: "Evening" } }),
  });
  expect(kept.status).toBe(200);
  await expect.poll(textOf, soon).toContain("Evening");
  expect(complaints).toEqual([]);
});

test("a file with a wrong line is refused with its line, and taken over once it is mended", async (context) => {
  const { office, page } = await open(context, options);
  await signIn(page);
  await goTo(page, "permits");
  await page.getByText("Import from a file").click();
  const file = (csv: string) => ({
    name: "permits.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(csv),
  });
  const head = "permit_id,plates,valid_from,valid_until\n";
  await page.getByLabel("CSV file").setInputFiles(file(`${head}P-1,X1,2026-01-01,2025-01-01\n`));
  await page.getByRole("button", { name: "Check the file" }).click();
  await expect.poll(() => page.locator(".rule-problem").textContent(), soon).toContain("line 2");
  await page.getByLabel("CSV file").setInputFiles(file(`${head}P-1,X1,2026-01-01,2027-01-01\n`));
  await page.getByRole("button", { name: "Check the file" }).click();
  await expect.poll(() => page.locator("main").textContent(), soon).toContain("1 new, 0 changed");
  expect(await permits(office)).toEqual([]);
  await page.getByRole("button", { name: "Take over" }).click();
  await expect.poll(() => permits(office), soon).toHaveLength(1);
});

test("a tariff is written, priced as one types, replayed, kept and published", async (context) => {
  const { office, page, complaints } = await open(context, options);
  await signIn(page);
  await goTo(page, "tariff");
  const prices = page.locator(".trial-price");
  await expect
    .poll(() => prices.allTextContents(), soon)
    .toEqual(["€1.88", "€8.13", "€20.00", "€60.00"]);
  const rate = page.locator(".tariff-list > li");
  await rate.getByLabel("Price").fill("4");
  await expect.poll(() => prices.first().textContent(), soon).toBe("€3.00");

  await rate.getByLabel("Counted in steps of").fill("a while");
  await expect.poll(() => rate.locator(".wrong").textContent(), soon).toContain("length of time");
  expect(await page.getByRole("button", { name: "Publish" }).isDisabled()).toBe(true);
  await rate.getByLabel("Counted in steps of").fill("1 h");
  await expect.poll(() => prices.first().textContent(), soon).toBe("€4.00");

  const text = page.getByRole("textbox", { name: "The whole as text" });
  await text.fill((await text.inputValue()).replace('"price": "4"', '"price": "5"'));
  await expect.poll(() => prices.first().textContent(), soon).toBe("€5.00");
  await expect.poll(() => rate.getByLabel("Price").inputValue(), soon).toBe("5");

  await page.getByRole("button", { name: "Replay" }).click();
  await expect.poll(() => page.locator(".replayed").textContent(), soon).toContain("Pay more");

  await page.getByRole("button", { name: "Save as a draft" }).click();
  await expect.poll(() => page.locator("main").textContent(), soon).toContain("The draft is kept.");
  await page.getByRole("button", { name: "Publish" }).click();
  await page.getByRole("button", { name: "Publish now" }).click();
  await expect.poll(() => page.locator("main").textContent(), soon).toContain("as order 1.");
  const told = await office.look<TariffsTold>(`${base}/tariffs`);
  expect(told).toMatchObject({ drafts: [], versions: [{ place: "planned", why: null }] });
  await expect.poll(() => page.locator("main table").textContent(), soon).toContain("Planned");
  expect(complaints).toEqual([]);
});
