import type { Instant } from "@gatehouse/shared/time";
import { and, eq, gt, inArray, isNull, or, sql } from "drizzle-orm";
import { listEntries, permitPlates, permits, reservations, visitors } from "./access-schema.ts";
import type { Reader } from "./book.ts";
import { prepared } from "./rows.ts";

/** A plate that is written down at the facility, for what, and under whose name. */
export interface NamedPlateRow {
  readonly plate: string;
  readonly kind: "permit" | "visitor" | "reservation" | "allow-list" | "deny-list";
  readonly name: string | null;
}

const at = sql.placeholder("at");

const statements = prepared((db) => ({
  permits: db
    .select({ plate: permitPlates.plate, name: permits.holder })
    .from(permitPlates)
    .innerJoin(permits, eq(permits.permitId, permitPlates.permitId))
    .where(and(eq(permits.revoked, false), gt(permits.validUntil, at)))
    .prepare(),
  visitors: db
    .select({ plate: visitors.plate, name: visitors.name })
    .from(visitors)
    .where(and(eq(visitors.ended, false), gt(visitors.validUntil, at)))
    .prepare(),
  reservations: db
    .select({ plate: reservations.vehicleLicense })
    .from(reservations)
    .where(
      and(
        inArray(reservations.status, ["confirmed", "allocated"]),
        gt(reservations.reservedUntil, at),
      ),
    )
    .prepare(),
  lists: db
    .select({ plate: listEntries.plate, list: listEntries.list, name: listEntries.reason })
    .from(listEntries)
    .where(or(isNull(listEntries.validUntil), gt(listEntries.validUntil, at)))
    .prepare(),
}));

/**
 * Every plate that is written down for something which is not over, whether it holds at this very hour or not. Looks
 * through whole tables: for a person's question, not for a lane's.
 */
export function namedPlates(reader: Reader, now: Instant): NamedPlateRow[] {
  const found = statements(reader);
  const over = { at: now };
  return [
    ...found.permits.all(over).map((row) => ({ ...row, kind: "permit" as const })),
    ...found.visitors.all(over).map((row) => ({ ...row, kind: "visitor" as const })),
    ...found.reservations
      .all(over)
      .map((row) => ({ ...row, kind: "reservation" as const, name: null })),
    ...found.lists.all(over).map(({ plate, list, name }) => ({
      plate,
      kind: `${list}-list` as const,
      name,
    })),
  ];
}
