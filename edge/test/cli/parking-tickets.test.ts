import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EscposPrinter } from "@gatehouse/edge/adapters/printer/escpos-printer";
import { loadPrinterProfile } from "@gatehouse/edge/adapters/printer/printer-profile";
import { tcpEndpoint } from "@gatehouse/edge/adapters/wire/endpoints";
import { Control } from "@gatehouse/edge/faces/control";
import type { Desk } from "@gatehouse/edge/flows/desk";
import { Printers } from "@gatehouse/edge/flows/printers-desk";
import { PrinterSim } from "@gatehouse/firmware-sim/devices/printer-sim";
import { BoardSocket } from "@gatehouse/firmware-sim/wire/board-socket";
import { EscposPrinterSim } from "@gatehouse/firmware-sim/wire/escpos-printer";
import { ControlAnswer } from "@gatehouse/shared/contracts/control";
import { ParkingTicketAnswer } from "@gatehouse/shared/contracts/parking-tickets";
import { PacedClock } from "@gatehouse/shared/paced-clock";
import { describe, expect, onTestFinished, test } from "vitest";
import { TestDesk } from "../faces/desk-fixture.ts";
import { logInto } from "../faces/running-kiosk.ts";
import { CarPark } from "../flows/car-park.ts";
import { gatehouse } from "./run-command.ts";

const key = generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" });

/** A daemon's control socket. @returns its data folder */
async function served(desk: Desk): Promise<string> {
  const dataDir = mkdtempSync(join(tmpdir(), "gatehouse-tickets-"));
  onTestFinished(() => rmSync(dataDir, { recursive: true }));
  const control = new Control({ dataDir, desk, clock: new PacedClock(), log: logInto([]) });
  await control.start();
  onTestFinished(() => control.stop());
  return dataDir;
}

/** A facility with one vehicle inside that has a ticket. */
async function parkWithTicket() {
  const equipment: Record<string, { printer?: PrinterSim }> = { "entry-1": {} };
  const park = new CarPark({ ticketKey: String(key), equipment });
  const printer = new PrinterSim(park.machine, "printer-1");
  Object.assign(equipment, { "entry-1": { printer } });
  await park.boot();
  await park.arrive("entry-1");
  const issued = park.facility.parkingTickets.issue("entry-1", { kind: "attendant", id: "anna" });
  await park.pass(2.2);
  await issued;
  await park.cross("entry-1");
  await park.pass(10);
  const texts = printer.papers[0]?.flatMap((piece) => ("text" in piece ? [piece.text] : [])) ?? [];
  const number = texts.find((text) => /^\d{7}$/.test(text)) ?? "";
  const data = await served(park.facility);
  const run = (...args: string[]) => gatehouse("--data", data, "parking-ticket", ...args);
  return { park, printer, number, run };
}

describe("parking-ticket", () => {
  test("check tells whether a ticket holds, by its number or its code", async () => {
    const { printer, number, run } = await parkWithTicket();
    const qr = printer.papers[0]?.find((piece) => piece.kind === "qr");
    const code = qr?.kind === "qr" ? qr.text : "";
    for (const shown of [number, code]) {
      const { code: exit, out } = await run("check", shown);
      expect(exit).toBe(0);
      expect(out).toMatch(/^Ticket \d+ of entry-1 holds\.\nFollow it: npx gatehouse why /);
    }
    const other = code[60] === "A" ? "B" : "A";
    const wrong = await run("check", `${code.slice(0, 60)}${other}${code.slice(61)}`);
    expect(wrong.code).toBe(2);
    expect(wrong.out).toContain("opens nothing");
    expect((await run("check", "9999999", "--json")).out).toContain('"reason":"ticket-');
  });

  test("reprint prints the same ticket at a lane with a printer, and says where there is none", async () => {
    const { park, printer, number, run } = await parkWithTicket();
    expect((await run("reprint", number)).code).toBe(64);
    expect(await run("reprint", number, "--lane", "exit-1", "--reason", "wet")).toMatchObject({
      code: 2,
    });
    const running = run("reprint", number, "--lane", "entry-1", "--reason", "wet", "--json");
    while ((await Promise.race([running, park.pass(0.5)])) === undefined);
    const { code, out } = await running;
    expect(code).toBe(0);
    const { data } = ControlAnswer.parse(JSON.parse(out));
    expect(ParkingTicketAnswer.parse(data).session_id).toBe(park.sessions[0]?.sessionId);
    expect(printer.papers).toHaveLength(2);
    expect(printer.papers[1]).toEqual(printer.papers[0]);
    expect(park.facts("parking-ticket-reprinted")).toMatchObject([
      { lane_id: "entry-1", reason: "wet", by: { kind: "technician", id: "chen" } },
    ]);
  });

  test("lost lets the vehicle at an exit pay by what its driver tells", async () => {
    const { park, run } = await parkWithTicket();
    const told = ["lost", "exit-1", "--entered-at", "2026-06-01T06:00", "--reason", "thrown away"];
    expect((await run(...told)).out).toContain("No vehicle stands at this lane");
    await park.arrive("exit-1");
    expect(await run(...told)).toMatchObject({ code: 0 });
    expect(park.facts("parking-ticket-lost")).toMatchObject([
      { found_by: "entry-time", by: { kind: "technician", id: "chen" } },
    ]);
    expect((await run("lost", "exit-1")).code).toBe(64);
  });
});

test("printer test prints the signs that a wrong code page spoils, and names the printers there are", async () => {
  const side = new BoardSocket(0);
  const sim = new EscposPrinterSim(side);
  await sim.start();
  onTestFinished(() => sim.stop());
  const clock = new PacedClock();
  const printer = new EscposPrinter({
    id: "printer-1",
    profile: loadPrinterProfile("epson-80mm"),
    endpoint: tcpEndpoint("127.0.0.1", side.port),
    clock,
    log: logInto([]),
    answerMs: 1000,
  });
  await printer.start();
  onTestFinished(() => printer.stop());
  const desk = new TestDesk(clock);
  desk.printers = new Printers({ printers: [printer], facilityName: "Süd", clock });
  const data = await served(desk);
  const { code, out } = await gatehouse("--data", data, "printer", "test", "printer-1");
  expect(out).toMatch(/^printer-1 has printed a test page/);
  expect(code).toBe(0);
  // Code page 858: the euro sign at D5, umlauts and sharp s where page 850 has them.
  expect(sim.papers[0]?.lines.join("\n")).toContain("\u00d5 \u0084 \u0094 \u0081 \u00e1 \u008e");
  expect(sim.papers[0]?.codes).toEqual(["GATEHOUSE TEST PRINTER-1"]);
  sim.hasPaper = false;
  const empty = await gatehouse("--data", data, "printer", "test", "printer-1");
  expect(empty.code).toBe(3);
  expect(empty.out).toContain("put in a new roll");
  const unknown = await gatehouse("--data", data, "printer", "test", "printer-9");
  expect(unknown).toMatchObject({ code: 2 });
  expect(unknown.out).toContain("printers: printer-1.");
});
