import { eq, type InferSelectModel, inArray, isNotNull, isNull, sql } from "drizzle-orm";
import type { Reader, Tx } from "./book.ts";
import { prepared, writerOf } from "./rows.ts";
import { decisions, gateCommands, passages, plateReads } from "./passage-schema.ts";

export type Passage = InferSelectModel<typeof passages>;
export type DecisionRow = InferSelectModel<typeof decisions>;
export type GateCommand = InferSelectModel<typeof gateCommands>;
export type PlateReadRow = InferSelectModel<typeof plateReads>;

const passageRows = writerOf(passages);
const decisionRows = writerOf(decisions);
const commandRows = writerOf(gateCommands);
const readRows = writerOf(plateReads);

const statements = prepared((db) => ({
  unended: db.select().from(passages).where(isNull(passages.outcome)).prepare(),
  ended: db
    .select()
    .from(passages)
    .where(isNotNull(passages.outcome))
    .orderBy(sql`rowid desc`)
    .limit(sql.placeholder("limit"))
    .prepare(),
  byRequest: db
    .select()
    .from(decisions)
    .where(eq(decisions.requestId, sql.placeholder("requestId")))
    .prepare(),
  command: db
    .select()
    .from(gateCommands)
    .where(eq(gateCommands.commandId, sql.placeholder("id")))
    .prepare(),
  unanswered: db
    .select()
    .from(gateCommands)
    .where(inArray(gateCommands.result, ["asked"]))
    .prepare(),
  dropReads: db
    .delete(plateReads)
    .where(
      sql`rowid in (select rowid from ${plateReads} where ${plateReads.receivedAt} < ${sql.placeholder("before")} limit ${sql.placeholder("limit")})`,
    )
    .prepare(),
}));

export const insertPassage = (tx: Tx, passage: Passage): void => passageRows.insert(tx, passage);
export const savePassage = (tx: Tx, passage: Passage): void => passageRows.save(tx, passage);
/** Passages that a crash left without an outcome. */
export const listUnended = (reader: Reader): Passage[] => statements(reader).unended.all();

/** The newest passages of all lanes that have ended, newest first. */
export const listEnded = (reader: Reader, limit: number): Passage[] =>
  statements(reader).ended.all({ limit });

export const insertDecision = (tx: Tx, decision: DecisionRow): void =>
  decisionRows.insert(tx, decision);
export const findDecisionByRequest = (reader: Reader, requestId: string): DecisionRow | undefined =>
  statements(reader).byRequest.get({ requestId });

/** One command a decision: the unique key on the decision makes a second opening impossible. */
export const insertCommand = (tx: Tx, command: GateCommand): void =>
  commandRows.insert(tx, command);
export const saveCommand = (tx: Tx, command: GateCommand): void => commandRows.save(tx, command);
export const findCommand = (reader: Reader, id: string): GateCommand | undefined =>
  statements(reader).command.get({ id });
export const listUnanswered = (reader: Reader): GateCommand[] =>
  statements(reader).unanswered.all();

/** @returns false when this read was answered before: then nothing may happen again */
export const insertRead = (tx: Tx, read: PlateReadRow): boolean => readRows.insertNew(tx, read);
/** Drops the reads that arrived before then, at most `limit`. @returns how many */
export function dropReadsBefore(tx: Tx, before: number, limit: number): number {
  tx.step();
  return statements(tx).dropReads.run({ before, limit }).changes;
}
