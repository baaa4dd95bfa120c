import { spawn } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { HttpCloudLink } from "@gatehouse/edge/adapters/cloud/http-cloud-link";
import { Fault } from "@gatehouse/shared/fault";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openDatabase } from "../../src/store/database.ts";
import { findBinaries } from "../../src/store/embedded/binaries.ts";
import { findFooting, nobody } from "../../src/store/embedded/unprivileged.ts";
import { EmbeddedPostgres } from "../../src/store/embedded-postgres.ts";
import { EdgeLedger, writeStay } from "../edge-ledger.ts";
import { describeWithPostgres } from "../embedded.ts";
import { TestOffice, tokenOf } from "../head-office.ts";
import { silentLog } from "../silent-log.ts";

const isRoot = process.getuid?.() === 0;

test("where there is no embedded PostgreSQL the way out is named", async () => {
  await expect(findBinaries("plan9-mips")).rejects.toThrow(/set DATABASE_URL/);
});

describeWithPostgres("the embedded PostgreSQL", () => {
  let home: string;
  let folder: string;
  const servers: EmbeddedPostgres[] = [];

  const make = (): EmbeddedPostgres => {
    const server = new EmbeddedPostgres({ folder, log: silentLog });
    servers.push(server);
    return server;
  };

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), "gatehouse-test-"));
    folder = join(home, "a-rather-long-name-".repeat(8), "postgres");
  });
  afterEach(async () => {
    for (const server of servers.splice(0)) {
      await server.stop();
      rmSync(server.connection.host, { recursive: true, force: true });
    }
    rmSync(home, { recursive: true, force: true });
  });

  const ask = async (server: EmbeddedPostgres, sql: string): Promise<unknown[]> => {
    const { pool } = openDatabase(server.connection, silentLog);
    try {
      return (await pool.query(sql)).rows;
    } finally {
      await pool.end();
    }
  };

  test("serves from a folder that only its owner may enter, however long its path, and waits for the disk", async () => {
    const server = make();
    await server.start();
    expect(statSync(home).mode & 0o777).toBe(0o700);
    expect(statSync(join(folder, "data")).mode & 0o777).toBe(0o700);
    expect(await ask(server, "show fsync")).toEqual([{ fsync: "on" }]);
    expect(await ask(server, "show listen_addresses")).toEqual([{ listen_addresses: "" }]);
    expect(statSync(server.connection.host).mode & 0o777).toBe(0o700);
  });

  test("has tomorrow what it was given today", async () => {
    const today = make();
    await today.start();
    await ask(today, "create table kept as select 42 as answer");
    await today.stop();
    const tomorrow = make();
    await tomorrow.start();
    expect(await ask(tomorrow, "select answer from kept")).toEqual([{ answer: 42 }]);
  });

  test("refuses a second owner and goes on for the first", async () => {
    const first = make();
    await first.start();
    const second = await make()
      .start()
      .catch((error: unknown) => error);
    expect(second).toBeInstanceOf(Fault);
    expect(second).toHaveProperty("code", "already-running");
    expect(await ask(first, "select 1 as alive")).toEqual([{ alive: 1 }]);
  });

  test("stops a server that outlived its owner, and takes its place", async () => {
    const before = make();
    await before.start();
    await ask(before, "create table kept as select 42 as answer");
    await before.stop();
    const { postgres } = await findBinaries();
    const data = join(folder, "data");
    const leftOver = spawn(
      ...((): [string, string[]] => {
        const command = [
          postgres,
          "-D",
          data,
          "-c",
          "listen_addresses=",
          "-c",
          `unix_socket_directories=${before.connection.host}`,
        ];
        return isRoot ? ["unshare", ["--user", ...command]] : [postgres, command.slice(1)];
      })(),
      { stdio: "ignore" },
    );
    const ended = new Promise((resolve) => leftOver.once("exit", resolve));
    await expect
      .poll(() => readFileSync(join(data, "postmaster.pid"), "utf8"), { timeout: 20_000 })
      .toMatch(/ready/);
    const after = make();
    await after.start();
    await ended;
    expect(after.pid).not.toBe(leftOver.pid);
    expect(await ask(after, "select answer from kept")).toEqual([{ answer: 42 }]);
  });

  test("killed again and again it comes back, and an edge loses and doubles nothing", async () => {
    const server = make();
    await server.start();
    const database = openDatabase(server.connection, silentLog);
    try {
      const office = new TestOffice(database);
      await office.headquarters.prepare();
      const ledger = new EdgeLedger();
      for (let car = 0; car < 100; car += 1) writeStay(ledger, `${car}`);
      const link = new HttpCloudLink({
        url: "http://office.example",
        facilityId: "north",
        token: tokenOf("north"),
        fetch: (url, request) => office.request(url, request),
      });
      let acked = 0;
      let kills = 0;
      while (acked < ledger.written) {
        const sending = link.send(ledger.batch(acked + 1, acked + 50)).then(
          (ack) => void (acked = ack.acked_seq),
          (error: unknown) => expect(error).toHaveProperty("code", "cloud-unreachable"),
        );
        if (server.pid !== undefined && acked >= (kills + 1) * 300 && kills < 2) {
          process.kill(server.pid, "SIGKILL");
          kills += 1;
        }
        await sending;
      }
      expect(kills).toBe(2);
      expect(await office.heldTexts()).toEqual(ledger.lines.map(({ text }) => text));
      const [sums] = await office.rows(
        "select captured_minor, payments_captured from facility_days",
      );
      expect(sums).toEqual({ captured_minor: 100 * 250, payments_captured: 100 });
    } finally {
      await database.pool.end();
    }
  });

  test.skipIf(!isRoot)("as root without namespaces says what nobody cannot reach", async () => {
    mkdirSync(folder, { recursive: true });
    chmodSync(home, 0o700);
    const { postgres } = await findBinaries();
    await expect(findFooting(postgres, [folder], false)).rejects.toThrow(
      /as nobody it cannot reach/,
    );
  });

  test.skipIf(!isRoot)("as root without namespaces gives its folder to nobody", async () => {
    mkdirSync(folder, { recursive: true });
    chmodSync(home, 0o755);
    const footing = await findFooting("/bin/true", [folder], false);
    expect(footing.identity).toEqual({ uid: nobody, gid: nobody });
    expect(statSync(folder).uid).toBe(nobody);
  });
});
