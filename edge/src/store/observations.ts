import { and, desc, eq, type InferSelectModel, lte, sql } from "drizzle-orm";
import type { Reader, Tx } from "./book.ts";
import { prepared, writerOf } from "./rows.ts";
import { observations, sources } from "./observation-schema.ts";

export type SourceRow = InferSelectModel<typeof sources>;
export type ObservationRow = InferSelectModel<typeof observations>;

const observationRows = writerOf(observations);
const sourceRows = writerOf(sources);
const statements = prepared((db) => ({
  sources: db.select().from(sources).prepare(),
  wordBefore: db
    .select({ occupied: observations.occupied })
    .from(observations)
    .where(
      and(
        eq(observations.sourceId, sql.placeholder("sourceId")),
        eq(observations.spaceId, sql.placeholder("spaceId")),
        lte(observations.receivedAt, sql.placeholder("at")),
      ),
    )
    .orderBy(desc(observations.receivedAt))
    .limit(1)
    .prepare(),
  drop: db
    .delete(observations)
    .where(
      sql`rowid in (select rowid from ${observations} where ${observations.receivedAt} < ${sql.placeholder("before")} limit ${sql.placeholder("limit")})`,
    )
    .prepare(),
}));

/** Keeps one raw observation. @returns false when the same (source, boot, sequence) is already kept */
export const insertObservation = (tx: Tx, row: ObservationRow): boolean =>
  observationRows.insertNew(tx, row);

export const saveSource = (tx: Tx, row: SourceRow): void => sourceRows.save(tx, row);

/** The last word of every source; fused occupancy is rebuilt from it. */
export const listSources = (reader: Reader): SourceRow[] => statements(reader).sources.all();

/** What a source had said of a space by then; undefined when nothing is kept. */
export const wordBefore = (
  reader: Reader,
  sourceId: string,
  spaceId: string,
  at: number,
): boolean | undefined => statements(reader).wordBefore.get({ sourceId, spaceId, at })?.occupied;

/** Drops the observations that arrived before then, at most `limit`. @returns how many */
export function dropObservationsBefore(tx: Tx, before: number, limit: number): number {
  tx.step();
  return statements(tx).drop.run({ before, limit }).changes;
}
