import { and, asc, desc, eq, type InferSelectModel, sql } from "drizzle-orm";
import type { Account } from "../domain/money/chart.ts";
import type { Reader, Tx } from "./book.ts";
import { postings } from "./money-schema.ts";
import { prepared, writerOf } from "./rows.ts";

export type PostingRow = InferSelectModel<typeof postings>;

export interface Balance {
  readonly account: Account;
  readonly subject: string | null;
  readonly minor: number;
}

const rows = writerOf(postings);
const sum = sql<number>`coalesce(sum(${postings.minor}), 0)`;
const statements = prepared((db) => ({
  ofSubject: db
    .select({ minor: sum })
    .from(postings)
    .where(
      and(
        eq(postings.account, sql.placeholder("account")),
        eq(postings.subject, sql.placeholder("subject")),
      ),
    )
    .prepare(),
  byAccount: db
    .select({ account: postings.account, minor: sum })
    .from(postings)
    .groupBy(postings.account)
    .orderBy(asc(postings.account))
    .prepare(),
  bySubject: db
    .select({ account: postings.account, subject: postings.subject, minor: sum })
    .from(postings)
    .where(eq(postings.account, sql.placeholder("account")))
    .groupBy(postings.subject)
    .having(sql`sum(${postings.minor}) <> 0`)
    .prepare(),
  latestOf: db
    .select()
    .from(postings)
    .where(
      and(
        eq(postings.account, sql.placeholder("account")),
        eq(postings.subject, sql.placeholder("subject")),
      ),
    )
    .orderBy(desc(postings.at), desc(sql`rowid`))
    .limit(sql.placeholder("limit"))
    .prepare(),
  ofShift: db
    .select()
    .from(postings)
    .where(eq(postings.shiftId, sql.placeholder("shiftId")))
    .orderBy(asc(postings.at), asc(postings.entryId), asc(postings.line))
    .prepare(),
}));

/** Only `post` (flows/money/posting.ts) calls this: it balances the lines and tells the ledger. */
export const insertPosting = (tx: Tx, row: PostingRow): void => rows.insert(tx, row);

/** What an account says of one subject: debits less credits. */
export const balanceOf = (reader: Reader, account: Account, subject: string): number =>
  statements(reader).ofSubject.get({ account, subject })?.minor ?? 0;

/** Every account that was ever posted to, debits less credits; they sum to nothing. */
export const trialBalance = (reader: Reader): { account: Account; minor: number }[] =>
  statements(reader).byAccount.all();

/** What an account says of each of its subjects; those at zero are left out. */
export const balancesBySubject = (reader: Reader, account: Account): Balance[] =>
  statements(reader).bySubject.all({ account });

export const postingsOfShift = (reader: Reader, shiftId: string): PostingRow[] =>
  statements(reader).ofShift.all({ shiftId });

/** What was posted to one subject of an account, newest first. */
export const latestPostingsOf = (
  reader: Reader,
  account: Account,
  subject: string,
  limit: number,
): PostingRow[] => statements(reader).latestOf.all({ account, subject, limit });
