import {
  type Ack,
  type Batch,
  batchLineLimit,
  type FacilityCard,
} from "@gatehouse/shared/contracts/batch";
import { type Instant, isoOf } from "@gatehouse/shared/time";
import type { Book, Tx } from "./book.ts";
import { linesAfter } from "./ledger.ts";
import { readCursor, saveNote, spacesCursor } from "./notes.ts";
import { spacesChangedAfter } from "./spaces.ts";

/** At most this many changed spaces travel together. */
const spacesPerBatch = 2000;

const ackedOf = (epoch: number): string => `acked.${epoch}`;

export interface SyncCursors {
  readonly acknowledged: number;
  readonly spacesThrough: number;
  readonly directivesThrough: number;
}

export const readCursors = (book: Book): SyncCursors => ({
  acknowledged: readCursor(book, ackedOf(book.epoch)),
  spacesThrough: readCursor(book, spacesCursor),
  directivesThrough: readCursor(book, "directives"),
});

export interface Sender {
  readonly facilityId: string;
  readonly facility: FacilityCard;
  readonly version: string;
}

export interface BatchBounds {
  /** A batch that is still under way: what follows it. Left out: what follows what head office holds. */
  readonly after?: Batch | undefined;
  /** So many lines at most. */
  readonly linesMax?: number;
}

/** The next upload; without lines and spaces when head office holds everything. */
export function nextBatch(
  book: Book,
  sender: Sender,
  now: Instant,
  { after, linesMax = batchLineLimit }: BatchBounds = {},
): Batch {
  const cursors = readCursors(book);
  const { directivesThrough } = cursors;
  const acknowledged = after === undefined ? cursors.acknowledged : lastSeqOf(after);
  const spacesThrough = after?.spaces_through ?? cursors.spacesThrough;
  const lines = linesAfter(book, book.epoch, acknowledged, linesMax);
  const changed = spacesChangedAfter(book, spacesThrough, spacesPerBatch);
  return {
    facility_id: sender.facilityId,
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
    version: sender.version,
    written_seq: book.written,
    facility: sender.facility,
  };
}

/** The sequence of a batch's last line; of the line before it, where it brings none. */
export const lastSeqOf = (batch: Batch): number => batch.first_seq - 1 + batch.lines.length;

/** Whether a batch is as large as it may be, so that more is likely waiting. */
export const isFull = (batch: Batch, linesMax = batchLineLimit): boolean =>
  batch.lines.length === linesMax || batch.spaces.length === spacesPerBatch;

/**
 * Head office holds this much durably: the cursors follow, back as well, because an office that was restored
 * from a copy asks for what it has lost. They never run ahead of the ledger.
 */
export function acknowledge(tx: Tx, book: Book, ack: Ack): void {
  if (ack.epoch !== book.epoch) return;
  saveNote(tx, ackedOf(book.epoch), Math.min(ack.acked_seq, book.written));
  saveNote(tx, spacesCursor, ack.spaces_through);
}
