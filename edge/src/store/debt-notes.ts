import { eq, type InferSelectModel, sql } from "drizzle-orm";
import type { Reader, Tx } from "./book.ts";
import { debtNotes } from "./money-schema.ts";
import { prepared, writerOf } from "./rows.ts";

export type DebtNote = InferSelectModel<typeof debtNotes>;

const rows = writerOf(debtNotes);
const statements = prepared((db) => ({
  ofSession: db
    .select()
    .from(debtNotes)
    .where(eq(debtNotes.sessionId, sql.placeholder("sessionId")))
    .prepare(),
}));

export const saveDebtNote = (tx: Tx, note: DebtNote): void => rows.save(tx, note);

/** What its driver promised; a session has one note at most. */
export const debtNoteOf = (reader: Reader, sessionId: string): DebtNote | undefined =>
  statements(reader).ofSession.get({ sessionId });
