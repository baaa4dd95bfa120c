import { generateKeyPairSync } from "node:crypto";
import { PrinterSim } from "@gatehouse/firmware-sim/devices/printer-sim";
import { TicketScannerSim } from "@gatehouse/firmware-sim/devices/ticket-scanner-sim";
import type { Actor } from "@gatehouse/shared/contracts/actor";
import type { FacilityConfig } from "@gatehouse/shared/contracts/facility";
import type { PrintPiece } from "@gatehouse/shared/print-piece";
import { describe, expect, test } from "vitest";
import { CarPark, type CarParkOptions } from "./car-park.ts";
import type { LaneId } from "./small-site.ts";

const key = generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" });
const anna: Actor = { kind: "attendant", id: "anna" };

/** No lane has a plate camera, and each would open for everybody if one failed. */
const withoutCameras = (config: FacilityConfig): FacilityConfig => ({
  ...config,
  lanes: config.lanes.map((lane) => ({
    ...lane,
    readers: [],
    on_failure: { ...lane.on_failure, camera: "open" as const },
  })),
});

async function garage() {
  const equipment: NonNullable<CarParkOptions["equipment"]> = {
    "entry-2": { readers: [] },
    "exit-2": { readers: [] },
  };
  const park = new CarPark({ ticketKey: String(key), equipment, change: withoutCameras });
  const printer = new PrinterSim(park.machine, "printer-1");
  const scanner = new TicketScannerSim("scanner-1");
  Object.assign(equipment, {
    "entry-1": { printer, readers: [] },
    "exit-1": { ticketScanner: scanner, readers: [] },
  });
  await park.boot();
  return { park, printer, scanner };
}

async function comeIn(park: CarPark, printer: PrinterSim): Promise<readonly PrintPiece[]> {
  await park.arrive("entry-1");
  const button = park.lane("entry-1").inputs.input("ticket");
  button.set(false);
  await park.pass(0.1);
  button.set(true);
  await park.pass(2.3);
  button.set(false);
  await park.cross("entry-1");
  await park.pass(10);
  return printer.papers.at(-1) ?? [];
}

const codeOf = (paper: readonly PrintPiece[] | undefined): string =>
  paper?.flatMap((piece) => (piece.kind === "qr" ? [piece.text] : []))[0] ?? "";
const numberOf = (paper: readonly PrintPiece[]): string =>
  paper
    .flatMap((piece) => (piece.kind === "line" ? [piece.text] : []))
    .findLast((text) => /^\d+$/.test(text)) ?? "";

describe("a garage without plate cameras", () => {
  test("lets a vehicle in by the button, and out by its ticket when it has paid", async () => {
    const { park, printer, scanner } = await garage();
    const paper = await comeIn(park, printer);
    expect(park.sessions).toMatchObject([{ status: "open", vehicleLicense: null }]);
    await park.pass(3 * 3600);
    park.cards("exit-1", true);
    await park.arrive("exit-1");
    scanner.scan(codeOf(paper));
    await park.pass(8);
    await park.cross("exit-1");
    await park.pass(12);
    expect(park.sessions).toMatchObject([{ status: "closed", paymentStatus: "paid" }]);
    expect(park.sessions[0]?.paidAmount).toBeGreaterThan(0);
    expect(park.facts("parking-ticket-used")).toHaveLength(1);
    expect([park.openings("entry-1"), park.openings("exit-1")]).toEqual([1, 1]);
    expect(park.alerts).toEqual([]);
  });

  test("lets a driver out whose ticket is lost, by what they tell", async () => {
    const { park, printer, scanner } = await garage();
    await comeIn(park, printer);
    const cameInAt = new Date(park.machine.now()).toISOString();
    await park.pass(2 * 3600);
    park.cards("exit-1", true);
    await park.arrive("exit-1");
    scanner.scan("THE RECEIPT OF A BAKERY");
    await park.pass(1);
    expect(park.alert("attendant-needed")?.details).toMatchObject({ reason: "ticket-malformed" });
    const told = { enteredAt: cameInAt, reason: "thrown away" };
    await park.facility.parkingTickets.lost("exit-1", told, anna);
    await park.pass(8);
    await park.cross("exit-1");
    await park.pass(12);
    expect(park.openings("exit-1")).toBe(1);
    // The one that came in then: nobody is left inside who has gone, and the ticket opens nothing when it is found.
    expect(park.sessions).toMatchObject([{ status: "closed", paymentStatus: "paid" }]);
    expect(park.facts("parking-ticket-lost")).toMatchObject([{ found_by: "entry-time" }]);
    expect(park.facts("parking-ticket-used")).toHaveLength(1);
  });

  test("takes no other driver's session for a lost ticket where two came in at that time", async () => {
    const { park, printer } = await garage();
    for (let vehicle = 0; vehicle < 2; vehicle += 1) await comeIn(park, printer);
    const cameInAt = new Date(park.machine.now()).toISOString();
    await park.pass(3600);
    await park.arrive("exit-1");
    await park.facility.parkingTickets.lost(
      "exit-1",
      { enteredAt: cameInAt, reason: "thrown away" },
      anna,
    );
    const [first, second, lost] = park.sessions;
    expect([first?.status, second?.status]).toEqual(["open", "open"]);
    expect(lost).toMatchObject({ sessionMetadata: { lost_ticket: "since" } });
  });

  test("prints a damaged ticket again: the same ticket, which opens once", async () => {
    const { park, printer, scanner } = await garage();
    const paper = await comeIn(park, printer);
    const again = park.facility.parkingTickets.reprint(
      "entry-1",
      { number: numberOf(paper), reason: "wet" },
      { kind: "attendant", id: "anna" },
    );
    await park.pass(3);
    expect(await again).toMatchObject({ session_id: park.sessions[0]?.sessionId });
    park.cards("exit-1", true);
    await park.arrive("exit-1");
    scanner.scan(codeOf(printer.papers.at(-1)));
    await park.pass(8);
    await park.cross("exit-1");
    await park.pass(12);
    expect(park.sessions).toMatchObject([{ status: "closed" }]);
    await park.arrive("exit-1");
    scanner.scan(codeOf(paper));
    await park.pass(5);
    expect(park.openings("exit-1")).toBe(1);
  });

  test.each(["entry-1", "exit-1", "exit-2"] as const)(
    "calls a person for a driver at %s who takes or shows no ticket, and opens for nobody",
    async (laneId: LaneId) => {
      const { park } = await garage();
      await park.arrive(laneId);
      await park.pass(30);
      expect(park.alert("attendant-needed")?.details).toEqual({ reason: "not-identified" });
      expect(park.openings(laneId)).toBe(0);
    },
  );

  test("names its printers and scanners among the devices", async () => {
    const { park } = await garage();
    const kinds = park.facility.devices().map(({ id, kind, laneId }) => `${id} ${kind} ${laneId}`);
    expect(kinds).toContain("printer-1 printer entry-1");
    expect(kinds).toContain("scanner-1 ticket-scanner exit-1");
  });
});
