import type { Random } from "@gatehouse/shared/ports/random";
import type { Instant } from "@gatehouse/shared/time";
import type { Entry } from "../../domain/money/entry.ts";
import type { Tx } from "../../store/book.ts";
import { insertPosting } from "../../store/books.ts";

/** What an entry is about; each part that is known is told, so that it can be found again. */
export interface EntryAbout {
  readonly currency: string;
  readonly paymentId?: string | undefined;
  readonly sessionId?: string | undefined;
  /** The shift in whose report it stands. */
  readonly shiftId?: string | undefined;
}

/**
 * Writes an entry into the books and into the ledger, in the transaction of the fact that moved it. An entry
 * without lines (nothing moved) is not written.
 */
export function post(
  tx: Tx,
  random: Random,
  at: Instant,
  { kind, lines }: Entry,
  { currency, paymentId, sessionId, shiftId }: EntryAbout,
): void {
  if (lines.length === 0) return;
  const entryId = random.id();
  const about = {
    paymentId: paymentId ?? null,
    sessionId: sessionId ?? null,
    shiftId: shiftId ?? null,
  };
  for (const [line, posting] of lines.entries()) {
    insertPosting(tx, { entryId, line, at, kind, currency, ...posting, ...about });
  }
  tx.append(at, {
    type: "entry-posted",
    body: {
      entry_id: entryId,
      kind,
      currency,
      payment_id: about.paymentId,
      session_id: about.sessionId,
      shift_id: about.shiftId,
      lines: lines.map(({ account, subject, minor, ratePpm }) => ({
        account,
        subject,
        minor,
        rate_ppm: ratePpm,
      })),
    },
  });
}
