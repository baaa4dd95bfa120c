import type { CloudLink } from "@gatehouse/shared/ports/cloud-link";
import type { Log } from "@gatehouse/shared/ports/log";
import type { Instant } from "@gatehouse/shared/time";
import type { Book } from "../store/book.ts";
import { hashAt } from "../store/ledger.ts";
import { readCursors } from "../store/outbox.ts";

export interface LedgerPlaceDeps {
  readonly book: Book;
  readonly link: CloudLink;
  readonly log: Log;
  readonly now: () => Instant;
  /** Whether the answer still matters: nothing is written after the end. */
  readonly isOver: () => boolean;
}

/**
 * Compares this book with what head office holds of it, before the first batch of a life. A book that was restored
 * from a copy lacks lines that its predecessor has sent, and may have written others in their places meanwhile: it then
 * begins the next epoch, so that no number is ever used twice and nothing written is lost. A book that is as head
 * office knows it, and one whose head office has lost lines, goes on as it is.
 *
 * @throws Fault as the link: nothing is known then, and nothing may be sent
 */
export async function settlePlace(deps: LedgerPlaceDeps): Promise<void> {
  const { book, link, log, now, isOver } = deps;
  const { epoch, written } = book;
  const likely = readCursors(book).acknowledged;
  const held = await link.heldAt(epoch, likely);
  if (held === undefined || isOver()) return;
  const isPresent = held.epoch <= epoch;
  const isAsAcknowledged = held.acked_seq === likely && isSame(book, likely, held.hash);
  if (isPresent && isAsAcknowledged) return;
  const shared = await lastShared(deps, Math.min(held.acked_seq, written));
  if (shared === undefined || isOver()) return;
  if (isPresent && shared === held.acked_seq) return;
  const next = Math.max(held.epoch, epoch) + 1;
  book.beginEpoch(next, shared, held.acked_seq - shared, now());
  log.warn("ledger-epoch-begun", { epoch: next, after: `${epoch}/${shared}` });
}

/** The last line that both hold alike. The hashes are a chain: once they differ they differ to the end. */
async function lastShared(
  { book, link, isOver }: LedgerPlaceDeps,
  most: number,
): Promise<number | undefined> {
  let [shared, open] = [0, most];
  while (shared < open) {
    // The end first: mostly all of it is shared.
    const middle = open === most ? most : Math.ceil((shared + open) / 2);
    const held = await link.heldAt(book.epoch, middle);
    if (held === undefined || isOver()) return undefined;
    if (isSame(book, middle, held.hash)) shared = middle;
    else open = middle - 1;
  }
  return shared;
}

/** Before the first line all ledgers are alike. */
const isSame = (book: Book, seq: number, hash: string | null): boolean =>
  seq === 0 || hashAt(book, book.epoch, seq) === hash;
