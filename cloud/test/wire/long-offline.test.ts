import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FacilityDetail } from "@gatehouse/shared/contracts/office";
import { hours, isoOf, later, minutes } from "@gatehouse/shared/time";
import { afterAll, beforeAll, expect, test } from "vitest";
import { EdgeAtWork } from "../edge-at-work.ts";
import { describeWithPostgres, startPostgres, type TestPostgres } from "../embedded.ts";
import { TestOffice } from "../head-office.ts";

const days = 30;
const factsPerDay = 400;

describeWithPostgres("an edge that was without the internet for 30 days", () => {
  let postgres: TestPostgres;
  let office: TestOffice;
  const folder = mkdtempSync(join(tmpdir(), "gatehouse-offline-"));

  beforeAll(async () => {
    postgres = await startPostgres();
    office = await new TestOffice(postgres.database).begin();
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await postgres.stop();
  });

  test("tells everything afterwards, in its order, and carries out nothing late", async () => {
    const { clock } = office;
    const edge = new EdgeAtWork(office, join(folder, "book"));
    await edge.start();
    edge.write("before");
    await clock.advance(minutes(1));
    edge.isCut = true;
    const notice = { kind: "notice", body: { notice_id: "n", text: "Snow tomorrow" } };
    await office.order("north", { ...notice, expires_at: isoOf(later(clock.now(), hours(24))) });
    const told = ["before"];
    for (let day = 0; day < days; day += 1) {
      const facts = Array.from({ length: factsPerDay }, (_, index) => `d${day}-${index}`);
      edge.write(...facts);
      told.push(...facts);
      await clock.advance(hours(24));
    }
    expect(edge.status).toMatchObject({ state: "offline", queued: days * factsPerDay });
    edge.isCut = false;
    await clock.advance(minutes(15));
    expect(edge.status).toMatchObject({ state: "connected", queued: 0, directivesApplied: 1 });

    const texts = await office.heldTexts();
    const sessions = texts.flatMap((text) => {
      const { body } = JSON.parse(text ?? "{}") as { body: { session_id?: string } };
      return body.session_id === undefined ? [] : [body.session_id];
    });
    expect(sessions).toEqual(told);
    const { summary, directives } = await office.look<FacilityDetail>("/api/facilities/north");
    expect(directives).toMatchObject([{ number: 1, result: "expired" }]);
    expect(summary).toMatchObject({ level: "ok", ledger: { set_aside: 0 } });
    await edge.stop();
  });
});
