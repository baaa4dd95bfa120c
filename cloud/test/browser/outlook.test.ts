import { defaultTariff } from "@gatehouse/shared/contracts/tariff";
import { describe, expect, test } from "vitest";
import { officePages, signIn } from "./office-page.ts";
import { populatedId, tellPopulated } from "./populated.ts";

const open = officePages();
const soon = { timeout: 15_000, interval: 50 } as const;

describe("at the pages of what is coming and what stays", () => {
  test("an event is kept in the facility's own time, stands in the list, and can be taken away", async (context) => {
    const { office, page, complaints } = await open(context, {
      facilityIds: [populatedId],
      prepare: tellPopulated,
    });
    await signIn(page);
    await page.goto(`${office.url}/#/f/${populatedId}/forecast`);
    const form = page.locator('form[aria-label="Events"]');
    await form.locator("[name=name]").fill("Fair");
    await form.locator("[name=from]").fill("2026-11-22T10:00");
    await form.locator("[name=to]").fill("2026-11-22T09:00");
    await form.locator("[name=percent]").fill("40");
    await form.locator("button").click();
    await expect.poll(() => form.locator("[role=alert]").textContent(), soon).toContain("ends_at");
    await form.locator("[name=to]").fill("2026-11-22T18:00");
    await form.locator("button").click();
    const row = page.locator("tr", { hasText: "Fair" });
    await expect.poll(() => row.textContent(), soon).toContain("+40 %");
    const kept = await office.rows<{ begins_at: Date }>("select begins_at from events");
    expect(kept[0]?.begins_at.toISOString()).toBe("2026-11-22T09:00:00.000Z");
    await row.locator("button").click();
    await expect.poll(() => row.count(), soon).toBe(0);
    expect(complaints).toEqual([]);
  });

  test("advice on a price leads to a copy of the tariff in force that holds it, and sends nothing", async (context) => {
    const { office, page, complaints } = await open(context, {
      facilityIds: [populatedId],
      prepare: async (told) => {
        await tellPopulated(told);
        const body = { ...defaultTariff, valid_from: "2026-01-01T00:00:00Z" };
        await told.order(populatedId, { kind: "tariff", body });
      },
    });
    await signIn(page);
    await page.goto(`${office.url}/#/f/${populatedId}/advice?days=14`);
    const link = page.locator("a", { hasText: "Prepare a tariff" }).first();
    await link.click();
    const text = page.locator(".tariff-editor textarea").first();
    await expect.poll(() => text.inputValue(), soon).toContain('"supersedes"');
    const written = JSON.parse(await text.inputValue()) as { rates: unknown; version: number };
    expect(written.version).toBe(defaultTariff.version + 1);
    expect(written.rates).not.toEqual(defaultTariff.rates);
    const orders = await office.rows("select from directives where kind = 'tariff'");
    expect(orders).toHaveLength(1);
    expect(complaints).toEqual([]);
  });

  test("the terms are changed with a reason, and shorter ones than law asks cannot be written", async (context) => {
    const { office, page } = await open(context, {
      facilityIds: [populatedId],
      prepare: tellPopulated,
    });
    await signIn(page);
    await page.goto(`${office.url}/#/f/${populatedId}/retention`);
    await page.locator("summary", { hasText: "Change the terms" }).click();
    const form = page.locator('form[aria-label="Change the terms"]');
    expect(await form.locator("[name=money_years]").getAttribute("min")).toBe("10");
    await form.locator("[name=plate_days]").fill("30");
    await form.locator("[name=why]").fill("Our own policy");
    await form.locator("button").click();
    await expect
      .poll(() => page.locator(".assumed").first().textContent(), soon)
      .toContain("30 days");
    const [line] = await office.rows<{ text: string }>(
      "select text from audit_lines where action = 'retention-set'",
    );
    expect(line?.text).toContain("Our own policy");
  });
});
