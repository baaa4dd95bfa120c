import { and, desc, eq, gte, type InferSelectModel, lt, ne, sql } from "drizzle-orm";
import type { Reader, Tx } from "./book.ts";
import { shifts } from "./money-schema.ts";
import { prepared, writerOf } from "./rows.ts";

export type Shift = InferSelectModel<typeof shifts>;

const rows = writerOf(shifts);
const statements = prepared((db) => ({
  find: db
    .select()
    .from(shifts)
    .where(eq(shifts.shiftId, sql.placeholder("id")))
    .prepare(),
  openAt: db
    .select()
    .from(shifts)
    .where(and(eq(shifts.drawerId, sql.placeholder("tillId")), ne(shifts.state, "closed")))
    .prepare(),
  openOf: db
    .select()
    .from(shifts)
    .where(and(eq(shifts.operator, sql.placeholder("operator")), ne(shifts.state, "closed")))
    .orderBy(shifts.openedAt)
    .prepare(),
  lastNumber: db
    .select({ number: sql<number>`coalesce(max(${shifts.zNumber}), 0)` })
    .from(shifts)
    .where(eq(shifts.drawerId, sql.placeholder("tillId")))
    .prepare(),
  between: db
    .select()
    .from(shifts)
    .where(
      and(
        gte(shifts.openedAt, sql.placeholder("from")),
        lt(shifts.openedAt, sql.placeholder("to")),
      ),
    )
    .orderBy(desc(shifts.openedAt))
    .limit(sql.placeholder("limit"))
    .prepare(),
}));

/** @throws SqliteError when the drawer has a shift that is not closed: a till has one person at a time */
export const insertShift = (tx: Tx, shift: Shift): void => rows.insert(tx, shift);
export const saveShift = (tx: Tx, shift: Shift): void => rows.save(tx, shift);

export const findShift = (reader: Reader, shiftId: string): Shift | undefined =>
  statements(reader).find.get({ id: shiftId });

/** The shift at a till that is not closed; only one whose state is `open` may take or give money. */
export const unclosedShiftAt = (reader: Reader, tillId: string): Shift | undefined =>
  statements(reader).openAt.get({ tillId });

/** The shift that takes and gives money at a till now; undefined while nobody has one or it is being counted. */
export const openShiftAt = (reader: Reader, tillId: string): Shift | undefined => {
  const shift = unclosedShiftAt(reader, tillId);
  return shift?.state === "open" ? shift : undefined;
};

/** The shifts of one person that are not closed, oldest first. */
export const unclosedShiftsOf = (reader: Reader, operator: string): Shift[] =>
  statements(reader).openOf.all({ operator });

/** The number of a till's next report: no number is left out. */
export const nextZNumber = (reader: Reader, tillId: string): number =>
  (statements(reader).lastNumber.get({ tillId })?.number ?? 0) + 1;

/** Shifts that were opened in a time, newest first. @param to exclusive, milliseconds UTC */
export const shiftsBetween = (reader: Reader, from: number, to: number, limit: number): Shift[] =>
  statements(reader).between.all({ from, to, limit });
