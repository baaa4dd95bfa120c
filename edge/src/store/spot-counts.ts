import { and, desc, eq, gte, type InferSelectModel, lt, ne, sql } from "drizzle-orm";
import { spotCounts } from "./accuracy-schema.ts";
import type { Reader, Tx } from "./book.ts";
import { prepared, writerOf } from "./rows.ts";

export type SpotCountRow = InferSelectModel<typeof spotCounts>;

const rows = writerOf(spotCounts);
const from = sql.placeholder("from");
const to = sql.placeholder("to");
const countId = sql.placeholder("countId");
const cameraId = sql.placeholder("cameraId");

const isRight = sql`${spotCounts.said} = ${spotCounts.occupied}`;
const score = {
  right: sql<number>`coalesce(sum(${isRight}), 0)`.as("right_ones"),
  wrong: sql<number>`coalesce(sum(${spotCounts.said} <> ${spotCounts.occupied}), 0)`.as(
    "wrong_ones",
  ),
  silent: sql<number>`coalesce(sum(${spotCounts.said} is null), 0)`.as("silent_ones"),
};
const camera = sql<string>`iif(${spotCounts.source} = 'camera', ${spotCounts.sourceId}, '')`;
/** Words about single spaces; a mere number of a whole zone is none. */
const ofSpaces = ne(spotCounts.spaceId, "");
const published = eq(spotCounts.source, "fused");

const statements = prepared((db) => ({
  ofCount: db.select().from(spotCounts).where(eq(spotCounts.countId, countId)).prepare(),
  scores: db
    .select({
      source: spotCounts.source,
      cameraId: camera.as("camera"),
      zoneId: spotCounts.zoneId,
      ...score,
    })
    .from(spotCounts)
    .where(and(ofSpaces, gte(spotCounts.countedAt, from)))
    .groupBy(spotCounts.source, camera, spotCounts.zoneId)
    .prepare(),
  ofCamera: db
    .select(score)
    .from(spotCounts)
    .where(
      and(
        ofSpaces,
        eq(spotCounts.source, "camera"),
        eq(spotCounts.sourceId, cameraId),
        gte(spotCounts.countedAt, from),
        lt(spotCounts.countedAt, to),
      ),
    )
    .prepare(),
  latest: db
    .select({
      countId: spotCounts.countId,
      countedAt: sql<number>`max(${spotCounts.countedAt})`.as("last_at"),
      countedBy: spotCounts.countedBy,
      scope: spotCounts.scope,
      method: spotCounts.method,
      spaces: sql<number>`sum(${spotCounts.spaces})`,
      occupied: sql<number>`sum(${spotCounts.occupied})`,
      said: sql<number | null>`sum(${spotCounts.said})`,
      ...score,
    })
    .from(spotCounts)
    .where(published)
    .groupBy(spotCounts.countId)
    .orderBy(desc(sql`last_at`))
    .limit(sql.placeholder("limit"))
    .prepare(),
  drop: db
    .delete(spotCounts)
    .where(
      sql`rowid in (select rowid from ${spotCounts} where ${spotCounts.countedAt} < ${sql.placeholder("before")} limit ${sql.placeholder("limit")})`,
    )
    .prepare(),
}));

export const insertSpotCount = (tx: Tx, row: SpotCountRow): void => rows.insert(tx, row);

/** Every row of one count; none when there is no such count. */
export const findSpotCount = (reader: Reader, id: string): SpotCountRow[] =>
  statements(reader).ofCount.all({ countId: id });

export interface ScoreRow {
  readonly source: SpotCountRow["source"];
  /** Empty unless the source is a camera. */
  readonly cameraId: string;
  readonly zoneId: string;
  readonly right: number;
  readonly wrong: number;
  readonly silent: number;
}

/** How right each source was about spaces of each zone since then; all sensors together. */
export const scoresSince = (reader: Reader, since: number): ScoreRow[] =>
  statements(reader).scores.all({ from: since });

/** How right one camera was in a time: from inclusive, to exclusive. */
export const scoreOfCamera = (
  reader: Reader,
  id: string,
  since: number,
  until: number,
): Pick<ScoreRow, "right" | "wrong" | "silent"> =>
  statements(reader).ofCamera.get({ cameraId: id, from: since, to: until }) ?? {
    right: 0,
    wrong: 0,
    silent: 0,
  };

/** The counts of last, newest first, as what was published stands against them. */
export const latestSpotCounts = (reader: Reader, limit: number) =>
  statements(reader).latest.all({ limit });

/** Drops counts from before then, at most `limit` rows. @returns how many */
export function dropSpotCountsBefore(tx: Tx, before: number, limit: number): number {
  tx.step();
  return statements(tx).drop.run({ before, limit }).changes;
}
