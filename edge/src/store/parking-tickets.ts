import { desc, eq, type InferSelectModel, sql } from "drizzle-orm";
import type { Reader, Tx } from "./book.ts";
import { parkingTickets } from "./parking-ticket-schema.ts";
import { prepared, writerOf } from "./rows.ts";

export type ParkingTicket = Omit<InferSelectModel<typeof parkingTickets>, "state" | "print"> & {
  readonly state: "issued" | "voided" | "used";
  readonly print: "pending" | "printed" | "unknown";
};

const rows = writerOf(parkingTickets);
const statements = prepared((db) => ({
  find: db
    .select()
    .from(parkingTickets)
    .where(eq(parkingTickets.number, sql.placeholder("number")))
    .prepare(),
  ofSession: db
    .select()
    .from(parkingTickets)
    .where(eq(parkingTickets.sessionId, sql.placeholder("sessionId")))
    .orderBy(desc(parkingTickets.number))
    .limit(1)
    .prepare(),
  last: db
    .select({ number: parkingTickets.number })
    .from(parkingTickets)
    .orderBy(desc(parkingTickets.number))
    .limit(1)
    .prepare(),
}));

/** Adds the ticket, or replaces the one with its number, whole. */
export const saveParkingTicket = (tx: Tx, ticket: ParkingTicket): void => rows.save(tx, ticket);

export const findParkingTicket = (reader: Reader, number: number): ParkingTicket | undefined =>
  statements(reader).find.get({ number }) as ParkingTicket | undefined;

/** The session's ticket; the last one, should it have had several. */
export const ticketOfSession = (reader: Reader, sessionId: string): ParkingTicket | undefined =>
  statements(reader).ofSession.get({ sessionId }) as ParkingTicket | undefined;

/** A number that no ticket of this facility has had. */
export const nextTicketNumber = (reader: Reader): number =>
  (statements(reader).last.get()?.number ?? 0) + 1;
