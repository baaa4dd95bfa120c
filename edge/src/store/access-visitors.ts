import { and, asc, eq, gt, type InferSelectModel, sql } from "drizzle-orm";
import type { Instant } from "@gatehouse/shared/time";
import { visitors } from "./access-schema.ts";
import type { Reader, Tx } from "./book.ts";
import { prepared, writerOf } from "./rows.ts";
import { sessions } from "./schema.ts";

export type VisitorRow = InferSelectModel<typeof visitors>;

const rows = writerOf(visitors);
const statements = prepared((db) => ({
  one: db
    .select()
    .from(visitors)
    .where(eq(visitors.visitorId, sql.placeholder("visitorId")))
    .prepare(),
  ofPlate: db
    .select()
    .from(visitors)
    .where(eq(visitors.plate, sql.placeholder("plate")))
    .orderBy(asc(visitors.visitorId))
    .prepare(),
  entries: db
    .select({ count: sql<number>`count(*)` })
    .from(sessions)
    .where(
      and(
        eq(sessions.permitId, sql.placeholder("visitorId")),
        sql`${sessions.status} <> 'cancelled'`,
      ),
    )
    .prepare(),
  own: db
    .select({ count: sql<number>`count(*)` })
    .from(visitors)
    .where(and(eq(visitors.owner, "facility"), gt(visitors.validUntil, sql.placeholder("at"))))
    .prepare(),
  found: db
    .select()
    .from(visitors)
    .where(
      and(
        eq(visitors.ended, false),
        gt(visitors.validUntil, sql.placeholder("at")),
        sql`instr(lower(${visitors.plate} || ' ' || ${visitors.name} || ' ' || coalesce(${visitors.host}, '')), ${sql.placeholder("text")}) > 0`,
      ),
    )
    .orderBy(asc(visitors.validFrom), asc(visitors.visitorId))
    .limit(sql.placeholder("limit"))
    .prepare(),
}));

export const saveVisitor = (tx: Tx, row: VisitorRow): void => rows.save(tx, row);

export const findVisitor = (reader: Reader, visitorId: string): VisitorRow | undefined =>
  statements(reader).one.get({ visitorId });

export const visitorsOf = (reader: Reader, plate: string): VisitorRow[] =>
  statements(reader).ofPlate.all({ plate });

/** How often the visitor has come in or is on the way in: every session but those that came to nothing. */
export const countVisits = (reader: Reader, visitorId: string): number =>
  statements(reader).entries.get({ visitorId })?.count ?? 0;

/** Visitors of the facility's own that may still come. */
export const countOwnVisitors = (reader: Reader, at: Instant): number =>
  statements(reader).own.get({ at })?.count ?? 0;

/** Visitors that may still come, soonest first. @param text part of a plate, name or host in lower case; empty: all */
export const searchVisitors = (
  reader: Reader,
  text: string,
  at: Instant,
  limit: number,
): VisitorRow[] => statements(reader).found.all({ text, at, limit });
