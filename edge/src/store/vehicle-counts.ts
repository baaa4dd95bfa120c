import { and, desc, eq, gte, type InferSelectModel, lt, sql } from "drizzle-orm";
import type { Reader, Tx } from "./book.ts";
import { prepared, writerOf } from "./rows.ts";
import { counterHours, vehicleCounts } from "./sensor-schema.ts";

export type VehicleCountRow = InferSelectModel<typeof vehicleCounts>;
export type CounterHourRow = InferSelectModel<typeof counterHours>;

const countRows = writerOf(vehicleCounts);
const hourRows = writerOf(counterHours);
const statements = prepared((db) => ({
  sum: db
    .select({
      into: sql<number>`coalesce(sum(${vehicleCounts.into}), 0)`,
      out: sql<number>`coalesce(sum(${vehicleCounts.out}), 0)`,
    })
    .from(vehicleCounts)
    .where(
      and(
        eq(vehicleCounts.zoneId, sql.placeholder("zoneId")),
        gte(vehicleCounts.at, sql.placeholder("from")),
        lt(vehicleCounts.at, sql.placeholder("to")),
      ),
    )
    .prepare(),
  latest: db
    .select()
    .from(counterHours)
    .orderBy(desc(counterHours.hour))
    .limit(sql.placeholder("limit"))
    .prepare(),
  drop: db
    .delete(vehicleCounts)
    .where(
      sql`rowid in (select rowid from ${vehicleCounts} where ${vehicleCounts.receivedAt} < ${sql.placeholder("before")} limit ${sql.placeholder("limit")})`,
    )
    .prepare(),
  dropHours: db
    .delete(counterHours)
    .where(lt(counterHours.hour, sql.placeholder("before")))
    .prepare(),
}));

/** Keeps one message of a counter. @returns false when the same one is already kept */
export const insertVehicleCount = (tx: Tx, row: VehicleCountRow): boolean =>
  countRows.insertNew(tx, row);

/** What all counters of a zone saw in a time: from inclusive, to exclusive. */
export const countedIn = (
  reader: Reader,
  zoneId: string,
  from: number,
  to: number,
): { readonly into: number; readonly out: number } =>
  statements(reader).sum.get({ zoneId, from, to }) ?? { into: 0, out: 0 };

export const saveCounterHour = (tx: Tx, row: CounterHourRow): void => hourRows.save(tx, row);

/** The last hours of all counted zones, newest first. */
export const latestCounterHours = (reader: Reader, limit: number): CounterHourRow[] =>
  statements(reader).latest.all({ limit });

/** Drops messages that came before then, at most `limit`, and hours older than that. @returns how many messages */
export function dropVehicleCountsBefore(tx: Tx, before: number, limit: number): number {
  tx.step();
  statements(tx).dropHours.run({ before });
  return statements(tx).drop.run({ before, limit }).changes;
}
