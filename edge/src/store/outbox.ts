import { type Ack, type Batch, batchLineLimit } from "@gatehouse/shared/contracts/batch";
import { type Instant, isoOf } from "@gatehouse/shared/time";
import type { Book, Tx } from "./book.ts";
import { linesAfter } from "./ledger.ts";
import { moveCursor, readCursor } from "./notes.ts";
import { spacesChangedAfter } from "./spaces.ts";

const ackedOf = (epoch: number): string => `acked.${epoch}`;

export interface SyncCursors {
  readonly acknowledged: number;
  readonly spacesThrough: number;
  readonly directivesThrough: number;
}

export const readCursors = (book: Book): SyncCursors => ({
  acknowledged: readCursor(book, ackedOf(book.epoch)),
  spacesThrough: readCursor(book, "spaces"),
  directivesThrough: readCursor(book, "directives"),
});

/** The next upload; without lines and spaces when head office holds everything. */
export function nextBatch(book: Book, facilityId: string, now: Instant, version: string): Batch {
  const { acknowledged, spacesThrough, directivesThrough } = readCursors(book);
  const lines = linesAfter(book, book.epoch, acknowledged, batchLineLimit);
  const changed = spacesChangedAfter(book, spacesThrough);
  return {
    facility_id: facilityId,
    epoch: book.epoch,
    first_seq: acknowledged + 1,
    lines: lines.map(({ text, hash }) => ({ text, hash })),
    spaces_through: changed.at(-1)?.change ?? spacesThrough,
    spaces: changed.map((space) => ({
      space_id: space.spaceId,
      zone_id: space.zone,
      level: space.level,
      space_type: space.spaceType,
      status: space.status,
      changed_at: isoOf(space.lastUpdated as Instant),
      change: space.change,
    })),
    sent_at: isoOf(now),
    directives_through: directivesThrough,
    version,
  };
}

/** Head office holds this much durably: the cursors follow, and never run ahead of the ledger. */
export function acknowledge(tx: Tx, book: Book, ack: Ack): void {
  if (ack.epoch === book.epoch)
    moveCursor(tx, ackedOf(book.epoch), Math.min(ack.acked_seq, book.written));
  moveCursor(tx, "spaces", ack.spaces_through);
}
