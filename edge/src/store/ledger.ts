import { and, asc, desc, eq, gt, type InferSelectModel, sql } from "drizzle-orm";
import type { Reader, Tx } from "./book.ts";
import { prepared, writerOf } from "./rows.ts";
import { ledger, ledgerSubjects } from "./ledger-schema.ts";

export type LedgerRow = InferSelectModel<typeof ledger>;

/** Lines about one id that are told; the oldest, which began it. */
const aboutLimit = 200;

const lines = writerOf(ledger);
const subjects = writerOf(ledgerSubjects);
const statements = prepared((db) => ({
  last: db
    .select({ seq: ledger.seq, hash: ledger.hash })
    .from(ledger)
    .where(eq(ledger.epoch, sql.placeholder("epoch")))
    .orderBy(desc(ledger.seq))
    .limit(1)
    .prepare(),
  after: db
    .select()
    .from(ledger)
    .where(
      and(eq(ledger.epoch, sql.placeholder("epoch")), gt(ledger.seq, sql.placeholder("after"))),
    )
    .orderBy(asc(ledger.seq))
    .limit(sql.placeholder("limit"))
    .prepare(),
  at: db
    .select({ hash: ledger.hash })
    .from(ledger)
    .where(and(eq(ledger.epoch, sql.placeholder("epoch")), eq(ledger.seq, sql.placeholder("seq"))))
    .prepare(),
  dropAfter: db
    .delete(ledger)
    .where(
      and(eq(ledger.epoch, sql.placeholder("epoch")), gt(ledger.seq, sql.placeholder("after"))),
    )
    .prepare(),
  dropSubjectsAfter: db
    .delete(ledgerSubjects)
    .where(
      and(
        eq(ledgerSubjects.epoch, sql.placeholder("epoch")),
        gt(ledgerSubjects.seq, sql.placeholder("after")),
      ),
    )
    .prepare(),
  about: db
    .select({ epoch: ledger.epoch, seq: ledger.seq, text: ledger.text })
    .from(ledgerSubjects)
    .innerJoin(
      ledger,
      and(eq(ledger.epoch, ledgerSubjects.epoch), eq(ledger.seq, ledgerSubjects.seq)),
    )
    .where(eq(ledgerSubjects.subject, sql.placeholder("subject")))
    .orderBy(asc(ledger.epoch), asc(ledger.seq))
    .limit(aboutLimit)
    .prepare(),
}));

/** Only the book calls this: it knows the place and the chain. */
export function appendLine(tx: Tx, line: LedgerRow, about: readonly string[]): void {
  lines.insert(tx, line);
  for (const subject of new Set(about)) {
    subjects.insert(tx, { subject, epoch: line.epoch, seq: line.seq });
  }
}

export const lastLine = (
  reader: Reader,
  epoch: number,
): { seq: number; hash: string } | undefined => statements(reader).last.get({ epoch });

/** The hash of one line; undefined when there is none at that place. */
export const hashAt = (reader: Reader, epoch: number, seq: number): string | undefined =>
  statements(reader).at.get({ epoch, seq })?.hash;

/** Takes the lines after `after` out, to tell them anew in the next epoch. Only the book calls this. */
export function takeLinesAfter(tx: Tx, epoch: number, after: number): LedgerRow[] {
  const taken = statements(tx).after.all({ epoch, after, limit: -1 });
  tx.step();
  statements(tx).dropAfter.run({ epoch, after });
  statements(tx).dropSubjectsAfter.run({ epoch, after });
  return taken;
}

/** Lines after `after` in their order, at most `limit`. */
export const linesAfter = (
  reader: Reader,
  epoch: number,
  after: number,
  limit: number,
): LedgerRow[] => statements(reader).after.all({ epoch, after, limit });

/** Every line that speaks of an id (session, decision, command, payment, passage, alert), oldest first, a bounded number. */
export const linesAbout = (
  reader: Reader,
  subject: string,
): { epoch: number; seq: number; text: string }[] => statements(reader).about.all({ subject });
