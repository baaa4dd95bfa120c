import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { generateKeyPairSync } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Control } from "@gatehouse/edge/faces/control";
import { PacedClock } from "@gatehouse/shared/paced-clock";
import { TillConfig } from "@gatehouse/shared/contracts/till-config";
import { expect, onTestFinished, test } from "vitest";
import { TestDesk } from "../faces/desk-fixture.ts";
import { tillsOf } from "../faces/memory-tills.ts";
import { logInto } from "../faces/running-kiosk.ts";
import { gatehouse } from "./run-command.ts";

/** A daemon whose only till had one shift with a float of 100. */
async function daemon() {
  const site = tillsOf([TillConfig.parse({ id: "till-1", name: "Kasse" })]);
  const anna = { actor: { kind: "attendant", id: "anna" }, isSupervisor: false } as const;
  const opened = site.shifts.open("till-1", { request_id: "o", float_minor: 10_000 }, anna);
  if ("kind" in opened) throw new Error(opened.sentence);
  const { shift_id: id } = opened.shift;
  site.shifts.count(id, { request_id: "c", counted_minor: 9_950 }, anna);
  site.shifts.close(id, { request_id: "z", leave_minor: 0 }, anna);
  const desk = new TestDesk(new PacedClock());
  desk.books = site.books;
  const data = mkdtempSync(join(tmpdir(), "gh-books-"));
  const control = new Control({ dataDir: data, desk, clock: new PacedClock(), log: logInto([]) });
  await control.start();
  onTestFinished(() => control.stop());
  const run = (...args: string[]) => gatehouse("--data", data, ...args);
  return { run, data, report: site.shifts.report(id, anna) };
}
const june = ["--from", "2026-06-01", "--to", "2026-06-30"];

test("books export prints the journal, or writes it into a file in the bookkeeper's own signs", async () => {
  const { run, data } = await daemon();
  const csv = await run("books", "export", ...june);
  expect(csv.code).toBe(0);
  expect(csv.out.split("\r\n")[1]).toMatch(/,float,drawer,till-1,100\.00,,EUR,/);
  const json = await run("books", "export", ...june, "--format", "json");
  expect(JSON.parse(json.out)).toMatchObject({
    currency: "EUR",
    entries: [{ kind: "float" }, {}, {}],
  });
  const file = join(data, "EXTF_Juni.csv");
  const datev = await run("books", "export", ...june, "--format", "datev", "--out", file);
  expect(datev.out).toBe(`${file} holds the journal from 2026-06-01 to 2026-06-30.`);
  const bytes = readFileSync(file);
  expect(bytes.includes(Buffer.from("BU-Schl\xfcssel", "latin1"))).toBe(true);
  expect(bytes.toString("latin1").split("\r\n")[2]).toMatch(/^100,00;"S";"EUR";;;;1000;1200;/);
  expect((await run("books", "export", ...june, "--format", "datev")).code).toBe(64);
  const wrong = await run("books", "export", "--from", "2026-06-02", "--to", "2026-06-01");
  expect(wrong).toMatchObject({ code: 2, out: expect.stringContaining("two days in their order") });
});

test("shift verify tells a report as it was signed from any other", async () => {
  const { run, data, report } = await daemon();
  const file = join(data, "z.json");
  const signed = JSON.stringify(report);
  writeFileSync(file, signed);
  const alone = await run("shift", "verify", file);
  expect(alone.code).toBe(1);
  expect(alone.out).toMatch(
    /^Report 1 of till-1, anna: .*counted €99\.50, difference -€0\.50\. It fits the key/,
  );
  const key = join(data, "key.pem");
  writeFileSync(key, "public_key" in report ? (report.public_key ?? "") : "");
  expect(await run("shift", "verify", file, "--key", key)).toMatchObject({ code: 0 });
  writeFileSync(file, signed.replace('"counted_minor":9950', '"counted_minor":9900'));
  expect(await run("shift", "verify", file, "--key", key)).toMatchObject({
    code: 2,
    out: `${file} is not as the facility signed it.`,
  });
  writeFileSync(file, signed);
  const other = generateKeyPairSync("ed25519").publicKey.export({ type: "spki", format: "pem" });
  writeFileSync(key, other);
  expect((await run("shift", "verify", file, "--key", key)).code).toBe(2);
  writeFileSync(file, "{}");
  expect((await run("shift", "verify", file)).out).toBe(
    `${file} holds no signed report of a shift.`,
  );
});
