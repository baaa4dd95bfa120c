import { eq, sql } from "drizzle-orm";
import type { Reader, Tx } from "./book.ts";
import { prepared, writerOf } from "./rows.ts";
import { notes } from "./schema.ts";

const rows = writerOf(notes);
const statements = prepared((db) => ({
  find: db
    .select()
    .from(notes)
    .where(eq(notes.name, sql.placeholder("name")))
    .prepare(),
}));

/** A small durable value by name, as JSON-readable text. */
export const readNote = (reader: Reader, name: string): string | undefined =>
  statements(reader).find.get({ name })?.value;

export function saveNote(tx: Tx, name: string, value: string | number): void {
  rows.save(tx, { name, value: String(value) });
}

/** A cursor that only moves forward. @returns where it stands now */
export function moveCursor(tx: Tx, name: string, to: number): number {
  const at = readCursor(tx, name);
  if (to <= at) return at;
  saveNote(tx, name, to);
  return to;
}

export const readCursor = (reader: Reader, name: string): number =>
  Number(readNote(reader, name) ?? 0);

/** Up to which change of a space head office has been told. */
export const spacesCursor = "spaces";
