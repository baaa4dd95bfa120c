import type { BetterSQLite3Database } from "drizzle-orm/better-sqlite3";
import { PlateIndex } from "../domain/plate-index.ts";
import { insideStatuses, type SessionStatus } from "../domain/session.ts";
import type { Reader, Tx } from "./book.ts";

/** What the index is told of a session. */
interface PlatedSession {
  readonly sessionId: string;
  readonly vehicleLicense: string | null;
  readonly status: SessionStatus;
}

const indexes = new WeakMap<BetterSQLite3Database, PlateIndex>();

/**
 * The plates of the vehicles that may be inside, and of those whose exit was only assumed, in memory: made from the
 * book when it is first needed, and following it from then on. What it finds must be looked up in the book.
 *
 * @param all every session that belongs into it
 */
export function knownPlates(reader: Reader, all: () => readonly PlatedSession[]): PlateIndex {
  const known = indexes.get(reader.db);
  if (known !== undefined) return known;
  const index = new PlateIndex();
  for (const session of all()) put(index, session);
  indexes.set(reader.db, index);
  return index;
}

/** A session has changed: once that is durable, the index knows it. */
export function followPlate(tx: Tx, session: PlatedSession): void {
  tx.afterCommit(() => {
    const index = indexes.get(tx.db);
    if (index !== undefined) put(index, session);
  });
}

const kept: readonly SessionStatus[] = [...insideStatuses, "closed-assumed"];

const put = (index: PlateIndex, { sessionId, vehicleLicense, status }: PlatedSession): void =>
  index.put(sessionId, kept.includes(status) ? (vehicleLicense ?? "") : "");
