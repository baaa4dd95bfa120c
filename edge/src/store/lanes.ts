import { desc, eq, type InferSelectModel, sql } from "drizzle-orm";
import type { Reader, Tx } from "./book.ts";
import { laneSettings, laneTransitions } from "./lane-schema.ts";
import { prepared, writerOf } from "./rows.ts";

export type LaneTransition = Omit<InferSelectModel<typeof laneTransitions>, "transitionId">;
export type LaneSetting = InferSelectModel<typeof laneSettings>;

const settingRows = writerOf(laneSettings);
const statements = prepared((db) => ({
  insert: db
    .insert(laneTransitions)
    .values({
      laneId: sql.placeholder("laneId"),
      at: sql.placeholder("at"),
      from: sql.placeholder("from"),
      to: sql.placeholder("to"),
      cause: sql.placeholder("cause"),
      passageId: sql.placeholder("passageId"),
    })
    .prepare(),
  latest: db
    .select()
    .from(laneTransitions)
    .where(eq(laneTransitions.laneId, sql.placeholder("laneId")))
    .orderBy(desc(laneTransitions.transitionId))
    .limit(sql.placeholder("limit"))
    .prepare(),
  drop: db
    .delete(laneTransitions)
    .where(
      sql`rowid in (select rowid from ${laneTransitions} where ${laneTransitions.at} < ${sql.placeholder("before")} limit ${sql.placeholder("limit")})`,
    )
    .prepare(),
  settings: db.select().from(laneSettings).prepare(),
}));

export function insertTransition(tx: Tx, transition: LaneTransition): void {
  tx.step();
  statements(tx).insert.run(transition);
}

/** The newest transitions of a lane, newest first. */
export const listTransitions = (reader: Reader, laneId: string, limit: number): LaneTransition[] =>
  statements(reader).latest.all({ laneId, limit });

/** @returns how many were dropped, at most `limit` */
export function dropTransitionsBefore(tx: Tx, before: number, limit: number): number {
  tx.step();
  return statements(tx).drop.run({ before, limit }).changes;
}

export const listLaneSettings = (reader: Reader): LaneSetting[] =>
  statements(reader).settings.all();

export const saveLaneSetting = (tx: Tx, setting: LaneSetting): void =>
  settingRows.save(tx, setting);
