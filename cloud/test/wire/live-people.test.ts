import { seconds } from "@gatehouse/shared/time";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { EdgeLedger, writeStay } from "../edge-ledger.ts";
import { describeWithPostgres, startPostgres, type TestPostgres } from "../embedded.ts";
import { TestOffice } from "../head-office.ts";
import { facility, type Hired, hire, main, requestId } from "../office-people.ts";

describeWithPostgres("live news", () => {
  let postgres: TestPostgres;
  let office: TestOffice;

  beforeAll(async () => {
    postgres = await startPostgres();
  });
  beforeEach(async () => {
    office = await new TestOffice(postgres.database).begin();
    await office.headquarters.start();
  });
  afterAll(() => postgres.stop());

  /** Everything that a viewer is told, as it comes; `isOver` once nothing more will. */
  async function view({ browser }: Hired): Promise<{ text: string; isOver: boolean }> {
    const told = { text: "", isOver: false };
    const response = await browser.ask("GET", "/api/live");
    const read = async (): Promise<void> => {
      for await (const part of response.body ?? []) told.text += new TextDecoder().decode(part);
      told.isOver = true;
    };
    void read();
    await expect.poll(() => told.text).toContain("event: beat");
    return told;
  }

  test("tell of no facility that the viewer may not see", async () => {
    const nia = await hire(office, "nia", [{ role: "attendant", place: facility("north") }]);
    const told = await view(nia);
    await office.send(writeStay(new EdgeLedger("south"), "1").batch());
    await office.send(writeStay(new EdgeLedger("north"), "1").batch());
    await expect
      .poll(async () => {
        await office.clock.advance(seconds(1));
        return told.text;
      })
      .toContain("north");
    expect(told.text).not.toContain("south");
    await office.headquarters.stop();
  });

  test("end when the viewer is turned off, also on a line that stays open", async () => {
    const nia = await hire(office, "nia", [{ role: "attendant", place: main }]);
    const root = await hire(office, "root", [{ role: "admin", place: main }]);
    const told = await view(nia);
    await root.browser.act(`${nia.path}/deactivate`, { request_id: requestId(), why: "left" });
    await expect
      .poll(async () => {
        await office.clock.advance(seconds(16));
        return told.isOver;
      })
      .toBe(true);
    await office.headquarters.stop();
  });
});
