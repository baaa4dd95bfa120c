import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Control } from "@gatehouse/edge/faces/control";
import { SeededRandom } from "@gatehouse/firmware-sim/seeded-random";
import { ControlAnswer } from "@gatehouse/shared/contracts/control";
import { DeviceShowData, TicketAnswer, TicketsData } from "@gatehouse/shared/contracts/registry";
import { PacedClock } from "@gatehouse/shared/paced-clock";
import { expect, onTestFinished, test } from "vitest";
import { TestDesk } from "../faces/desk-fixture.ts";
import { logInto } from "../faces/running-kiosk.ts";
import { gatehouseAt } from "./run-command.ts";

async function daemon() {
  const clock = new PacedClock();
  const desk = new TestDesk(clock);
  const data = mkdtempSync(join(tmpdir(), "gh-registry-"));
  const control = new Control({ dataDir: data, desk, clock, log: logInto([]) });
  await control.start();
  onTestFinished(() => control.stop());
  const random = new SeededRandom(7);
  return (...args: readonly string[]) => gatehouseAt({ random }, "--data", data, ...args);
}
const dataOf = (out: string): unknown => ControlAnswer.parse(JSON.parse(out)).data;

test("a device is shown with what it was made, and shut out and let in with a reason", async () => {
  const run = await daemon();
  const shown = await run("devices", "show", "bay-A001");
  expect(shown.code).toBe(0);
  expect(shown.out.split("\n")[0]).toMatch(/^bay-A001 is online since /);
  expect(shown.out).toMatch(/standing_by +facility\.yaml/);

  const put = await run("devices", "quarantine", "bay-A001", "--reason", "it was stolen");
  expect(put).toMatchObject({ code: 0, out: "bay-A001 is quarantined." });
  const { code, out } = await run("devices", "show", "bay-A001", "--json");
  expect(code).toBe(1);
  expect(DeviceShowData.parse(dataOf(out)).device).toMatchObject({
    state: "quarantined",
    standing_by: "chen",
    standing_reason: "it was stolen",
  });
  expect((await run("devices", "approve", "bay-A001", "--reason", "found")).code).toBe(0);
});

test("what makes no sense is refused and says what to do", async () => {
  const run = await daemon();
  const unknown = await run("devices", "show", "bay-Z999");
  expect(unknown.code).toBe(2);
  expect(unknown.out).toContain("npx gatehouse devices names every device.");
  const gate = await run("devices", "quarantine", "entry-1-gate", "--reason", "why not");
  expect(gate.code).toBe(2);
  expect(gate.out).toContain("take it out of facility.yaml");
  expect((await run("devices", "approve", "bay-A001")).code).toBe(64);
  expect((await run("tickets", "close", "nowhere", "--done", "all")).code).toBe(2);
  // The listing itself is as it was.
  expect((await run("devices")).out).toContain("entry-1-gate");
});

test("work is asked for, listed, done, and then over", async () => {
  const run = await daemon();
  const wish = ["--type", "gate", "--text", "the spring squeaks"];
  const asked = await run("tickets", "open", "entry-1-gate", ...wish, "--json");
  expect(asked.code).toBe(0);
  const { ticket } = TicketAnswer.parse(dataOf(asked.out));
  expect(ticket).toMatchObject({ status: "open", opened_by: "chen" });
  const listed = await run("tickets", "list");
  expect(listed.code).toBe(1);
  expect(listed.out).toContain("the spring squeaks");
  const closed = await run("tickets", "close", ticket.ticket_id, "--done", "oiled");
  expect(closed).toMatchObject({ code: 0, out: "The work on entry-1-gate is completed." });
  expect((await run("tickets", "list")).out).toBe("No work waits.");
  const all = TicketsData.parse(dataOf((await run("tickets", "list", "--all", "--json")).out));
  expect(all.tickets).toMatchObject([{ done: "oiled", technician_id: "chen" }]);
});
