import { generateKeyPairSync } from "node:crypto";
import { PrinterSim } from "@gatehouse/firmware-sim/devices/printer-sim";
import type { Actor } from "@gatehouse/shared/contracts/actor";
import { defaultTariff } from "@gatehouse/shared/contracts/tariff";
import type { PrintPiece } from "@gatehouse/shared/print-piece";
import { describe, expect, test } from "vitest";
import { keepTariff } from "../../src/store/rights.ts";
import { findParkingTicket } from "../../src/store/parking-tickets.ts";
import { CarPark, type CarParkOptions } from "./car-park.ts";

const { privateKey } = generateKeyPairSync("ed25519");
const ticketKey = privateKey.export({ type: "pkcs8", format: "pem" });
const anna: Actor = { kind: "attendant", id: "anna" };

async function opened(more: CarParkOptions = {}) {
  const equipment: Record<string, { printer?: PrinterSim }> = { "entry-1": {}, "entry-2": {} };
  const park = new CarPark({ ticketKey: String(ticketKey), equipment, ...more });
  const printer = new PrinterSim(park.machine, "printer-1");
  Object.assign(equipment, { "entry-1": { printer } });
  await park.boot();
  return { park, printer };
}

/** A driver presses the button for a ticket. */
async function press(park: CarPark): Promise<void> {
  const button = park.lane("entry-1").inputs.input("ticket");
  button.set(false);
  await park.pass(0.1);
  button.set(true);
  await park.pass(0.1);
  button.set(false);
}

const codeOf = (paper: readonly PrintPiece[] = []): string =>
  paper.flatMap((piece) => (piece.kind === "qr" ? [piece.text] : []))[0] ?? "";
const numberOf = (paper: readonly PrintPiece[] = []): string =>
  paper
    .flatMap((piece) => (piece.kind === "line" ? [piece.text] : []))
    .findLast((text) => /^\d+$/.test(text)) ?? "";

/** A vehicle whose plate nobody can read comes in with a ticket. @returns its paper */
async function comeIn(park: CarPark, printer: PrinterSim): Promise<readonly PrintPiece[]> {
  await park.arrive("entry-1");
  await press(park);
  await park.pass(2);
  await park.cross("entry-1");
  await park.pass(10);
  return printer.papers.at(-1) ?? [];
}

describe("a vehicle without a readable plate", () => {
  test("gets a ticket, and the gate opens only when it is printed", async () => {
    const { park, printer } = await opened();
    await park.arrive("entry-1");
    await press(park);
    await park.pass(1);
    expect(park.commands).toEqual([]);
    expect(park.facts("parking-ticket-issued")).toHaveLength(1);
    await park.pass(1.2);
    expect(printer.papers).toHaveLength(1);
    expect(park.commands).toHaveLength(1);
    await park.cross("entry-1");
    expect(park.sessions).toMatchObject([{ status: "open", vehicleLicense: null }]);
    expect(park.decisions.at(-1)).toMatchObject({ kind: "open", reason: "ticket" });
  });

  test("pays and leaves with its ticket, once", async () => {
    const { park, printer } = await opened();
    const paper = await comeIn(park, printer);
    park.cards("exit-1", true);
    await park.arrive("exit-1");
    expect(await park.facility.parkingTickets.show("exit-1", codeOf(paper), anna)).toMatchObject({
      sentence: "The driver is asked to pay.",
    });
    await park.pass(8);
    await park.cross("exit-1");
    await park.pass(10);
    expect(park.sessions).toMatchObject([{ status: "closed", paymentStatus: "paid" }]);
    expect(park.facts("parking-ticket-used")).toHaveLength(1);
    await park.arrive("exit-2");
    expect(await park.facility.parkingTickets.show("exit-2", codeOf(paper), anna)).toMatchObject({
      reason: "ticket-used",
    });
    expect(park.openings("exit-2")).toBe(0);
    expect(park.alert("attendant-needed")?.details).toMatchObject({ reason: "ticket-used" });
  });

  test("leaves by the number on a ticket that no scanner can read", async () => {
    const { park, printer } = await opened();
    const paper = await comeIn(park, printer);
    await park.arrive("exit-1");
    const shown = await park.facility.parkingTickets.show("exit-1", numberOf(paper), anna);
    expect(shown).toMatchObject({ session_id: park.sessions[0]?.sessionId });
  });

  test("that backs out after its ticket has a ticket that opens nothing", async () => {
    const { park, printer } = await opened();
    await park.arrive("entry-1");
    await press(park);
    await park.pass(2.2);
    await park.backOff("entry-1");
    await park.pass(60);
    expect(park.sessions).toMatchObject([{ status: "cancelled" }]);
    expect(park.facility.parkingTickets.check(codeOf(printer.papers[0]))).toMatchObject({
      reason: "ticket-voided",
    });
  });

  test("that backs out while its ticket is printed opens nothing", async () => {
    const { park } = await opened();
    await park.arrive("entry-1");
    await press(park);
    await park.pass(1);
    await park.backOff("entry-1");
    await park.pass(10);
    expect(park.commands).toEqual([]);
    expect(park.facts("parking-ticket-voided")).toMatchObject([{ reason: "backed-out" }]);
  });

  test("does not come in without a paper; a person is called", async () => {
    const { park, printer } = await opened();
    printer.fault = "printer-no-paper";
    await park.arrive("entry-1");
    await press(park);
    await park.pass(3);
    expect(park.commands).toEqual([]);
    expect(park.sessions).toMatchObject([{ status: "cancelled" }]);
    expect(park.alert("attendant-needed")?.details).toMatchObject({
      reason: "ticket-printer-no-paper",
    });
  });

  test("whose paper may be out waits for a person, who opens for the very ticket", async () => {
    const { park, printer } = await opened();
    printer.fault = "print-unknown";
    await park.arrive("entry-1");
    await press(park);
    await park.pass(3);
    expect(park.commands).toEqual([]);
    await park.facility.openByHand(park.opening("entry-1"));
    await park.cross("entry-1");
    expect(park.sessions).toMatchObject([{ status: "open" }]);
    expect(findParkingTicket(park.book, 1)).toMatchObject({ state: "issued", print: "unknown" });
  });

  test("gets no ticket where the facility is full", async () => {
    const { park, printer } = await opened({ spaces: 2 });
    await park.enter("BGH1", {}, "entry-2");
    await park.enter("BGH2", {}, "entry-2");
    await park.arrive("entry-1");
    await press(park);
    await park.pass(3);
    expect(printer.papers).toEqual([]);
    expect(park.decisions.at(-1)).toMatchObject({ kind: "deny", reason: "facility-full" });
  });

  test("has no two tickets after a power cut between paper and gate", async () => {
    const { park, printer } = await opened();
    await park.enter("BGH1234", {}, "entry-2");
    await park.arrive("entry-1");
    await press(park);
    await park.pass(1);
    await park.restart("killed");
    expect(park.commands).toHaveLength(1);
    await press(park);
    await park.pass(2.2);
    await park.cross("entry-1");
    expect(park.sessions.map(({ status }) => status)).toEqual(["open", "cancelled", "open"]);
    expect([1, 2].map((number) => findParkingTicket(park.book, number)?.state)).toEqual([
      "voided",
      "issued",
    ]);
    expect(park.facility.parkingTickets.check(codeOf(printer.papers.at(-1)))).toMatchObject({
      lane_id: "entry-1",
    });
  });
});

test("a ticket and a plate of two sessions are put before a person", async () => {
  const { park, printer } = await opened();
  const paper = await comeIn(park, printer);
  const other = await park.enter("BGH1234", {}, "entry-2");
  park.cards("exit-1", undefined);
  await park.arrive("exit-1");
  park.read("exit-1", "BGH1234");
  await park.pass(1);
  await park.facility.parkingTickets.show("exit-1", codeOf(paper), anna);
  expect(park.decisions.at(-1)).toMatchObject({ kind: "ask", reason: "several-sessions" });
  expect(park.alert("attendant-needed")?.details["sessions"]).toContain(other.sessionId);
  expect(park.openings("exit-1")).toBe(0);
});

describe("a lost ticket", () => {
  const lost = { reason: "left on the train" };

  test("is no matter where the plate is known: the stay is paid", async () => {
    const { park } = await opened();
    const { sessionId } = await park.enter("BGH1234");
    await park.arrive("exit-1");
    const answer = await park.facility.parkingTickets.lost(
      "exit-1",
      { ...lost, plate: "b-gh 1234" },
      anna,
    );
    expect(answer).toMatchObject({
      session_id: sessionId,
      sentence: "The driver is asked to pay.",
    });
    expect(park.facts("parking-ticket-lost")).toMatchObject([{ found_by: "plate", by: anna }]);
  });

  test("costs the stay since the driver says they came, where the tariff names no price", async () => {
    const { park } = await opened();
    await park.arrive("exit-1");
    expect(await park.facility.parkingTickets.lost("exit-1", lost, anna)).toMatchObject({
      reason: "no-lost-price",
    });
    const enteredAt = new Date(park.machine.now() - 2 * 3_600_000).toISOString();
    park.cards("exit-1", true);
    await park.facility.parkingTickets.lost("exit-1", { ...lost, enteredAt }, anna);
    await park.pass(8);
    await park.cross("exit-1");
    await park.pass(10);
    // Two hours at 2.50.
    expect(park.sessions).toMatchObject([{ status: "closed", totalAmount: 500, paidAmount: 500 }]);
  });

  test("costs the tariff's flat amount where nothing else is known", async () => {
    const { park } = await opened();
    const tariff = {
      ...defaultTariff,
      tariff_id: "city",
      valid_from: "2026-01-01T00:00:00Z",
      lost_ticket: { charge: "flat" as const, price: 25 },
    };
    park.book.write((tx) => keepTariff(tx, tariff));
    park.cards("exit-1", true);
    await park.arrive("exit-1");
    await park.facility.parkingTickets.lost("exit-1", lost, anna);
    await park.pass(8);
    await park.cross("exit-1");
    await park.pass(10);
    expect(park.sessions).toMatchObject([{ status: "closed", paidAmount: 2500 }]);
  });
});

describe("the same press twice", () => {
  test("is one ticket, one claim, one reprint", async () => {
    const { park, printer } = await opened();
    const { parkingTickets, plates } = park.facility;
    await park.arrive("entry-1");
    const both = [1, 2].map(() => parkingTickets.issue("entry-1", anna, "press-00001"));
    await park.pass(3);
    const [first, second] = await Promise.all(both);
    expect(first).toEqual(second);
    expect(await parkingTickets.issue("entry-1", anna, "press-00001")).toEqual(first);
    expect(printer.papers).toHaveLength(1);
    await park.cross("entry-1");
    await park.pass(10);
    expect(park.openings("entry-1")).toBe(1);

    const number = numberOf(printer.papers[0]);
    const again = [1, 2].map(() =>
      parkingTickets.reprint("entry-1", { number, reason: "wet" }, anna, "press-00002"),
    );
    await park.pass(3);
    await Promise.all(again);
    expect(printer.papers).toHaveLength(2);

    await park.arrive("exit-1");
    await parkingTickets.show("exit-1", number, anna, "press-00003");
    expect(await parkingTickets.show("exit-1", number, anna, "press-00003")).toMatchObject({
      sentence: "This was asked already.",
    });
    expect(park.decisions.filter(({ laneId }) => laneId === "exit-1")).toHaveLength(1);
    expect(plates.reviews().reviews).toEqual([]);
  });

  test("is one lost ticket, where the facility has no tickets at all too", async () => {
    const park = await CarPark.open();
    await park.arrive("exit-1");
    const lost = { reason: "lost", enteredAt: "2026-06-01T05:30" };
    const { parkingTickets, plates } = park.facility;
    await parkingTickets.lost("exit-1", lost, anna, "press-00001");
    await parkingTickets.lost("exit-1", lost, anna, "press-00001");
    expect(park.sessions).toHaveLength(1);
    // The facility's clock: 05:30 in Berlin, two hours before.
    expect(park.sessions[0]?.entryTime).toBe(Date.parse("2026-06-01T03:30:00Z"));
    expect(
      await plates.choose("exit-2", { request_id: "press-00002", none: "lost-ticket" }, anna),
    ).toMatchObject({ reason: "nobody-there" });
  });
});
