import { type AccessDesk, accessDesk } from "@gatehouse/edge/flows/access-desk";
import { Book } from "@gatehouse/edge/store/book";
import type { Clock } from "@gatehouse/shared/ports/clock";

/** The real desk of rights over a book in memory. */
export const memoryAccess = (clock: Clock, book = new Book(":memory:")): AccessDesk =>
  accessDesk({ book, clock, calendar: { timezone: "Europe/Berlin", holidays: [] } });
