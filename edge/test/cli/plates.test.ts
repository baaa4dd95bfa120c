import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Control } from "@gatehouse/edge/faces/control";
import { Book } from "@gatehouse/edge/store/book";
import { ControlAnswer } from "@gatehouse/shared/contracts/control";
import { SessionsData } from "@gatehouse/shared/contracts/plates";
import { PacedClock } from "@gatehouse/shared/paced-clock";
import { expect, onTestFinished, test } from "vitest";
import { TestDesk } from "../faces/desk-fixture.ts";
import { platesOf, putInside } from "../faces/memory-plates.ts";
import { logInto } from "../faces/running-kiosk.ts";
import { gatehouse } from "./run-command.ts";

async function daemon() {
  const clock = new PacedClock();
  const book = new Book(":memory:");
  putInside(book, { sessionId: "session-1", vehicleLicense: "8GH1234" });
  const desk = new TestDesk(clock);
  desk.plates = platesOf(clock, book);
  const data = mkdtempSync(join(tmpdir(), "gh-plates-"));
  const control = new Control({ dataDir: data, desk, clock, log: logInto([]) });
  await control.start();
  onTestFinished(() => control.stop());
  return (...args: readonly string[]) => gatehouse("--data", data, "plates", ...args);
}

test("a technician finds a session by a part of its plate, puts it right, and is told what to look at", async () => {
  const run = await daemon();
  const found = await run("search", "h12");
  expect(found.code).toBe(0);
  expect(found.out).toMatch(/^1 inside has a plate with H12 in it\./);
  expect(found.out).toContain("session-1");
  const right = await run("correct", "session-1", "B-GH 1234", "--reason", "looked at it");
  expect(right).toMatchObject({ code: 0 });
  expect(right.out).toBe(
    "The plate 8GH1234 is taken for BGH1234.\nFollow it: npx gatehouse why session-1",
  );
  expect(await run("reviews")).toMatchObject({
    code: 0,
    out: "No two sessions wait to be looked at.",
  });
});

test("what is not found is said with what to do, and a program reads the same", async () => {
  const run = await daemon();
  expect((await run("search", "zz")).code).toBe(2);
  const wrong = await run("correct", "nobody", "BGH1234", "--reason", "typed");
  expect(wrong.code).toBe(2);
  expect(wrong.out).toContain("npx gatehouse plates search");
  const { out } = await run("search", "8gh", "--json");
  const { data } = ControlAnswer.parse(JSON.parse(out));
  expect(SessionsData.parse(data).sessions).toMatchObject([{ plate: "8GH1234" }]);
});
