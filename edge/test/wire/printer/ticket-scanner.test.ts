import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PushScannerSim } from "@gatehouse/firmware-sim/wire/ticket-scanner";
import { seconds } from "@gatehouse/shared/time";
import { describe, expect, onTestFinished, test } from "vitest";
import { ticketKeyIn } from "../../../src/adapters/signing-keys.ts";
import { until } from "../mqtt/test-broker.ts";
import { pluggedLine, pluggedPush } from "./scanner-bench.ts";

const wires = {
  socket: () => pluggedLine("socket"),
  "serial line": () => pluggedLine("serial line"),
  push: () => pluggedPush(),
} as const;

describe.each(["socket", "serial line", "push"] as const)("a scanner on a %s", (kind) => {
  async function plugged() {
    const bench = await wires[kind]();
    const { scanner } = bench;
    const counted = (what: string): number => scanner.report()[0]?.counters[what] ?? 0;
    return { ...bench, counted };
  }

  test("tells each code once, and again when it is shown again", async () => {
    const { sim, heard, clock, counted } = await plugged();
    for (const code of ["ABC", "ABC", "DEF"]) await sim.scan(code);
    await until(() => heard.length === 2);
    expect(counted("repeated")).toBe(1);
    await clock.advance(seconds(4));
    await sim.scan("DEF");
    await until(() => heard.length === 3);
    expect(heard).toEqual(["ABC", "DEF", "DEF"]);
  });

  test("leaves out what scanners put around a code", async () => {
    const { sim, heard } = await plugged();
    await sim.scan("\u0002]Q1ABC\u0003");
    await until(() => heard.length === 1);
    expect(heard).toEqual(["ABC"]);
  });

  test("counts what is no code, and hears the next one", async () => {
    const { sim, heard, counted } = await plugged();
    await sim.scan("AB\u0007C\u00ff\u0080");
    await sim.scan("X".repeat(700));
    await sim.scan("GOOD");
    await until(() => heard.length === 1);
    expect(heard).toEqual(["GOOD"]);
    expect(counted("refused_too_long")).toBe(1);
    const unread = counted("refused_not_text") + counted("refused_malformed");
    expect(unread).toBe(1);
  });

  test("lets no flood through, and is heard again after it", async () => {
    const { sim, heard, clock, counted } = await plugged();
    for (let number = 0; number < 100; number += 1) await sim.scan(`CODE${number}`);
    await until(() => counted("refused_flood") === 90);
    expect(heard).toHaveLength(10);
    await clock.advance(seconds(11));
    await sim.scan("AFTER");
    await until(() => heard.length === 11);
    expect(heard.at(-1)).toBe("AFTER");
  });
});

describe.each(["socket", "serial line"] as const)("a scanner that sends lines on a %s", (kind) => {
  test("is not heard half: what has no end is forgotten", async () => {
    const { sim, scanner, heard, clock } = await pluggedLine(kind);
    await sim.send("AB");
    await sim.send("C\rDEF\nHALF");
    await until(() => heard.length === 2);
    await clock.advance(seconds(3));
    await sim.scan("WHOLE");
    await until(() => heard.length === 3);
    expect(heard).toEqual(["ABC", "DEF", "WHOLE"]);
    expect(scanner.report()[0]?.counters["refused_half_line"]).toBe(1);
  });

  test("counts noise without an end", async () => {
    const { sim, scanner, heard } = await pluggedLine(kind);
    await sim.send("x".repeat(1500));
    await until(() => scanner.report()[0]?.counters["refused_too_long"] === 1);
    await sim.send("END\n");
    await sim.scan("GOOD");
    await until(() => heard.length === 1);
    expect(heard).toEqual(["GOOD"]);
  });

  test("that is pulled out in the middle of a line is told, and comes back", async () => {
    const { sim, scanner, heard } = await pluggedLine(kind);
    await sim.scan("FIRST");
    await sim.send("HAL");
    await until(() => heard.length === 1);
    await sim.stop();
    await until(() => scanner.report()[0]?.state === "offline");
    expect(scanner.report()[0]).toMatchObject({ fault: "wire-unreachable" });
    await sim.start();
    await until(() => sim.isHeard && scanner.report()[0]?.state === "online");
    await sim.scan("AGAIN");
    await until(() => heard.length === 2);
    expect(heard).toEqual(["FIRST", "AGAIN"]);
  });
});

describe("a scanner that pushes", () => {
  test("may push text, JSON or a form, and names the field", async () => {
    const { sim, heard } = await pluggedPush("data");
    await sim.send("ONE\r\n", "text/plain; charset=utf-8");
    await sim.send('{"data":"TWO","at":1}', "application/json");
    await sim.send("device=7&data=THREE", "application/x-www-form-urlencoded");
    await sim.send('"FOUR"', "application/json");
    await sim.send('{"data":1000017}', "application/json");
    expect(sim.answers).toEqual([200, 200, 200, 200, 200]);
    expect(heard).toEqual(["ONE", "TWO", "THREE", "FOUR", "1000017"]);
  });

  test.each([
    ["{", "application/json"],
    ["null", "application/json"],
    ['{"other":"ABC"}', "application/json"],
    ['{"code":{"code":"ABC"}}', "application/json"],
    ["other=ABC", "application/x-www-form-urlencoded"],
    ["", "text/plain"],
    ["\u00ff\u00fe", "text/plain"],
    ["A".repeat(5000), "text/plain"],
  ])("that pushes %j as %s is told what is wrong", async (body, contentType) => {
    const { sim, heard } = await pluggedPush();
    await sim.send(body, contentType);
    await sim.scan("GOOD");
    expect(sim.answers).toEqual([400, 200]);
    expect(heard).toEqual(["GOOD"]);
  });

  test("with another token, or while nobody listens, is not heard", async () => {
    const { sim, scanner, heard, url } = await pluggedPush();
    const stranger = new PushScannerSim(url, "guessed");
    await stranger.scan("ABC");
    expect(stranger.answers).toEqual([401]);
    await scanner.stop();
    await sim.scan("ABC");
    expect(sim.answers).toEqual([503]);
    expect(heard).toEqual([]);
    expect(scanner.report()[0]?.counters).toMatchObject({ refused_token: 1, refused_not_ready: 1 });
  });
});

test("the key that signs tickets is made once, for nobody else to read", () => {
  const folder = mkdtempSync(join(tmpdir(), "gatehouse-key-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const key = ticketKeyIn(folder);
  expect(ticketKeyIn(folder)).toBe(key);
  expect(statSync(join(folder, "ticket-key.pem")).mode & 0o777).toBe(0o600);
});
