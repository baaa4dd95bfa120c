import { SeededRandom } from "@gatehouse/firmware-sim/seeded-random";
import { describe, expect, test } from "vitest";
import { EdgeLedger } from "../edge-ledger.ts";
import { EdgeMoney } from "../edge-money.ts";
import { officePages, type RunningOffice, signIn } from "./office-page.ts";

const open = officePages();
const soon = { timeout: 15_000, interval: 50 } as const;

async function tellMoney(office: RunningOffice): Promise<void> {
  const edge = new EdgeMoney(new SeededRandom(11));
  for (let stays = 0; stays < 30; stays += 1) edge.stay();
  edge.book.write((tx) =>
    tx.append(Date.parse("2026-11-20T18:00:00Z") as Parameters<typeof tx.append>[0], {
      type: "shift-closed",
      body: {
        shift_id: "s",
        drawer_id: "kasse-erdgeschoss",
        operator: "anna",
        z_number: 17,
        float_minor: 20_000,
        expected_minor: 123_456,
        counted_minor: 123_450,
        report: {},
        signature: "",
      },
    }),
  );
  await office.send({ ...edge.nextBatch(), written_seq: 4711 });
}

describe("money on a facility's page", () => {
  test("is what was taken, the tax in it, what is owed and the last report", async (context) => {
    const { page, complaints } = await open(context, {
      facilityIds: ["north"],
      prepare: tellMoney,
    });
    await signIn(page);
    const text = async (): Promise<string> => page.locator(".money").innerText();
    await expect.poll(text, soon).toContain("Money on 20 Nov 2026");
    expect(await text()).toMatch(/Card\s+\d+\s+€[\d.,]+\s+€[\d.,]+/);
    expect(await text()).toMatch(/At 19%\s+€[\d.,]+\s+€[\d.,]+/);
    expect(await text()).toMatch(/Open debts: \d+ drivers? owes? €[\d.,]+\./);
    expect(await text()).toMatch(/kasse-erdgeschoss\s+Report 17, anna, .*\s+€1,234.50\s+-€0.06/);
    expect(await text()).toMatch(/lines still to come may change it/);
    expect(complaints).toEqual([]);
  });

  test("says that nothing was taken yet", async (context) => {
    const { page } = await open(context, {
      facilityIds: ["north"],
      prepare: async (office) => {
        const started = { boot_id: "b", version: "1", clock_suspect: false };
        await office.send(new EdgeLedger().write("edge-started", started).batch());
      },
    });
    await signIn(page);
    const text = async (): Promise<string> => page.locator(".money").innerText();
    await expect.poll(text, soon).toContain("Nothing taken yet.");
    expect(await text()).toContain("Open debts: None.");
  });

  test.for([1440, 390])("fits %i pixels in German", async (width, context) => {
    const browser = { viewport: { width, height: 900 }, locale: "de-DE" };
    const { page } = await open(context, { facilityIds: ["north"], prepare: tellMoney, browser });
    await signIn(page);
    await expect.poll(() => page.locator(".money").innerText(), soon).toContain("Umsatzsteuer");
    const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(await overflow()).toBe(0);
  });
});
