import { VirtualClock } from "@gatehouse/firmware-sim/virtual-clock";
import { BoardSocket } from "@gatehouse/firmware-sim/wire/board-socket";
import { EscposPrinterSim } from "@gatehouse/firmware-sim/wire/escpos-printer";
import { Pty } from "@gatehouse/firmware-sim/wire/pty";
import type { PrintPiece } from "@gatehouse/shared/print-piece";
import { instantOf, type Instant, seconds } from "@gatehouse/shared/time";
import { describe, expect, onTestFinished, test } from "vitest";
import { EscposPrinter } from "../../../src/adapters/printer/escpos-printer.ts";
import { loadPrinterProfile } from "../../../src/adapters/printer/printer-profile.ts";
import { serialEndpoint, tcpEndpoint } from "../../../src/adapters/wire/endpoints.ts";
import { silentLog, until } from "../mqtt/test-broker.ts";

const ticket: readonly PrintPiece[] = [
  { kind: "line", text: "Parkhaus Süd", style: "title" },
  { kind: "line", text: "2,50 €\u001b@ für 1 h" },
  { kind: "qr", text: "HELLO" },
];
/** The same in code page 858. */
const lines = ["Parkhaus S\u0081d", "2,50 \u00d5@ f\u0081r 1 h"];

describe.each(["socket", "serial line"])("a printer on a %s", (kind) => {
  async function plugged() {
    const side = kind === "socket" ? new BoardSocket(0) : new Pty();
    const sim = new EscposPrinterSim(side);
    await sim.start();
    onTestFinished(() => sim.stop());
    const endpoint =
      side instanceof Pty
        ? serialEndpoint(side.path, 115_200)
        : tcpEndpoint("127.0.0.1", side.port);
    const clock = new VirtualClock(instantOf("2026-03-01T08:00:00Z") as Instant);
    const printer = new EscposPrinter({
      id: "printer-1",
      profile: loadPrinterProfile("epson-80mm"),
      endpoint,
      clock,
      log: silentLog,
      answerMs: 200,
      paperMs: 400,
    });
    await printer.start();
    onTestFinished(() => printer.stop());
    return { sim, printer, clock };
  }

  test("prints one paper for each job, in order, and no text is a command", async () => {
    const { sim, printer } = await plugged();
    await Promise.all([printer.print(ticket), printer.print([{ kind: "line", text: "second" }])]);
    expect(sim.papers).toEqual([
      { lines, codes: ["HELLO"], codePage: 19 },
      { lines: ["second"], codes: [], codePage: 19 },
    ]);
    expect(sim.notUnderstood).toEqual([]);
    expect(printer.report()[0]).toMatchObject({ state: "online", counters: { printed: 2 } });
  });

  test.each([
    ["printer-no-paper", (sim: EscposPrinterSim): void => void (sim.hasPaper = false)],
    ["printer-open", (sim: EscposPrinterSim): void => void (sim.isOpen = true)],
    ["printer-broken", (sim: EscposPrinterSim): void => void (sim.isBroken = true)],
    ["printer-unreachable", (sim: EscposPrinterSim): void => void (sim.fault = "silent")],
  ] as const)("says %s, and has printed nothing", async (code, spoil) => {
    const { sim, printer } = await plugged();
    spoil(sim);
    await expect(printer.print(ticket)).rejects.toMatchObject({ code });
    expect(sim.papers).toEqual([]);
    expect(printer.report()[0]).toMatchObject({
      fault: code,
      counters: { refused: 1, printed: 0 },
    });
  });

  test("does not know what came out when the paper ends in the middle", async () => {
    const { sim, printer } = await plugged();
    sim.linesLeft = 1;
    await expect(printer.print(ticket)).rejects.toMatchObject({ code: "print-unknown" });
    expect(printer.report()[0]?.counters).toMatchObject({ unknown: 1, printed: 0 });
    sim.linesLeft = Number.POSITIVE_INFINITY;
    sim.hasPaper = true;
    await printer.print(ticket);
    expect(printer.report()[0]?.counters).toMatchObject({ unknown: 1, printed: 1 });
  });

  test("hears its answers through noise", async () => {
    const { sim, printer } = await plugged();
    sim.fault = "noise";
    await printer.print(ticket);
    expect(sim.papers).toHaveLength(1);
    expect(printer.report()[0]?.counters["unexpected_bytes"]).toBeGreaterThan(0);
  });

  test("tells that it is away and back without being asked to print", async () => {
    const { sim, printer, clock } = await plugged();
    sim.fault = "silent";
    await clock.advance(seconds(21));
    await until(() => printer.report()[0]?.state === "offline");
    sim.fault = "none";
    await clock.advance(seconds(21));
    await until(() => printer.report()[0]?.state === "online");
    expect(printer.report()[0]?.counters["timeouts"]).toBe(1);
  });
});

test("a connection that breaks in the middle of a paper leaves it unknown, never printed", async () => {
  const side = new BoardSocket(0);
  const sim = new EscposPrinterSim(side);
  await sim.start();
  onTestFinished(() => sim.stop());
  const printer = new EscposPrinter({
    id: "printer-1",
    profile: loadPrinterProfile("clone-1252"),
    endpoint: tcpEndpoint("127.0.0.1", side.port),
    clock: new VirtualClock(instantOf("2026-03-01T08:00:00Z") as Instant),
    log: silentLog,
    answerMs: 200,
    paperMs: 400,
  });
  await printer.start();
  onTestFinished(() => printer.stop());
  sim.fault = "dies";
  await expect(printer.print(ticket)).rejects.toMatchObject({ code: "print-unknown" });
  sim.fault = "none";
  await printer.print(ticket);
  expect(sim.papers).toHaveLength(1);
  expect(sim.papers[0]).toMatchObject({
    codePage: 16,
    lines: ["Parkhaus Süd", "2,50 \u0080@ für 1 h"],
  });
});
