import { describe, expect, test } from "vitest";
import { applyDirectives } from "../../src/flows/directives.ts";
import { Tickets } from "../../src/flows/tickets.ts";
import { Book } from "../../src/store/book.ts";
import { linesAfter } from "../../src/store/ledger.ts";
import { findTicket } from "../../src/store/tickets.ts";
import { VirtualClock } from "@gatehouse/firmware-sim/virtual-clock";
import { SeededRandom } from "@gatehouse/firmware-sim/seeded-random";
import { morning } from "./car-park.ts";

const order = {
  ticket_id: "plan-1-2026-06-01",
  equipment_id: "gate-entry-1",
  maintenance_type: "gate",
  description: "Grease the bearings",
  scheduled_at: "2026-06-03T09:00:00.000Z",
  asked_by: "main/ana",
};
const send = (book: Book, number: number, more: Partial<typeof order> = {}) =>
  applyDirectives(
    book,
    { latest: number, directives: [{ number, kind: "work-order", body: { ...order, ...more } }] },
    morning,
    "EUR",
  )[0];
const told = (book: Book) =>
  linesAfter(book, 1, 0, 100)
    .filter(({ type }) => type === "ticket-changed")
    .map(({ text }) => (JSON.parse(text) as { body: Record<string, unknown> }).body);

describe("work that head office asks for", () => {
  test("is a ticket like any other, and head office is told of it", () => {
    const book = new Book(":memory:");
    expect(send(book, 1)).toMatchObject({ result: "applied" });
    expect(findTicket(book, order.ticket_id)).toMatchObject({
      equipmentId: "gate-entry-1",
      status: "scheduled",
      details: { opened_by: "main/ana" },
    });
    expect(told(book)).toMatchObject([{ status: "scheduled", scheduled_at: order.scheduled_at }]);
  });

  test("asked for again is put off, not doubled", () => {
    const book = new Book(":memory:");
    send(book, 1);
    send(book, 2, { scheduled_at: "2026-06-05T09:00:00.000Z" });
    expect(told(book).map(({ scheduled_at }) => scheduled_at)).toEqual([
      order.scheduled_at,
      "2026-06-05T09:00:00.000Z",
    ]);
  });

  test("that was done already is not begun again", () => {
    const book = new Book(":memory:");
    send(book, 1);
    const tickets = new Tickets({
      book,
      clock: new VirtualClock(morning),
      random: new SeededRandom(1),
    });
    const chen = { kind: "technician", id: "chen" } as const;
    tickets.step(order.ticket_id, { step: "complete", done: "greased" }, chen);
    expect(send(book, 2)).toMatchObject({
      result: "not-understood",
      detail: "body.ticket_id: this work was completed already",
    });
  });

  test("under the id of a ticket about something else changes nothing", () => {
    const book = new Book(":memory:");
    send(book, 1);
    expect(send(book, 2, { equipment_id: "gate-exit-1" })).toMatchObject({
      result: "not-understood",
    });
    expect(told(book)).toHaveLength(1);
  });
});
