import { spawn, type ChildProcess } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createConnection } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import { Control } from "@gatehouse/edge/faces/control";
import { ControlAnswer, StatusData, SyncData } from "@gatehouse/shared/contracts/control";
import { Fault } from "@gatehouse/shared/fault";
import { PacedClock } from "@gatehouse/shared/paced-clock";
import { seconds } from "@gatehouse/shared/time";
import { TestDesk } from "./desk-fixture.ts";
import { logInto, type LogLine } from "./running-kiosk.ts";

const newFolder = (): string => mkdtempSync(join(tmpdir(), "gh-"));

/** A folder whose path is too long for a socket. */
function deepFolder(): string {
  const folder = join(newFolder(), "a-rather-long-name-of-a-folder".repeat(4));
  mkdirSync(folder, { recursive: true });
  return folder;
}

interface Running {
  readonly control: Control;
  readonly desk: TestDesk;
  readonly lines: LogLine[];
}

function controlFor(dataDir: string): Running {
  const clock = new PacedClock();
  const desk = new TestDesk(clock);
  const lines: LogLine[] = [];
  const control = new Control({ dataDir, desk, clock, log: logInto(lines) });
  onTestFinished(() => control.stop());
  return { control, desk, lines };
}

async function startControl(dataDir: string): Promise<Running> {
  const running = controlFor(dataDir);
  await running.control.start();
  return running;
}

const socketOf = (dataDir: string): string =>
  existsSync(join(dataDir, "control-socket"))
    ? readFileSync(join(dataDir, "control-socket"), "utf8")
    : join(dataDir, "control.sock");

/** Sends text as it is and gathers the answers until `count` lines or the end. */
function exchange(dataDir: string, text: string, count = 1): Promise<ControlAnswer[]> {
  return new Promise((resolve, reject) => {
    const socket = createConnection(socketOf(dataDir));
    let received = "";
    const done = (): void => {
      const lines = received.split("\n").filter((line) => line !== "");
      resolve(lines.map((line) => ControlAnswer.parse(JSON.parse(line))));
      socket.destroy();
    };
    socket.setEncoding("utf8");
    socket.on("data", (chunk: string) => {
      received += chunk;
      if (received.split("\n").length > count) done();
    });
    socket.on("close", done);
    socket.on("error", reject);
    socket.write(text);
  });
}

const ask = async (dataDir: string, request: object): Promise<ControlAnswer> => {
  const [answer] = await exchange(dataDir, `${JSON.stringify(request)}\n`);
  if (answer === undefined) throw new Error("no answer");
  return answer;
};

describe.each([
  ["beside the data", newFolder],
  ["elsewhere, for a long path", deepFolder],
])("the control socket %s", (_where, folder) => {
  test("belongs to its owner alone", async () => {
    const dataDir = folder();
    await startControl(dataDir);
    expect(statSync(socketOf(dataDir)).mode & 0o777).toBe(0o600);
  });

  test("keeps a second daemon away", async () => {
    const dataDir = folder();
    await startControl(dataDir);
    const second = controlFor(dataDir);
    await expect(second.control.start()).rejects.toMatchObject({ code: "already-running" });
    expect((await ask(dataDir, { verb: "status" })).exit_code).toBe(0);
  });

  test("is free again after a stop, and leaves nothing behind", async () => {
    const dataDir = folder();
    const first = await startControl(dataDir);
    const path = socketOf(dataDir);
    await first.control.stop();
    await first.control.stop();
    expect(existsSync(path)).toBe(false);
    expect(readdirSync(dataDir)).toEqual([]);
    await startControl(dataDir);
  });

  test("of a killed daemon is replaced", async () => {
    const dataDir = folder();
    const killed = await servingProcess(dataDir);
    expect((await ask(dataDir, { verb: "status" })).exit_code).toBe(0);
    await endOf(killed, "SIGKILL");
    const left = socketOf(dataDir);
    expect(existsSync(left)).toBe(true);
    await startControl(dataDir);
    expect(existsSync(left)).toBe(left === socketOf(dataDir));
    expect((await ask(dataDir, { verb: "status" })).exit_code).toBe(0);
  });

  test("of a killed daemon goes to exactly one of many that start at once", async () => {
    const dataDir = folder();
    await endOf(await servingProcess(dataDir), "SIGKILL");
    const many = Array.from({ length: 8 }, () => controlFor(dataDir).control);
    const outcomes = await Promise.allSettled(many.map((control) => control.start()));
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect((await ask(dataDir, { verb: "status" })).exit_code).toBe(0);
  });

  test("of a daemon that hangs still keeps others away", async () => {
    const dataDir = folder();
    const hung = await servingProcess(dataDir);
    hung.kill("SIGSTOP");
    await expect(controlFor(dataDir).control.start()).rejects.toMatchObject({
      code: "already-running",
    });
  });
});

describe("what the control socket answers", () => {
  test("status, sync and devices tell what the desk tells, in snake_case", async () => {
    const dataDir = newFolder();
    const { desk } = await startControl(dataDir);
    desk.level = "attention";
    desk.verdict = "One alert is open.";
    const status = await ask(dataDir, { verb: "status" });
    expect(status).toMatchObject({ exit_code: 1, verdict: "One alert is open." });
    expect(StatusData.parse(status.data).facility_id).toBe("gueterbahnhof");

    desk.sync = { state: "offline", queued: 132, last_ack_at: null };
    const sync = await ask(dataDir, { verb: "sync-status" });
    expect(sync.exit_code).toBe(1);
    expect(sync.verdict).toContain("132");
    expect(SyncData.parse(sync.data).last_error).toContain("cloud-unreachable");

    expect((await ask(dataDir, { verb: "devices" })).exit_code).toBe(0);
    desk.reports = [{ ...desk.reports[0]!, state: "offline", fault: "gate-unreachable" }];
    const devices = await ask(dataDir, { verb: "devices" });
    expect(devices).toMatchObject({
      exit_code: 1,
      data: { devices: [{ fault: "gate-unreachable", hint: expect.stringContaining("power") }] },
    });
  });

  test("a fault of the facility is exit code 3, a failed check 2", async () => {
    const dataDir = newFolder();
    const { desk } = await startControl(dataDir);
    desk.level = "fault";
    desk.checks = [{ name: "disk", ok: false, detail: "1 % free", next: "df -h ." }];
    expect((await ask(dataDir, { verb: "status" })).exit_code).toBe(3);
    expect(await ask(dataDir, { verb: "doctor" })).toMatchObject({
      exit_code: 2,
      verdict: "1 of 1 checks failed.",
      data: { checks: [{ next: "df -h ." }] },
    });
  });

  test("a gate opens once for one request, by the technician named", async () => {
    const dataDir = newFolder();
    const { desk } = await startControl(dataDir);
    const request = {
      verb: "gate-open",
      lane_id: "exit-1",
      reason: "arm replaced",
      actor: "chen",
      request_id: "r-12345678",
    };
    const [first, second] = [await ask(dataDir, request), await ask(dataDir, request)];
    expect(first).toMatchObject({ exit_code: 0, data: { decision_id: "d-1" } });
    expect(second).toEqual(first);
    expect(desk.openings).toMatchObject([
      { reason: "arm replaced", actor: { kind: "technician", id: "chen" } },
    ]);

    const nowhere = await ask(dataDir, { ...request, lane_id: "exit-9", request_id: "r-87654321" });
    expect(nowhere).toMatchObject({ exit_code: 2, data: { reason: "unknown-lane" } });
    desk.trouble = new Fault("disk-full", "no space left on device");
    const faulty = await ask(dataDir, { ...request, request_id: "r-99999999" });
    expect(faulty).toMatchObject({ exit_code: 3, data: { reason: "disk-full" } });
  });

  test("a bug is told, and the next request is answered", async () => {
    const dataDir = newFolder();
    const { desk, lines } = await startControl(dataDir);
    desk.trouble = new Error("secret inside");
    const open = {
      verb: "gate-open",
      lane_id: "exit-1",
      reason: "x",
      actor: "c",
      request_id: "12345678",
    };
    const answer = await ask(dataDir, open);
    expect(answer.exit_code).toBe(3);
    expect(JSON.stringify(answer)).not.toContain("secret");
    expect(lines.map(({ event }) => event)).toContain("control bug");
    expect((await ask(dataDir, { verb: "status" })).exit_code).toBe(0);
  });

  test("why an unknown id happened is refused, not invented", async () => {
    const dataDir = newFolder();
    await startControl(dataDir);
    expect((await ask(dataDir, { verb: "why", id: "s-4711" })).exit_code).toBe(0);
    expect((await ask(dataDir, { verb: "why", id: "nothing" })).exit_code).toBe(2);
  });

  test("several requests on one connection are answered in their order", async () => {
    const dataDir = newFolder();
    const { desk } = await startControl(dataDir);
    desk.beforeAnswer = () => new PacedClock().sleep(seconds(0.02));
    const slow = {
      verb: "gate-open",
      lane_id: "exit-1",
      reason: "x",
      actor: "c",
      request_id: "12345678",
    };
    const text = [slow, { verb: "doctor" }]
      .map((request) => `${JSON.stringify(request)}\n`)
      .join("");
    const answers = await exchange(dataDir, text, 2);
    expect(answers.map(({ verdict }) => verdict)).toEqual([
      "Exit 1 opens by hand: x.",
      "All 2 checks passed.",
    ]);
  });

  test.each([
    ["not JSON", "status\n"],
    ["an unknown verb", '{"verb":"close"}\n'],
    ["a list", "[1]\n"],
    ["a gate opening without a reason", '{"verb":"gate-open","lane_id":"exit-1"}\n'],
    ["an endless line", `"${"x".repeat(20_000)}`],
  ])("%s is answered with exit code 64 and opens nothing", async (_what, text) => {
    const dataDir = newFolder();
    const { desk } = await startControl(dataDir);
    const [answer] = await exchange(dataDir, text);
    expect(answer).toMatchObject({ exit_code: 64, data: { reason: "not-understood" } });
    expect(desk.openings).toEqual([]);
  });

  test("a folder nobody may write to is said as it is", async () => {
    const dataDir = newFolder();
    writeFileSync(join(dataDir, "file"), "");
    chmodSync(dataDir, 0o700);
    const control = controlFor(join(dataDir, "file"));
    await expect(control.control.start()).rejects.toThrow(/ENOTDIR|ENOENT|EACCES/);
  });
});

/** Another process that serves the folder; it is gone when the test is. */
async function servingProcess(dataDir: string): Promise<ChildProcess> {
  const script = fileURLToPath(new URL("./control-process.ts", import.meta.url));
  const child = spawn(process.execPath, [script, dataDir], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  await new Promise<void>((resolve) => child.stdout?.once("data", () => resolve()));
  return child;
}

function endOf(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  return new Promise((resolve) => {
    child.once("exit", () => resolve());
    child.kill(signal);
  });
}
