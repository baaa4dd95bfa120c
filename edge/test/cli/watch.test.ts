import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Control } from "@gatehouse/edge/faces/control";
import { PacedClock } from "@gatehouse/shared/paced-clock";
import { expect, onTestFinished, test } from "vitest";
import { TestDesk } from "../faces/desk-fixture.ts";
import { logInto } from "../faces/running-kiosk.ts";
import { gatehouse } from "../cli/run-command.ts";

async function startDaemon(): Promise<{ data: string; desk: TestDesk }> {
  const data = mkdtempSync(join(tmpdir(), "gh-watch-"));
  onTestFinished(() => rmSync(data, { recursive: true, force: true }));
  const clock = new PacedClock();
  const desk = new TestDesk(clock);
  const control = new Control({ dataDir: data, desk, clock, log: logInto([]) });
  await control.start();
  onTestFinished(() => control.stop());
  return { data, desk };
}

const line = (seq: number, text: string) => ({
  seq,
  at: "2026-03-04T10:11:12.345Z",
  lane_id: "entry-1",
  kind: "input" as const,
  text,
});

test("prints how a lane stands and then each line once, as it comes", async () => {
  const { data, desk } = await startDaemon();
  desk.watched = [line(1, "arming on")];
  const watching = gatehouse("watch", "entry-1", "--for", "1", "--data", data);
  const clock = new PacedClock();
  await new Promise<void>((resolve) => void clock.after(400 as never, resolve));
  desk.watched = [...desk.watched, line(2, "safety on"), line(3, "safety off")];
  const said = await watching;
  expect(said.code).toBe(0);
  expect(said.out.split("\n")).toEqual([
    "entry-1 is idle: arming off, safety off",
    "10:11:12.345  entry-1  input  safety on",
    "10:11:12.345  entry-1  input  safety off",
    "Watched: 2 lines.",
  ]);
});

test("as JSON is one object a line", async () => {
  const { data } = await startDaemon();
  const said = await gatehouse("watch", "--for", "0", "--json", "--data", data);
  const objects = said.out.split("\n").map((text) => JSON.parse(text) as object);
  expect(objects).toHaveLength(5);
  expect(objects.at(-1)).toMatchObject({ exit_code: 0 });
});

test("of a lane that nobody knows, or without a daemon, says so", async () => {
  const { data } = await startDaemon();
  expect((await gatehouse("watch", "entry-9", "--data", data)).code).toBe(2);
  expect((await gatehouse("watch", "--data", join(data, "empty"))).code).toBe(3);
});
