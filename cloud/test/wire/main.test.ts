import { type ChildProcess, fork } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Overview } from "@gatehouse/shared/contracts/office";
import { HttpCloudLink } from "@gatehouse/edge/adapters/cloud/http-cloud-link";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { EmbeddedPostgres } from "../../src/store/embedded-postgres.ts";
import { EdgeLedger, writeStay } from "../edge-ledger.ts";
import { describeWithPostgres } from "../embedded.ts";
import { officeToken, tokenOf } from "../head-office.ts";
import { silentLog } from "../silent-log.ts";

const entry = resolve(import.meta.dirname, "../../bin/cloud.mjs");

interface Run {
  readonly child: ChildProcess;
  /** What it said on stderr. */
  readonly words: () => string;
  readonly exit: Promise<number | NodeJS.Signals | null>;
}

describeWithPostgres("head office as a process", () => {
  let data: string;
  let sockets: string;
  const runs: Run[] = [];

  // A database is made once, without waiting for the disk; each process then keeps it as durably as ever.
  beforeAll(async () => {
    data = mkdtempSync(join(tmpdir(), "gatehouse-test-"));
    const folder = join(data, "postgres");
    const first = new EmbeddedPostgres({ folder, log: silentLog, isDurable: false });
    await first.start();
    await first.stop();
    sockets = first.connection.host;
  });
  afterEach(async () => {
    for (const { child, exit } of runs.splice(0)) {
      child.kill("SIGKILL");
      await exit;
    }
  });
  afterAll(() => {
    for (const folder of [data, sockets]) rmSync(folder, { recursive: true, force: true });
  });

  const secrets = {
    GATEHOUSE_HEAD_OFFICE_TOKEN: officeToken,
    GATEHOUSE_FACILITY_TOKENS: `north=${tokenOf("north")}, south=${tokenOf("south")}`,
  };

  function begin(args: readonly string[] = [], env: Record<string, string> = secrets): Run {
    const child = fork(entry, ["--data", data, "--port", "0", ...args], {
      stdio: ["ignore", "ignore", "pipe", "ipc"],
      env: { PATH: process.env["PATH"] ?? "", ...env },
    });
    let words = "";
    child.stderr?.on("data", (chunk: Buffer) => (words += chunk.toString()));
    const exit = new Promise<number | NodeJS.Signals | null>((resolveExit) =>
      child.once("exit", (code, signal) => resolveExit(code ?? signal)),
    );
    const run = { child, words: () => words, exit };
    runs.push(run);
    return run;
  }

  const ready = ({ child, exit, words }: Run): Promise<number> =>
    Promise.race([
      new Promise<number>((resolvePort) =>
        child.on("message", (message: { type: string; port: number }) => {
          if (message.type === "ready") resolvePort(message.port);
        }),
      ),
      exit.then((code) => Promise.reject(new Error(`ended with ${code}: ${words()}`))),
    ]);

  const link = (port: number, facilityId = "north"): HttpCloudLink =>
    new HttpCloudLink({
      url: `http://127.0.0.1:${port}`,
      facilityId,
      token: tokenOf(facilityId),
    });

  const overview = async (port: number): Promise<Overview> => {
    const headers = { authorization: `Bearer ${officeToken}` };
    const response = await fetch(`http://127.0.0.1:${port}/api/overview`, { headers });
    return (await response.json()) as Overview;
  };

  test("takes a ledger over a real wire and ends cleanly on SIGTERM", async () => {
    const run = begin();
    const port = await ready(run);
    expect(await link(port).send(writeStay(new EdgeLedger(), "1").batch())).toMatchObject({
      acked_seq: 10,
    });
    run.child.kill("SIGTERM");
    expect(await run.exit).toBe(0);
    expect(run.words()).not.toContain("AB12CDE");
  });

  test("ends when its parent is gone", async () => {
    const run = begin();
    await ready(run);
    run.child.disconnect();
    expect(await run.exit).toBe(0);
  });

  test("killed outright it holds after the next start what it had acknowledged", async () => {
    const ledger = writeStay(writeStay(new EdgeLedger("south"), "1"), "2");
    const first = begin();
    await link(await ready(first), "south").send(ledger.batch(1, 10));
    first.child.kill("SIGKILL");
    await first.exit;
    const port = await ready(begin());
    const { facilities } = await overview(port);
    expect(facilities.find(({ facility_id }) => facility_id === "south")?.ledger.acked).toBe(10);
    expect(await link(port, "south").send(ledger.batch(9))).toMatchObject({ acked_seq: 20 });
  });

  test("says so when another one serves the same data", async () => {
    await ready(begin());
    const second = begin();
    expect(await second.exit).toBe(3);
    expect(second.words()).toMatch(/already-running/);
  });

  test("names a port that is taken and the way out", async () => {
    const other = createServer();
    await new Promise<void>((listening) => other.listen(0, "127.0.0.1", listening));
    const { port } = other.address() as { port: number };
    const run = begin(["--port", String(port)]);
    expect(await run.exit).toBe(3);
    expect(run.words()).toContain(`port ${port} is taken: choose another with --port`);
    other.close();
  });

  test("takes its first secrets from first-start.json", async () => {
    const first = {
      operators: [],
      head_office_token: officeToken,
      facility_id: "west",
      facility_token: tokenOf("west"),
    };
    writeFileSync(join(data, "first-start.json"), JSON.stringify(first), { mode: 0o600 });
    const port = await ready(begin([], {}));
    rmSync(join(data, "first-start.json"));
    const ledger = writeStay(new EdgeLedger("west"), "1");
    expect(await link(port, "west").send(ledger.batch())).toMatchObject({ acked_seq: 10 });
  });

  test("with nothing to guard it does not start, and says what to set", async () => {
    const run = begin(["--port", "70000"], { GATEHOUSE_FACILITY_TOKENS: "north=short" });
    expect(await run.exit).toBe(2);
    expect(run.words()).toMatch(/--port/);
    expect(run.words()).toMatch(/GATEHOUSE_HEAD_OFFICE_TOKEN/);
    expect(run.words()).toMatch(/GATEHOUSE_FACILITY_TOKENS.*"north"/);
  });
});
