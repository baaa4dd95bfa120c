import { seconds } from "@gatehouse/shared/time";
import { expect, test } from "vitest";
import { EdgeLedger, writeStay } from "../edge-ledger.ts";
import { officePages, signIn } from "./office-page.ts";
import { populatedId, tellPopulated } from "./populated.ts";

const open = officePages();
const soon = { timeout: 15_000, interval: 50 } as const;
const prepared = { facilityIds: [populatedId], prepare: tellPopulated };

test("a number of takings leads to its payments, one of them to its session, and that to its vehicle", async (context) => {
  const { office, page, complaints } = await open(context, prepared);
  await signIn(page);
  await page.goto(`${office.url}/#/f/${populatedId}/payments?period=7`);
  await page.locator(".figures a").first().click();
  await expect.poll(() => page.url(), soon).toContain("by=captured");
  const { count } = (
    await office.rows<{ count: number }>(
      `select count(*)::integer as count from payments where facility_id = $1
         and captured_on between '2026-11-13' and '2026-11-19'`,
      [populatedId],
    )
  )[0] ?? { count: 0 };
  expect(count).toBeGreaterThan(100);
  await expect.poll(() => page.locator("main tbody tr").count(), soon).toBe(100);
  await page.getByRole("button", { name: "Show more" }).click();
  await expect.poll(() => page.locator("main tbody tr").count(), soon).toBe(count);

  await page.getByRole("link", { name: "Open" }).first().click();
  const told = page.locator(".story-lines");
  await expect.poll(() => told.textContent(), soon).toContain("The vehicle passed");
  const few = await told.locator("li").count();
  await page.getByRole("button", { name: /^Show \d+ lines of gates and books/ }).click();
  await expect.poll(() => told.locator("li").count(), soon).toBeGreaterThan(few);
  await page.getByRole("link", { name: "All its visits" }).click();
  await expect.poll(() => page.locator("main .sentence").textContent(), soon).toMatch(/was here/);
  await page.goBack();
  await expect.poll(() => told.count(), soon).toBe(1);
  expect(complaints).toEqual([]);
});

test("sessions are narrowed by what one knows, and the address keeps it", async (context) => {
  const { office, page } = await open(context, prepared);
  const [visit] = await office.rows<{ plate: string; visits: number }>(
    `select plate, count(*)::integer as visits from sessions
     where facility_id = $1 and state = 'closed' and plate ~ '^[A-Z]{2}\\d+$'
     group by plate order by 2 desc, 1 limit 1`,
    [populatedId],
  );
  const plate = visit?.plate ?? "";
  await signIn(page);
  await page.goto(`${office.url}/#/f/${populatedId}/sessions`);
  await page.getByRole("button", { name: "Search" }).click();
  await page.getByLabel("Plate").fill(`${plate.slice(0, 2)} ${plate.slice(2).toLowerCase()}`);
  await page.getByLabel("Plate").press("Enter");
  const rows = page.locator("main tbody tr");
  await expect.poll(() => rows.count(), soon).toBe(visit?.visits);
  await page.getByLabel("Days of").selectOption("exit");
  await expect.poll(() => page.url(), soon).toContain("by=exit");
  await page.reload();
  await expect.poll(() => rows.count(), soon).toBe(visit?.visits);
  await page.getByRole("button", { name: "Show all" }).click();
  await expect.poll(() => rows.count(), soon).toBeGreaterThan(visit?.visits ?? 0);
});

test("whoever comes in stands in the list of those inside without being asked for", async (context) => {
  const { office, page } = await open(context, { facilityIds: ["north"] });
  await signIn(page);
  await page.goto(`${office.url}/#/f/north/sessions`);
  const sentence = page.locator("main .sentence");
  await expect.poll(() => sentence.textContent(), soon).toBe("0 vehicles are inside.");
  const ledger = writeStay(new EdgeLedger(), "1");
  await office.send(ledger.batch(1, 4));
  await expect.poll(() => sentence.textContent(), soon).toBe("1 vehicle is inside.");
  // A live line says at most so often that something is new.
  await office.clock.advance(seconds(5));
  await office.send(ledger.batch(5));
  await expect.poll(() => sentence.textContent(), soon).toBe("0 vehicles are inside.");
});

test("a session and its vehicle fit a telephone, in German and in the dark", async (context) => {
  const { office, page, complaints } = await open(context, {
    ...prepared,
    browser: {
      viewport: { width: 390, height: 844 },
      locale: "de-DE",
      colorScheme: "dark",
    },
  });
  const [visit] = await office.rows<{ session_id: string; plate: string }>(
    `select session_id, plate from refunds join sessions using (facility_id, session_id)
     where facility_id = $1 limit 1`,
    [populatedId],
  );
  await signIn(page);
  for (const [part, text] of [
    [`session?id=${visit?.session_id}`, "Das Fahrzeug fuhr ein"],
    [`vehicle?plate=${visit?.plate}`, "war"],
    ["sessions?list=search", "Parkvorgänge"],
  ] as const) {
    await page.goto(`${office.url}/#/f/${populatedId}/${part}`);
    await expect.poll(() => page.locator("main").textContent(), soon).toContain(text);
    await expect
      .poll(() => page.locator("main .skeleton, main [aria-busy=true]").count(), soon)
      .toBe(0);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect([part, overflow]).toEqual([part, 0]);
  }
  expect(complaints).toEqual([]);
});
