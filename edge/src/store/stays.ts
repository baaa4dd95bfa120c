import { and, eq, gte, type InferSelectModel, isNull, lt, or, sql } from "drizzle-orm";
import type { Reader, Tx } from "./book.ts";
import { prepared, writerOf } from "./rows.ts";
import { stays } from "./observation-schema.ts";

export type Stay = Omit<InferSelectModel<typeof stays>, "durationHours">;

const rows = writerOf(stays);
const statements = prepared((db) => ({
  active: db.select().from(stays).where(eq(stays.status, "active")).prepare(),
  endedBySpace: db
    .select({ spaceId: stays.spaceId, count: sql<number>`count(*)` })
    .from(stays)
    .where(gte(stays.exitTime, sql.placeholder("since")))
    .groupBy(stays.spaceId)
    .prepare(),
  during: db
    .select({ spaceId: stays.spaceId, entryTime: stays.entryTime, exitTime: stays.exitTime })
    .from(stays)
    .where(
      and(
        lt(stays.entryTime, sql.placeholder("to")),
        or(isNull(stays.exitTime), gte(stays.exitTime, sql.placeholder("from"))),
      ),
    )
    .prepare(),
}));

export const saveStay = (tx: Tx, stay: Stay): void => rows.save(tx, stay as never);

/** Stays that have not ended; at most one a space. */
export const listActiveStays = (reader: Reader): Stay[] => statements(reader).active.all();

/** Stays that touch [from, to), for the hourly roll-up. */
export const staysDuring = (
  reader: Reader,
  from: number,
  to: number,
): { spaceId: string; entryTime: number; exitTime: number | null }[] =>
  statements(reader).during.all({ from, to });

/** How many stays have ended since then, by space; spaces without any are left out. */
export const staysEndedBySpace = (
  reader: Reader,
  since: number,
): { spaceId: string; count: number }[] => statements(reader).endedBySpace.all({ since });
