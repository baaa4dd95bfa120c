import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Control } from "@gatehouse/edge/faces/control";
import { SeededRandom } from "@gatehouse/firmware-sim/seeded-random";
import { ControlAnswer } from "@gatehouse/shared/contracts/control";
import { ListsData, VisitorsData } from "@gatehouse/shared/contracts/rights";
import { PacedClock } from "@gatehouse/shared/paced-clock";
import { expect, onTestFinished, test } from "vitest";
import { TestDesk } from "../faces/desk-fixture.ts";
import { logInto } from "../faces/running-kiosk.ts";
import { gatehouseAt } from "./run-command.ts";

async function daemon() {
  const clock = new PacedClock();
  const desk = new TestDesk(clock);
  const data = mkdtempSync(join(tmpdir(), "gh-access-"));
  const control = new Control({ dataDir: data, desk, clock, log: logInto([]) });
  await control.start();
  onTestFinished(() => control.stop());
  const random = new SeededRandom(7);
  const run = (...args: readonly string[]) =>
    gatehouseAt({ random }, "--data", data, "access", ...args);
  return { run, desk };
}

test("a plate is put on a list, shown there with who did it, and taken off again", async () => {
  const { run } = await daemon();
  const put = await run("deny", "b-gh 1234", "--reason", "unpaid damage", "--why", "hit the arm");
  expect(put).toMatchObject({ code: 0, out: "BGH1234 is on the deny list." });
  const list = await run("list");
  expect(list.out).toMatch(/^On the allow list: 0; on the deny list: 1\./);
  expect(list.out).toMatch(/BGH1234 +deny +unpaid damage +– +chen/);
  const off = await run("deny", "BGH1234", "--end", "--why", "paid");
  expect(off).toMatchObject({ code: 0, out: "BGH1234 is off the facility's deny list." });
  expect((await run("list")).out).toBe("No plate is on a list.");
});

test("as JSON the lists are one object of the contract", async () => {
  const { run } = await daemon();
  await run("allow", "CC3", "--reason", "staff", "--until", "2099-01-01T00:00");
  const { out } = await run("list", "--search", "staff", "--json");
  const answer = ControlAnswer.parse(JSON.parse(out));
  expect(ListsData.parse(answer.data).entries).toMatchObject([{ plate: "CC3", list: "allow" }]);
});

test("a visitor is announced, shown with an id, and ended by it", async () => {
  const { run, desk } = await daemon();
  const until = "2099-06-01T17:00";
  const announced = await run(
    "visitor",
    "CC3",
    "--name",
    "Kim",
    "--until",
    until,
    "--entries",
    "2",
  );
  expect(announced).toMatchObject({ code: 0 });
  const { visitors } = VisitorsData.parse(desk.access.visitors(""));
  const id = visitors[0]?.visitor_id ?? "";
  const shown = await run("visitor");
  expect(shown.out).toMatch(/^1 visitor is expected\./);
  expect(shown.out).toContain("0 of 2");
  expect(shown.out).toContain(id);
  expect((await run("visitor", "--end", id)).out).toBe("Kim (CC3) is no longer expected.");
});

test("permits are told by plate, and made neutral", async () => {
  const { run } = await daemon();
  expect(await run("permit", "CC3")).toMatchObject({ code: 0, out: "CC3 has no permit." });
  const all = await run("neutral", "--all", "--why", "the gate stood open");
  expect(all).toMatchObject({ code: 0 });
  const one = await run("neutral", "p9", "--why", "?");
  expect(one).toMatchObject({ code: 2 });
  expect(one.out).toBe(
    "There is no permit p9.\nnpx gatehouse access permit PLATE names the permits of a plate.",
  );
});

test.each([
  [["deny", "CC3", "--why", "?"], "--reason"],
  [["deny", "CC3"], "--reason or --why"],
  [["visitor", "CC3", "--name", "Kim"], "--until"],
  [
    ["visitor", "CC3", "--name", "Kim", "--until", "2099-01-01T00:00", "--entries", "0"],
    "1 to 1000",
  ],
  [["neutral", "--why", "?"], "--all"],
  [["neutral", "p1", "--all", "--why", "?"], "--all"],
  [["neutral", "--all"], "--why"],
])("gatehouse access %j says what is missing", async (args, complaint) => {
  const { run } = await daemon();
  const { code, complaints } = await run(...args);
  expect(code).toBe(64);
  expect(complaints).toContain(complaint);
});

test("what does not fit its contract is refused by the daemon with where", async () => {
  const { run } = await daemon();
  const answer = await run("deny", "CC3", "--reason", "x".repeat(201), "--why", "long");
  expect(answer).toMatchObject({ code: 64 });
  expect(answer.out).toContain("entry.reason");
  expect(await run("deny", "…", "--reason", "x")).toMatchObject({ code: 2 });
});
