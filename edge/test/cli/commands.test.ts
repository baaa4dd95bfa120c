import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { Control } from "@gatehouse/edge/faces/control";
import { ControlAnswer, DevicesData, StatusData } from "@gatehouse/shared/contracts/control";
import { Fault } from "@gatehouse/shared/fault";
import { PacedClock } from "@gatehouse/shared/paced-clock";
import { earlier, hours } from "@gatehouse/shared/time";
import { TestDesk } from "../faces/desk-fixture.ts";
import { logInto } from "../faces/running-kiosk.ts";
import { gatehouseAt, type Place, type Said } from "./run-command.ts";

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "gh-cli-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A daemon's control socket, as `npm start` lays it out: in `edge` below the data folder. */
async function startDaemon(): Promise<{ data: string; desk: TestDesk }> {
  const data = newFolder();
  const dataDir = join(data, "edge");
  mkdirSync(dataDir);
  const clock = new PacedClock();
  const desk = new TestDesk(clock);
  const control = new Control({ dataDir, desk, clock, log: logInto([]) });
  await control.start();
  onTestFinished(() => control.stop());
  return { data, desk };
}

const run = (args: readonly string[], place: Place = {}): Promise<Said> =>
  gatehouseAt(place, ...args);

const firstLine = ({ out }: Said): string => out.split("\n")[0] ?? "";

describe("gatehouse status", () => {
  test.each([
    ["healthy", 0],
    ["attention", 1],
    ["fault", 3],
  ] as const)(
    "of a facility that is %s begins with the verdict and ends with %i",
    async (level, code) => {
      const { data, desk } = await startDaemon();
      desk.level = level;
      desk.verdict = "This is how it is.";
      const said = await run(["status", "--data", data]);
      expect(said.code).toBe(code);
      expect(firstLine(said)).toBe("This is how it is.");
      expect(said.out.includes("Next: npx gatehouse doctor")).toBe(code !== 0);
      expect(said.out).toContain("exit-1");
    },
  );

  test("as JSON is one object of the contract on one line", async () => {
    const { data } = await startDaemon();
    const said = await run(["status", "--json", "--data", data]);
    expect(said.out).not.toContain("\n");
    StatusData.parse(ControlAnswer.parse(JSON.parse(said.out)).data);
  });

  test("finds the daemon by its own folder, by the one around it, and by GATEHOUSE_DATA", async () => {
    const { data } = await startDaemon();
    expect((await run(["status", "--data", join(data, "edge")])).code).toBe(0);
    expect((await run(["--data", data, "status"])).code).toBe(0);
    expect((await run(["status"], { env: { GATEHOUSE_DATA: data } })).code).toBe(0);
    expect(
      (await run(["status", "--data", newFolder()], { env: { GATEHOUSE_DATA: data } })).code,
    ).toBe(3);
  });

  test("has colours for a person at a terminal and none for a file", async () => {
    const { data } = await startDaemon();
    expect((await run(["status", "--data", data])).out).not.toContain("\u001B");
    expect((await run(["status", "--data", data], { isInteractive: true })).out).toContain(
      "\u001B[32m",
    );
  });
});

describe("gatehouse doctor", () => {
  test("puts the failed check first, with the command to try next", async () => {
    const { data, desk } = await startDaemon();
    desk.checks = [
      ...desk.checks,
      { name: "head office", ok: false, detail: "offline", next: "npx gatehouse sync status" },
    ];
    const said = await run(["doctor", "--data", data]);
    expect(said.code).toBe(2);
    expect(said.out.split("\n").slice(0, 3)).toEqual([
      "1 of 3 checks failed.",
      "■ head office: offline",
      "  Next: npx gatehouse sync status",
    ]);
  });

  test("tells many passed checks of one kind in one line, unless all are asked for", async () => {
    const { data, desk } = await startDaemon();
    const bays = Array.from({ length: 120 }, (_, bay) => ({
      name: `bay-sensor bay-${bay}`,
      ok: bay !== 7,
      detail: bay === 7 ? "stale" : "online",
    }));
    desk.checks = [...desk.checks, ...bays];
    const said = await run(["doctor", "--data", data]);
    expect(said.out.split("\n")).toEqual([
      "1 of 122 checks failed.",
      "■ bay-sensor bay-7: stale",
      "● clock: in step with head office",
      "● disk: 61 GB free",
      "● bay-sensor: 119 checks passed (--all shows them)",
    ]);
    expect((await run(["doctor", "--all", "--data", data])).out.split("\n")).toHaveLength(123);
  });

  test("of a sound facility ends with 0", async () => {
    const { data } = await startDaemon();
    expect(await run(["doctor", "--data", data])).toMatchObject({ code: 0 });
  });
});

describe("gatehouse devices", () => {
  test("shows what is unwell first, how long it has been silent, and what to do", async () => {
    const { data, desk } = await startDaemon();
    const [gate] = desk.reports;
    if (gate === undefined) throw new Error("a gate is expected");
    desk.reports = [
      gate,
      {
        id: "exit-2-gate",
        kind: "gate",
        make: "Moxa E1214 at 10.0.0.9:502",
        laneId: "exit-2",
        state: "offline",
        lastSeen: earlier(new PacedClock().now(), hours(3)),
        fault: "gate-unreachable",
        counters: {},
      },
    ];
    const said = await run(["devices", "--data", data]);
    expect(said.code).toBe(1);
    expect(firstLine(said)).toBe("1 of 2 devices need attention.");
    const [, , head, first] = said.out.split("\n");
    expect(head).toMatch(/^device +kind +lane +state +seen +make +notes$/);
    expect(first).toMatch(/^exit-2-gate +gate +exit-2 +■ offline +3 h +Moxa .* gate-unreachable$/);
    expect(said.out).toContain("Next: The gate's controller does not answer");
  });

  test("leaves out bay sensors that are well, unless all are asked for", async () => {
    const { data } = await startDaemon();
    expect((await run(["devices", "--data", data])).out).toContain(
      "and 1 bay sensors that are well",
    );
    expect((await run(["devices", "--all", "--data", data])).out).toContain("bay-A001");
    const json = await run(["devices", "--json", "--data", data]);
    expect(DevicesData.parse(ControlAnswer.parse(JSON.parse(json.out)).data).devices).toHaveLength(
      2,
    );
  });

  test("a device that calls itself by terminal codes stays text", async () => {
    const { data, desk } = await startDaemon();
    const [gate] = desk.reports;
    if (gate === undefined) throw new Error("a gate is expected");
    desk.reports = [{ ...gate, make: "\u001B[2J\u001B[31mevil\u0007\u202E" }];
    const { out } = await run(["devices", "--data", data], { isInteractive: true });
    expect(out).toContain("evil");
    for (const sign of ["\u001B[2J", "\u001B[31mevil", "\u0007", "\u202E"]) {
      expect(out).not.toContain(sign);
    }
  });
});

describe("gatehouse gate open", () => {
  test("opens once, in the name of the person at the keyboard, and says how to follow it", async () => {
    const { data, desk } = await startDaemon();
    const said = await run(["gate", "open", "exit-1", "--reason", "arm replaced", "--data", data]);
    expect(said.code).toBe(0);
    expect(firstLine(said)).toBe("Exit 1 opens by hand: arm replaced.");
    expect(said.out).toContain("npx gatehouse why d-1");
    expect(desk.openings).toMatchObject([
      { laneId: "exit-1", reason: "arm replaced", actor: { kind: "technician", id: "chen" } },
    ]);
  });

  test("names another person when told to", async () => {
    const { data, desk } = await startDaemon();
    await run(["gate", "open", "exit-1", "--reason", "x", "--actor", "boris", "--data", data]);
    expect(desk.openings[0]?.actor.id).toBe("boris");
  });

  test("tells a refusal with 2 and a fault with 3", async () => {
    const { data, desk } = await startDaemon();
    const open = ["gate", "open", "exit-1", "--reason", "x", "--data", data];
    desk.refusal = { kind: "refused", reason: "lane-locked", sentence: "Exit 1 is locked." };
    expect(await run(open)).toMatchObject({ code: 2, out: "Exit 1 is locked." });
    desk.trouble = new Fault("disk-full", "no space left on device");
    const faulty = await run(open);
    expect(faulty.code).toBe(3);
    expect(faulty.out).toContain("free space");
  });

  test.each([
    ["no reason", ["gate", "open", "exit-1"]],
    ["an empty reason", ["gate", "open", "exit-1", "--reason", " "]],
    ["a reason too long", ["gate", "open", "exit-1", "--reason", "x".repeat(201)]],
    ["no lane", ["gate", "open", "--reason", "x"]],
    ["nobody's name", ["gate", "open", "exit-1", "--reason", "x", "--actor", ""]],
    ["two lanes", ["gate", "open", "exit-1", "exit-2", "--reason", "x"]],
  ])("with %s opens nothing and ends with 64", async (_what, args) => {
    const { data, desk } = await startDaemon();
    const said = await run([...args, "--data", data]);
    expect(said.code).toBe(64);
    expect(said.complaints).toContain("error:");
    expect(desk.openings).toEqual([]);
  });
});

describe("gatehouse why and sync status", () => {
  test("why tells the story of an id, and refuses one it does not know", async () => {
    const { data } = await startDaemon();
    const said = await run(["why", "s-4711", "--data", data]);
    expect(said.code).toBe(0);
    expect(firstLine(said)).toBe("M-AB 1234 entered at Entry 1 and owes 4.50 EUR.");
    expect(said.out).toMatch(/^812 .*Entry 1 opened/m);
    expect((await run(["why", "nothing", "--data", data])).code).toBe(2);
  });

  test("sync status tells what waits", async () => {
    const { data, desk } = await startDaemon();
    expect((await run(["sync", "status", "--data", data])).code).toBe(0);
    desk.sync = { state: "offline", queued: 132, last_ack_at: null };
    const said = await run(["sync", "status", "--data", data]);
    expect(said.code).toBe(1);
    expect(firstLine(said)).toContain("132 facts are kept");
    expect(said.out).toContain("cloud-unreachable");
  });
});

describe("a command that cannot be carried out", () => {
  test("says that no daemon runs, with 3 and the command that starts one", async () => {
    const data = newFolder();
    const said = await run(["status", "--data", data]);
    expect(said.code).toBe(3);
    expect(firstLine(said)).toBe(`No daemon runs on ${data}.`);
    expect(said.out).toContain("npx gatehouse run --config facility.yaml");

    const json = await run(["status", "--json", "--data", data]);
    expect(json.code).toBe(3);
    expect(ControlAnswer.parse(JSON.parse(json.out)).data).toMatchObject({
      reason: "daemon-unreachable",
    });
  });

  test("tells a daemon that has ended from one that never ran", async () => {
    const data = newFolder();
    writeFileSync(join(data, "control.sock"), "");
    expect((await run(["status", "--data", data])).out).toContain("has ended");
  });

  test.each([
    ["nonsense", "hello\n"],
    ["an answer of another shape", '{"ok":true}\n'],
    ["nothing", ""],
  ])("is not fooled by a socket that answers %s", async (_what, text) => {
    const data = newFolder();
    const server = createServer((socket) => socket.end(text));
    await new Promise<void>((resolve) => server.listen(join(data, "control.sock"), resolve));
    onTestFinished(() => void server.close());
    const said = await run(["status", "--json", "--data", data]);
    expect(said.code).toBe(3);
    expect(ControlAnswer.parse(JSON.parse(said.out)).exit_code).toBe(3);
  });

  test.each([
    [["stauts"], "Did you mean status?"],
    [[], "Usage"],
    [["gate"], "Usage"],
    [["status", "--colour"], "unknown option"],
    [["why"], "missing required argument"],
  ])("%j is a mistake of usage", async (args, complaint) => {
    const said = await run(args);
    expect(said.code).toBe(64);
    expect(said.complaints).toContain(complaint);
  });

  test("a mistake of usage with --json is one JSON object too", async () => {
    const said = await run(["why", "--json"]);
    expect(ControlAnswer.parse(JSON.parse(said.out))).toMatchObject({
      exit_code: 64,
      data: { reason: "usage" },
    });
  });

  test("help is no mistake", async () => {
    const said = await run(["--help"]);
    expect(said.code).toBe(0);
    for (const command of ["status", "doctor", "devices", "why", "sync", "gate", "run"]) {
      expect(said.out).toContain(command);
    }
  });
});
