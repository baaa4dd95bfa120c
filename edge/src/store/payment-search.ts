import { desc, eq, inArray, or, sql } from "drizzle-orm";
import type { Reader } from "./book.ts";
import { documents } from "./money-schema.ts";
import type { Payment } from "./payments.ts";
import { prepared } from "./rows.ts";
import { payments, sessions } from "./schema.ts";

const statements = prepared((db) => ({
  named: db
    .select()
    .from(payments)
    .where(
      or(
        inArray(
          payments.sessionId,
          db
            .select({ id: sessions.sessionId })
            .from(sessions)
            .where(eq(sessions.vehicleLicense, sql.placeholder("plate"))),
        ),
        inArray(
          payments.paymentId,
          db
            .select({ id: documents.paymentId })
            .from(documents)
            .where(eq(documents.number, sql.placeholder("number"))),
        ),
        eq(payments.transactionId, sql.placeholder("text")),
      ),
    )
    .orderBy(desc(payments.startedAt))
    .limit(sql.placeholder("limit"))
    .prepare(),
}));

/**
 * Payments of a plate, of a paper's number, or under a terminal's or gateway's own number; newest first.
 *
 * @param text as somebody wrote it
 * @param plate the same as plates are kept
 */
export const paymentsNamed = (
  reader: Reader,
  text: string,
  plate: string,
  limit: number,
): Payment[] =>
  statements(reader).named.all({
    text,
    plate,
    number: /^\d{1,9}$/.test(text) ? Number(text) : -1,
    limit,
  }) as Payment[];
