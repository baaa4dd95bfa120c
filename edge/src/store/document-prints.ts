import { and, eq, ne, sql } from "drizzle-orm";
import type { Reader, Tx } from "./book.ts";
import { prepared, writerOf } from "./rows.ts";
import { documentPrints } from "./shift-schema.ts";

export type DocumentPrint = typeof documentPrints.$inferSelect;

const rows = writerOf(documentPrints);
const statements = prepared((db) => ({
  find: db
    .select()
    .from(documentPrints)
    .where(eq(documentPrints.requestId, sql.placeholder("requestId")))
    .prepare(),
  made: db
    .select({ count: sql<number>`count(*)` })
    .from(documentPrints)
    .where(
      and(
        eq(documentPrints.documentId, sql.placeholder("documentId")),
        ne(documentPrints.outcome, "failed"),
      ),
    )
    .prepare(),
}));

/** Adds one paper, or replaces the one of the same press, whole. */
export const savePrint = (tx: Tx, print: DocumentPrint): void => rows.save(tx, print);

export const findPrint = (reader: Reader, requestId: string): DocumentPrint | undefined =>
  statements(reader).find.get({ requestId });

/** Whether a paper of this document is out, or may be. */
export const isPrinted = (reader: Reader, documentId: string): boolean =>
  (statements(reader).made.get({ documentId })?.count ?? 0) > 0;
