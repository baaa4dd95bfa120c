import { and, asc, eq, gte, lt, sql } from "drizzle-orm";
import type { Reader } from "./book.ts";
import type { PostingRow } from "./books.ts";
import { documents, postings } from "./money-schema.ts";
import { prepared } from "./rows.ts";

const key = sql`(${postings.at}, ${postings.entryId}, ${postings.line})`;
const statements = prepared((db) => ({
  after: db
    .select()
    .from(postings)
    .where(
      and(
        gte(postings.at, sql.placeholder("fromAt")),
        lt(postings.at, sql.placeholder("to")),
        sql`${key} > (${sql.placeholder("at")}, ${sql.placeholder("entryId")}, ${sql.placeholder("line")})`,
      ),
    )
    .orderBy(asc(postings.at), asc(postings.entryId), asc(postings.line))
    .limit(sql.placeholder("limit"))
    .prepare(),
  receipt: db
    .select({ deviceId: documents.deviceId, number: documents.number })
    .from(documents)
    .where(
      and(eq(documents.paymentId, sql.placeholder("paymentId")), eq(documents.kind, "receipt")),
    )
    .limit(1)
    .prepare(),
}));

/** A place in the journal: everything up to this line has been read. */
export interface JournalPlace {
  readonly at: number;
  readonly entryId: string;
  readonly line: number;
}

/**
 * Lines of the books after a place and before a time, in the journal's order. A page costs the same wherever it
 * lies.
 *
 * @param to exclusive, milliseconds UTC
 */
export const postingsAfter = (
  reader: Reader,
  place: JournalPlace,
  to: number,
  limit: number,
): PostingRow[] => statements(reader).after.all({ ...place, fromAt: place.at, to, limit });

/** The receipt of a payment as people name it; undefined where there is none. */
export function receiptNameOf(reader: Reader, paymentId: string): string | undefined {
  const found = statements(reader).receipt.get({ paymentId });
  return found && `${found.deviceId}-${found.number}`;
}
