import { and, desc, eq, type InferSelectModel, sql } from "drizzle-orm";
import type { Reader, Tx } from "./book.ts";
import { documents } from "./money-schema.ts";
import { prepared, writerOf } from "./rows.ts";

export type DocumentRow = InferSelectModel<typeof documents>;

const rows = writerOf(documents);
const statements = prepared((db) => ({
  find: db
    .select()
    .from(documents)
    .where(eq(documents.documentId, sql.placeholder("id")))
    .prepare(),
  byToken: db
    .select()
    .from(documents)
    .where(eq(documents.token, sql.placeholder("token")))
    .prepare(),
  ofPayment: db
    .select()
    .from(documents)
    .where(eq(documents.paymentId, sql.placeholder("paymentId")))
    .orderBy(documents.issuedAt, documents.number)
    .prepare(),
  ofSession: db
    .select()
    .from(documents)
    .where(eq(documents.sessionId, sql.placeholder("sessionId")))
    .orderBy(documents.issuedAt, documents.number)
    .prepare(),
  latest: db
    .select()
    .from(documents)
    .orderBy(desc(documents.issuedAt), sql`rowid desc`)
    .limit(sql.placeholder("limit"))
    .prepare(),
  lastNumber: db
    .select({ number: sql<number>`coalesce(max(${documents.number}), 0)` })
    .from(documents)
    .where(
      and(
        eq(documents.deviceId, sql.placeholder("deviceId")),
        eq(documents.kind, sql.placeholder("kind")),
      ),
    )
    .prepare(),
  ofNumber: db
    .select()
    .from(documents)
    .where(
      and(
        eq(documents.deviceId, sql.placeholder("deviceId")),
        eq(documents.kind, sql.placeholder("kind")),
        eq(documents.number, sql.placeholder("number")),
      ),
    )
    .prepare(),
  countCopy: db
    .update(documents)
    .set({ reprints: sql`${documents.reprints} + 1` })
    .where(eq(documents.documentId, sql.placeholder("id")))
    .returning({ reprints: documents.reprints })
    .prepare(),
}));

/** Adds a document; it is never changed. @throws SqliteError when its number is taken */
export const insertDocument = (tx: Tx, document: DocumentRow): void => rows.insert(tx, document);

/** One more copy was made. @returns how many there are now, beside the first paper */
export function countCopy(tx: Tx, documentId: string): number {
  tx.step();
  return statements(tx).countCopy.get({ id: documentId })?.reprints ?? 0;
}

export const findDocument = (reader: Reader, documentId: string): DocumentRow | undefined =>
  statements(reader).find.get({ id: documentId });

/** The document that has this number in the series of its device and kind. */
export const documentOfNumber = (
  reader: Reader,
  of: Pick<DocumentRow, "deviceId" | "kind" | "number">,
): DocumentRow | undefined => statements(reader).ofNumber.get(of);

/** The document that a code on paper leads to. */
export const documentByToken = (reader: Reader, token: string): DocumentRow | undefined =>
  statements(reader).byToken.get({ token });

/** What was issued for a payment, oldest first. */
export const documentsOfPayment = (reader: Reader, paymentId: string): DocumentRow[] =>
  statements(reader).ofPayment.all({ paymentId });

/** What was issued for a session, oldest first. */
export const documentsOfSession = (reader: Reader, sessionId: string): DocumentRow[] =>
  statements(reader).ofSession.all({ sessionId });

/** What was issued last, newest first. */
export const latestDocuments = (reader: Reader, limit: number): DocumentRow[] =>
  statements(reader).latest.all({ limit });

/** The next number of a kind at a device: each kind counts for itself, and no number is left out. */
export const nextDocumentNumber = (
  reader: Reader,
  deviceId: string,
  kind: DocumentRow["kind"],
): number => (statements(reader).lastNumber.get({ deviceId, kind })?.number ?? 0) + 1;
