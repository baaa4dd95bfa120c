import { bigint, text, timestamp } from "drizzle-orm/pg-core";

/** A moment in time; it leaves PostgreSQL as a `Date`. */
export const moment = () => timestamp({ withTimezone: true, mode: "date" });
/** A whole number as large as JavaScript holds it exactly. */
export const whole = () => bigint({ mode: "number" });
/** Every table's key begins with it. */
export const facilityId = () => text().notNull();
