import { Plates } from "@gatehouse/edge/flows/plates";
import { Book } from "@gatehouse/edge/store/book";
import { insertSession, type Session } from "@gatehouse/edge/store/sessions";
import type { Clock } from "@gatehouse/shared/ports/clock";

/** The plates of a facility without lanes: who is inside stands in a book in memory. */
export const platesOf = (clock: Clock, book = new Book(":memory:")): Plates =>
  new Plates({
    book,
    clock,
    steady: { now: () => clock.monotonic() },
    lanes: [],
    grantOf: () => undefined,
    changed: () => {},
  });

/** A session of a vehicle that is inside. */
export function putInside(
  book: Book,
  session: Pick<Session, "sessionId" | "vehicleLicense">,
): void {
  book.write((tx) =>
    insertSession(tx, {
      spaceId: null,
      rawPlate: session.vehicleLicense ?? "",
      vehicleClass: "car",
      entryTime: Date.parse("2026-06-01T05:30:00Z"),
      exitTime: null,
      status: "open",
      totalAmount: 0,
      paidAmount: 0,
      paymentStatus: "none",
      sessionMetadata: {},
      entryLane: "entry-1",
      exitLane: null,
      entrySteady: 0,
      tariffId: "default",
      tariffVersion: 1,
      permitId: null,
      quotedDue: null,
      quotedTotal: null,
      quoteUntilSteady: null,
      graceUntilSteady: null,
      billing: null,
      ...session,
    }),
  );
}
