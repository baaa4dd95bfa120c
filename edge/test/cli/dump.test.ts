import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Control } from "@gatehouse/edge/faces/control";
import { DumpData, DumpFile } from "@gatehouse/shared/contracts/dump";
import { expect, onTestFinished, test } from "vitest";
import { logInto } from "../faces/running-kiosk.ts";
import { CarPark } from "../flows/car-park.ts";
import { gatehouse } from "./run-command.ts";

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "gh-dump-"));
  onTestFinished(() => rmSync(made, { recursive: true }));
  return made;
}

const secrets = ["geheim-7", "scrypt$aa$bb"];
const operator = { id: "anna", name: "Anna", role: "attendant", pin: "scrypt$aa$bb" };
const kept = { mqtt: { a: "geheim-7" }, readers: {}, operators: [operator], terminals: {} };
const line =
  '{"level":30,"event":"camera refused","url":"rtsp://admin:geheim-7@10.0.0.7/","token":"tok-9z"}';

async function daemon() {
  const data = folder();
  const bookFile = join(data, "book.sqlite");
  writeFileSync(join(data, "secrets.json"), JSON.stringify(kept), { mode: 0o600 });
  const support = { secrets, recentLog: () => ["x".repeat(5000), line] };
  const park = await CarPark.open({ bookFile, support });
  const { facility: desk, machine: clock } = park;
  const control = new Control({ dataDir: data, desk, clock, log: logInto([]) });
  await control.start();
  const stop = async (): Promise<void> => {
    await control.stop();
    await park.facility.stop();
  };
  return { park, data, stop };
}

test("a dump tells health, devices, log, ledger and configuration, and nothing secret", async () => {
  const { park, data, stop } = await daemon();
  onTestFinished(stop);
  await park.enter("BGH1234");
  const merchant = { merchant_id: "bakery", name: "Bakery", stay_cap_minor: null };
  const why = { request_id: "keep-bakery", reason: "kept with geheim-7" };
  const boss = { kind: "attendant", id: "boss" } as const;
  const limits = { month_cap_minor: null, is_active: true, new_token: true };
  const { token } = await park.facility.accounts.keepMerchant(
    { ...merchant, ...limits, ...why },
    boss,
  );
  const out = join(data, "support.json");
  const said = await gatehouse("--data", data, "dump", "--out", out);
  expect(said).toMatchObject({ code: 0, out: expect.stringContaining(`Written to ${out}.`) });

  const text = readFileSync(out, "utf8");
  const { daemon: told, book } = DumpFile.parse(JSON.parse(text));
  const dump = DumpData.parse(told);
  expect(dump.status).toMatchObject({
    facility_id: park.config.facility.id,
    level: expect.any(String),
  });
  expect(dump.versions).toMatchObject({ gatehouse: "0.1.0", node: process.version });
  expect(dump.devices.map(({ device_id: id }) => id)).toContain("camera-entry-1");
  expect(dump.checks.map(({ name }) => name)).toContain("room on the disk");
  expect(book).toMatchObject({ tables: { parking_sessions: 1, merchants: 1 } });
  expect(text).toContain(String.raw`\"type\":\"session-opened\"`);
  expect(dump.counters.length).toBeGreaterThan(5);
  expect(dump.config).toMatchObject({ facility: { currency: "EUR" } });
  expect(dump.log.map(({ length }) => length)).toEqual([2000, expect.any(Number)]);
  expect(dump.log[1]).toContain("rtsp://[withheld]@10.0.0.7/");
  for (const secret of [...secrets, token, "tok-9z"]) expect(text).not.toContain(secret);
  expect(statSync(out).mode & 0o077).toBe(0);
  expect(text.length).toBeLessThan(1_000_000);

  const again = await gatehouse("--data", data, "dump", "--out", out);
  expect(again).toMatchObject({ code: 2, out: expect.stringContaining("cannot be written") });
});

test("without its daemon a folder still tells what its book holds", async () => {
  const { park, data, stop } = await daemon();
  await park.enter("BGH1234");
  await stop();
  park.book.close();
  const out = join(data, "support.json");
  const said = await gatehouse("--data", data, "dump", "--out", out);
  expect(said).toMatchObject({ code: 1, out: expect.stringContaining("No daemon answers") });
  const dump: unknown = JSON.parse(readFileSync(out, "utf8"));
  expect(dump).toMatchObject({
    daemon: expect.stringContaining("No daemon runs"),
    book: { tables: { parking_sessions: 1 }, ledger_tail: expect.any(Array) },
  });
});

test("where there is neither a daemon nor a book nothing is written", async () => {
  const data = folder();
  const out = join(data, "support.json");
  const said = await gatehouse("--data", data, "dump", "--out", out);
  expect(said).toMatchObject({ code: 3, out: expect.stringContaining("No daemon runs") });
  expect(() => statSync(out)).toThrow("ENOENT");
});
