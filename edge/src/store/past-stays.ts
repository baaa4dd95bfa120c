import Database from "better-sqlite3";
import { and, asc, gte, inArray, max } from "drizzle-orm";
import { drizzle } from "drizzle-orm/better-sqlite3";
import type { PastStay } from "@gatehouse/shared/tariff/replay";
import { type Duration, earlier, type Instant } from "@gatehouse/shared/time";
import type { VehicleClass } from "@gatehouse/shared/vehicle";
import type { Reader } from "./book.ts";
import { facilities, sessions } from "./schema.ts";

/** A book that is only read, while its daemon may be writing it. */
export interface ReadBook extends Reader {
  close(): void;
}

/** @throws Error of a file that is not there or no book */
export function readBook(path: string): ReadBook {
  const database = new Database(path, { readonly: true, fileMustExist: true });
  return { db: drizzle({ client: database }), close: () => database.close() };
}

/** The zone of the facility whose book it is; UTC of a book that has none yet. */
export function timezoneOf({ db }: Reader): string {
  const [facility] = db.select({ location: facilities.location }).from(facilities).all();
  const timezone: unknown = Object(facility?.location)["timezone"];
  return typeof timezone === "string" ? timezone : "UTC";
}

/** The stays that ended in the time before the last one did, in the order of their ends. */
export function lastStays({ db }: Reader, time: Duration): PastStay[] {
  const ended = inArray(sessions.status, ["closed", "closed-unpaid"]);
  const [last] = db
    .select({ at: max(sessions.exitTime) })
    .from(sessions)
    .where(ended)
    .all();
  const since = earlier((last?.at ?? 0) as Instant, time);
  return db
    .select()
    .from(sessions)
    .where(and(ended, gte(sessions.exitTime, since)))
    .orderBy(asc(sessions.exitTime))
    .all()
    .map((row) => ({
      plate: row.vehicleLicense ?? undefined,
      vehicleClass: row.vehicleClass as VehicleClass,
      entry: row.entryTime as Instant,
      exit: Math.max(row.entryTime, row.exitTime ?? row.entryTime) as Instant,
      charged: row.totalAmount,
      // Nobody knows how long they were here, or a permit paid: a tariff changes nothing.
      isFixed: row.permitId !== null || row.sessionMetadata["lost_ticket"] === "flat",
    }));
}
