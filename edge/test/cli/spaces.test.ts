import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Control } from "@gatehouse/edge/faces/control";
import { Book } from "@gatehouse/edge/store/book";
import { SeededRandom } from "@gatehouse/firmware-sim/seeded-random";
import { PacedClock } from "@gatehouse/shared/paced-clock";
import { expect, onTestFinished, test } from "vitest";
import { TestDesk } from "../faces/desk-fixture.ts";
import { placesOf } from "../faces/memory-places.ts";
import { putInside } from "../faces/memory-plates.ts";
import { logInto } from "../faces/running-kiosk.ts";
import { gatehouseAt } from "./run-command.ts";

async function daemon() {
  const clock = new PacedClock();
  const book = new Book(":memory:");
  putInside(book, { sessionId: "session-1", vehicleLicense: "BGH1234" });
  const desk = new TestDesk(clock);
  desk.places = placesOf(book);
  const data = mkdtempSync(join(tmpdir(), "gh-spaces-"));
  onTestFinished(() => rmSync(data, { recursive: true }));
  const control = new Control({ dataDir: data, desk, clock, log: logInto([]) });
  await control.start();
  onTestFinished(() => control.stop());
  const random = new SeededRandom(7);
  return (...args: readonly string[]) =>
    gatehouseAt({ random }, "--data", data, "space", "vehicle", ...args);
}

test("a technician says whose vehicle stands in a space, asks for it, and takes it back", async () => {
  const run = await daemon();
  expect(await run("a001")).toMatchObject({
    code: 0,
    out: "Nobody is known to stand in space A001.",
  });
  expect(await run("A001", "b-gh1234", "--note", "walked past")).toMatchObject({
    code: 0,
    out: "BGH1234 stands in space A001.\nFollow it: npx gatehouse why session-1",
  });
  const known = await run("A001");
  expect(known.out).toContain("BGH1234 stands in space A001 since");
  expect(known.out).toContain("By person chen");
  expect((await run("A001", "--clear")).out).toContain("never stood in space A001");
  expect(await run("A001", "--gone")).toMatchObject({ code: 2 });
});

test("what cannot be is said with what to do next", async () => {
  const run = await daemon();
  const unknown = await run("A001", "XX1");
  expect(unknown.code).toBe(2);
  expect(unknown.out).toContain("npx gatehouse plates search");
  expect((await run("Z9", "BGH1234")).out).toBe("There is no space Z9.");
  expect((await run("A001", "BGH1234", "--clear")).code).toBe(64);
});
