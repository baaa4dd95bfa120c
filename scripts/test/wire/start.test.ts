import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { gatehouse, isAlive, RunningStart, until } from "./demonstration.ts";

let data: string;

beforeAll(() => {
  data = mkdtempSync(join(tmpdir(), "gatehouse-start-"));
});

afterAll(() => rmSync(data, { recursive: true, force: true }));

const common = ["--port-base", "0", "--speed", "20"];

interface Status {
  readonly data: { readonly ledger: { readonly written: number; readonly acknowledged: number } };
}

const ledgerNow = (): Status["data"]["ledger"] =>
  (JSON.parse(gatehouse(["status", "--data", data, "--json"]).stdout) as Status).data.ledger;

test("a car park runs on real wires, loses head office and its supervisor, and goes on where it was", async () => {
  const first = new RunningStart(["--data", data, ...common]);
  await first.printed("Gatehouse runs a car park");

  // What people need to sign in is theirs alone.
  expect(statSync(join(data, "first-start.json")).mode & 0o777).toBe(0o600);
  expect(statSync(join(data, "edge", "secrets.json")).mode & 0o777).toBe(0o600);

  // A second demonstration on live data says so and touches nothing.
  const second = await new RunningStart(["--data", data, ...common]).ended();
  expect(second.code).toBe(3);
  expect(second.stderr).toContain("already runs on");

  // Cars come, and head office hears of them.
  await until(() => ledgerNow().acknowledged > 20);

  // Head office freezes: the facility goes on writing, nothing is acknowledged, nothing is lost.
  const processes = first.children();
  const cloud = processes.get("cloud") ?? 0;
  process.kill(cloud, "SIGSTOP");
  const before = ledgerNow();
  await until(() => ledgerNow().written > before.written + 30);
  expect(ledgerNow().acknowledged).toBeLessThan(before.written + 30);
  process.kill(cloud, "SIGCONT");
  const behind = ledgerNow().written;
  await until(() => ledgerNow().acknowledged >= behind);

  // A technician opens by hand, and can ask why.
  const opened = gatehouse([
    "gate",
    "open",
    "entry-1",
    "--reason",
    "fire drill",
    "--actor",
    "tina",
    "--data",
    data,
    "--json",
  ]);
  expect(opened.code).toBe(0);
  const { decision_id } = (JSON.parse(opened.stdout) as { data: { decision_id: string } }).data;
  expect(gatehouse(["why", decision_id, "--data", data]).stdout).toContain("tina");
  for (const verb of [["devices"], ["doctor"], ["sync", "status"]]) {
    expect([0, 1]).toContain(gatehouse([...verb, "--data", data, "--json"]).code);
  }

  // What head office decides arrives and is applied, in order.
  const { head_office_token } = JSON.parse(
    readFileSync(join(data, "first-start.json"), "utf8"),
  ) as { head_office_token: string };
  for (const order of orders) {
    const answer = await fetch(`${first.office}/api/facilities/central/directives`, {
      method: "POST",
      headers: { authorization: `Bearer ${head_office_token}`, "content-type": "application/json" },
      body: JSON.stringify(order),
    });
    expect(answer.status).toBe(201);
  }
  await until(() => syncNow().directives_applied === orders.length);

  // The supervisor dies without a word: everything it started ends by itself.
  first.kill("SIGKILL");
  await first.ended();
  expect([...processes.keys()].toSorted()).toEqual(["cloud", "firmware-sim", "gatehouse"]);
  await until(() => [...processes.values()].every((pid) => !isAlive(pid)));
  expect(gatehouse(["status", "--data", data]).code).toBe(3);

  // The next start goes on where it was, and the books agree with the truth.
  const next = await new RunningStart(["--data", data, ...common, "--for", "20", "--json"]).ended();
  expect(next.stderr).not.toContain("invariant broken");
  expect(next.code).toBe(0);
  const summary = JSON.parse(next.stdout.trim().split("\n").at(-1) ?? "") as Summary;
  expect(summary.cars.in).toBeGreaterThan(0);
  expect(summary.invariants).toEqual({ checked: 7, broken: 0 });
  expect(summary.ledger.acknowledged).toBe(summary.ledger.written);
  expect(summary.ledger.written).toBeGreaterThan(behind);
  expect(summary.occupancy.sensor).toBeGreaterThan(0.9);
  expect(summary.gate_ms.p50).toBeGreaterThan(0);
});

const orders = [
  { kind: "notice", body: { notice_id: "n1", text: "The lift is out of order until noon." } },
  { kind: "list-entry", body: { list: "deny", plate: "XX1234", reason: "unpaid stays" } },
  {
    kind: "permit",
    body: {
      permit_id: "p1",
      plates: ["BXY77"],
      valid_from: "2026-01-01T00:00:00Z",
      valid_until: "2027-01-01T00:00:00Z",
    },
  },
];

const syncNow = (): { readonly directives_applied: number } =>
  (
    JSON.parse(gatehouse(["sync", "status", "--data", data, "--json"]).stdout) as {
      data: { directives_applied: number };
    }
  ).data;

interface Summary {
  readonly cars: { readonly in: number; readonly out: number };
  readonly ledger: { readonly written: number; readonly acknowledged: number };
  readonly occupancy: { readonly sensor: number };
  readonly gate_ms: { readonly p50: number; readonly p99: number };
  readonly invariants: { readonly checked: number; readonly broken: number };
}

test("a taken port names itself and the flag", async () => {
  const holder = createServer();
  await new Promise<void>((listening) => holder.listen(0, "127.0.0.1", listening));
  const { port } = holder.address() as { port: number };
  const folder = mkdtempSync(join(tmpdir(), "gatehouse-start-"));
  const ended = await new RunningStart(["--data", folder, "--port-base", String(port)]).ended();
  holder.close();
  rmSync(folder, { recursive: true });
  expect(ended.code).toBe(3);
  expect(ended.stderr).toContain(`port ${port} (kiosk and API) is taken`);
  expect(ended.stderr).toContain("--port-base");
});

test("a command line that makes no sense says what to write", async () => {
  const ended = await new RunningStart(["--speed", "fast"]).ended();
  expect(ended.code).toBe(64);
  expect(ended.stderr).toContain("--speed fast: write a number from 0.1 to 100");
  expect(ended.stderr).toContain("--port-base P");
});

test("the README's options are the ones there are", () => {
  const readme = readFileSync(join(import.meta.dirname, "../../../README.md"), "utf8");
  for (const option of ["--data", "--seed", "--port-base", "--speed", "--for", "--json"]) {
    expect(readme).toContain(`\`${option}`);
  }
});
