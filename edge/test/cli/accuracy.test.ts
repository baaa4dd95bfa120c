import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { Control } from "@gatehouse/edge/faces/control";
import { AccuracyData } from "@gatehouse/shared/contracts/accuracy";
import { ControlAnswer } from "@gatehouse/shared/contracts/control";
import { PacedClock } from "@gatehouse/shared/paced-clock";
import { isoOf } from "@gatehouse/shared/time";
import { TestDesk } from "../faces/desk-fixture.ts";
import { logInto } from "../faces/running-kiosk.ts";
import { gatehouse } from "./run-command.ts";

async function daemon() {
  const clock = new PacedClock();
  const desk = new TestDesk(clock, { spaces: 96 });
  const data = mkdtempSync(join(tmpdir(), "gh-accuracy-"));
  const control = new Control({ dataDir: data, desk, clock, log: logInto([]) });
  await control.start();
  onTestFinished(() => control.stop());
  const run = (...args: readonly string[]) => gatehouse("--data", data, "accuracy", ...args);
  /** A count of the camera's 24 spaces, of which some were wrong. */
  const count = (wrong: number): void => {
    const seen = desk.spaces.slice(0, 24).map(({ space_id, status }, index) => ({
      space_id,
      occupied: (status === "occupied") !== index < wrong,
      at: isoOf(clock.now()),
    }));
    const found = { method: "each", spaces: seen } as const;
    const scope = { kind: "camera", id: "north" } as const;
    const request = { count_id: `count-${wrong}-spaces`, scope, found };
    desk.accuracy.count(request, { kind: "attendant", id: "anna" });
  };
  return { run, count };
}

test("before anybody has counted, it says so and where to begin", async () => {
  const { run } = await daemon();
  const { code, out } = await run();
  expect(code).toBe(0);
  expect(out.split("\n")[0]).toBe("Nobody has counted spaces within 30 days.");
  expect(out).toContain("Next: count spaces at the kiosk");
});

test("it tells each source with its interval, and which camera needs somebody", async () => {
  const { run, count } = await daemon();
  count(6);
  const { code, out } = await run();
  expect(code).toBe(1);
  expect(out.split("\n")[0]).toMatch(/^75\.0 % of 24 spaces were right when people looked/);
  expect(out).toContain("▲ camera north is wrong too often");
  expect(out).toMatch(/camera north +all +75\.0 % +55\.1 % – 88\.0 % +24 +0/);
  expect(out).toMatch(/anna +camera north +each +24 +6/);
});

test("as JSON it is one object of the contract", async () => {
  const { run, count } = await daemon();
  count(0);
  const { code, out } = await run("--json");
  expect(code).toBe(0);
  const data = AccuracyData.parse(ControlAnswer.parse(JSON.parse(out)).data);
  expect(data.cameras).toMatchObject([{ camera_id: "north", drift: null }]);
});
