import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Control } from "@gatehouse/edge/faces/control";
import { et2260 } from "@gatehouse/firmware-sim/wire/et2260";
import { GateCamera } from "@gatehouse/firmware-sim/wire/gate-camera";
import { mr6c } from "@gatehouse/firmware-sim/wire/mr6c";
import { UsbRelay } from "@gatehouse/firmware-sim/wire/usb-relay";
import { waveshare8ch } from "@gatehouse/firmware-sim/wire/waveshare-8ch";
import { PacedClock } from "@gatehouse/shared/paced-clock";
import { seconds } from "@gatehouse/shared/time";
import { describe, expect, onTestFinished, test } from "vitest";
import { probeCamera } from "../../../src/adapters/bench/probe-camera.ts";
import { pulseLane } from "../../../src/adapters/bench/lane-bench.ts";
import { readSite } from "../../../src/cli/site.ts";
import { TestDesk } from "../../faces/desk-fixture.ts";
import { logInto } from "../../faces/running-kiosk.ts";
import { gatehouse } from "../../cli/run-command.ts";
import { siteYaml } from "./bench-site.ts";

const clock = new PacedClock();

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "gh-probe-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function plugged<Device extends { start(): Promise<void>; stop(): Promise<void> }>(
  device: Device,
): Promise<Device> {
  await device.start();
  onTestFinished(() => device.stop());
  return device;
}

/** A site whose gate and its wire are as written; its contacts are on an ET-2260. */
async function siteOf(data: string, gate = "", wire = "") {
  const relays = await plugged(waveshare8ch({ clock }, { port: 0 }));
  const contacts = await plugged(et2260({ clock }, { port: 0 }));
  const yaml = siteYaml({ relays: relays.port, contacts: contacts.port })
    .replace(/gate: .*/, gate === "" ? "$&" : `gate: ${gate}`)
    .replace(/relays: \{.*/, wire === "" ? "$&" : `relays: ${wire}`);
  const config = join(data, "facility.yaml");
  writeFileSync(config, yaml);
  const run = (...flags: string[]) =>
    gatehouse("probe", "--config", config, "--data", data, ...flags);
  return { run, relays, contacts, config };
}

/** Writes down how one signs in at the wire `relays`. */
function keepSecret(data: string, account: { user: string; password: string }): void {
  const secrets = join(data, "secrets.json");
  const none = { mqtt: {}, readers: {}, operators: [], terminals: {} };
  writeFileSync(secrets, JSON.stringify({ devices: { relays: account }, ...none }));
  chmodSync(secrets, 0o600);
}

interface Told {
  readonly exit_code: number;
  readonly data: {
    readonly checks: readonly { name: string; ok: boolean; detail: string; next?: string }[];
    readonly notes: readonly string[];
  };
}

const jsonOf = ({ out }: { out: string }): Told => JSON.parse(out) as Told;
const failedIn = (told: Told) => told.data.checks.filter(({ ok }) => !ok);

describe("gatehouse probe", () => {
  test("finds a sound lane sound, tells how its contacts stand, and prints the barrier's terminals", async () => {
    const { run, contacts, relays } = await siteOf(newFolder());
    contacts.input(1).set(true);
    const moves: boolean[] = [];
    relays.relay(1).onContact((closed) => void moves.push(closed));
    const said = await run("entry-1");
    expect(said.code).toBe(0);
    expect(said.out.split("\n")[0]).toBe("entry-1: all 8 checks passed, nothing was moved.");
    expect(said.out).toContain("● entry-1 contacts: arming off, safety on, limit-open off");
    expect(said.out).toContain("OPEN terminals 2 and 3; CLOSE terminals 2 and 4");
    expect(moves).toEqual([]);
  });

  test("reads back what the board must keep, and what its firmware is", async () => {
    const data = newFolder();
    const board = await plugged(mr6c({ clock }, { pty: { link: join(data, "usb") } }));
    const { run, config } = await siteOf(
      data,
      "{ profile: wirenboard-mr6c, wire: relays, relay: 2, travel_s: 1 }",
      `{ kind: serial, path: ${board.path} }`,
    );
    const fresh = jsonOf(await run("entry-1", "--json"));
    expect(fresh.exit_code).toBe(2);
    expect(fresh.data.checks).toContainEqual({
      name: "entry-1 make",
      ok: true,
      detail: "answers as Wiren Board WB-MR6C does, it says 1.24.0",
    });
    expect(failedIn(fresh).map(({ detail }) => detail)).toEqual([
      expect.stringContaining("holding 939 holds 0 instead of 1: without requests"),
      expect.stringContaining("holding 10 holds 0 instead of 3"),
      expect.stringContaining("holding 1761 holds 0 instead of 3"),
      expect.stringContaining("holding 1785 holds 0 instead of 5"),
    ]);
    expect(failedIn(fresh).every(({ next }) => next?.includes("npx gatehouse run"))).toBe(true);

    // Once the lane's own code has been there, the board keeps it all.
    await pulseLane(readSite(config, data).config, "entry-1", true, {
      clock,
      log: logInto([]),
      random: { id: () => "c-1" } as never,
      credentials: {},
    });
    expect(failedIn(jsonOf(await run("entry-1", "--json")))).toEqual([]);
  }, 30_000);

  test("says that a contact on OPEN is closed, that a board is of another make, and that a unit is silent", async () => {
    const { run, relays, contacts } = await siteOf(newFolder());
    relays.setFault("silent");
    const silent = failedIn(jsonOf(await run("relays", "--json")));
    expect(silent).toMatchObject([
      {
        name: "entry-1 relay board",
        next: expect.stringContaining("detect --wire relays") as string,
      },
    ]);
    relays.setFault("none");
    await contacts.stop();
    const { out } = await run("entry-1");
    expect(out).toContain("■ wire contacts: wire-unreachable");

    const other = await siteOf(newFolder(), "{ profile: wellpro-wp8027, wire: relays, relay: 1 }");
    const unlike = failedIn(jsonOf(await other.run("relays", "--json")));
    expect(unlike).toMatchObject([
      { name: "entry-1 make", detail: expect.stringContaining("profile waveshare-8ch") as string },
    ]);
  }, 30_000);

  test("opens the port of a board that never answers, and says how to see whether it is there", async () => {
    const data = newFolder();
    const board = await plugged(new UsbRelay({ frame: "lcus", pty: { link: join(data, "usb") } }));
    const { run } = await siteOf(
      data,
      "{ profile: lcus-ch340, wire: relays, relay: 1 }",
      `{ kind: serial, path: ${board.path} }`,
    );
    const said = await run("relays");
    expect(said.code).toBe(0);
    expect(said.out).toContain("npx gatehouse pulse entry-1 --confirm shows");
    expect(board.counters).toEqual({ frames: 0, bad_bytes: 0 });
  });

  test("greets a camera with the site's password, and moves no barrier", async () => {
    const data = newFolder();
    const account = { user: "gatehouse", password: "correct horse" };
    const camera = await plugged(new GateCamera({ make: "dahua", clock, port: 0, account }));
    const { run } = await siteOf(
      data,
      "{ profile: dahua-strobe, wire: relays, relay: 1 }",
      `{ kind: http, url: "http://127.0.0.1:${camera.port}" }`,
    );
    const refused = await run("relays");
    expect(refused.code).toBe(2);
    expect(refused.out).toContain("secrets.json");
    expect(camera.counters.admitted).toBe(0);
    keepSecret(data, { ...account, password: "another" });
    expect((await run("relays")).out).toContain("does not accept the user and password");
    expect(camera.guard.counters).toEqual({ refused: 2, while_locked: 0 });
    keepSecret(data, account);
    const said = await run("relays");
    expect(said.out).toContain("entry-1 camera relays clock: within 5 s of ours");
    expect(said.code).toBe(0);
  });

  test("of nothing that is known names what there is", async () => {
    const { run } = await siteOf(newFolder());
    const said = await run("exit-9");
    expect(said.code).toBe(2);
    expect(said.out).toContain("Known: entry-1, relays, contacts.");
  });

  test("asks the daemon where one runs, and opens no wire of its own", async () => {
    const data = newFolder();
    const { run, relays } = await siteOf(data);
    const desk = new TestDesk(clock);
    await plugged(new Control({ dataDir: data, desk, clock, log: logInto([]) }));
    const said = await run("entry-1");
    expect(said.out).toContain("The daemon runs and has the wires");
    expect(said.out).toContain("● entry-1-gate: Waveshare 8ch");
    expect((await run("relays")).code).toBe(2);
    expect(relays.counters["requests"]).toBe(0);
  });
});

test("a camera whose clock is wrong is told by how much", async () => {
  const wrong = new Date(clock.now() - seconds(95)).toUTCString();
  const server = createServer((_, response) => response.writeHead(200, { date: wrong }).end("ok"));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const { checks } = await probeCamera({
    name: "camera",
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    path: "/",
    credentials: undefined,
    newNonce: () => "n",
    now: clock.now(),
  });
  expect(checks[1]?.detail).toMatch(/^9[4-6] s behind ours/);
});
