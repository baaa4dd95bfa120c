import {
  DocumentBody,
  type DocumentContent,
  type DocumentIssuer,
} from "@gatehouse/shared/contracts/documents";
import type { DocumentKind } from "@gatehouse/shared/contracts/money-terms";
import type { Random } from "@gatehouse/shared/ports/random";
import type { Instant } from "@gatehouse/shared/time";
import type { Tx } from "../../store/book.ts";
import { type DocumentRow, insertDocument, nextDocumentNumber } from "../../store/documents.ts";

export interface IssuingDeps {
  readonly random: Random;
  readonly issuer: DocumentIssuer;
}

/** What is to be written down. */
export interface NewDocument {
  /** The terminal, the till, the gateway or the lane whose series it belongs to. */
  readonly deviceId: string;
  readonly kind: DocumentKind;
  readonly sessionId: string | null;
  readonly paymentId: string | null;
  readonly body: DocumentContent;
  readonly at: Instant;
}

/**
 * Issues a document in the transaction of the fact that it is about: it has the next number of its device and kind,
 * and where that transaction is wound back nobody ever had the number.
 */
export function issueDocument(
  tx: Tx,
  { random, issuer }: IssuingDeps,
  { deviceId, kind, sessionId, paymentId, body, at }: NewDocument,
): DocumentRow {
  const row: DocumentRow = {
    documentId: random.id(),
    deviceId,
    kind,
    number: nextDocumentNumber(tx, deviceId, kind),
    issuedAt: at,
    sessionId,
    paymentId,
    token: random.id().replaceAll("-", ""),
    body: { ...body, issuer },
    reprints: 0,
  };
  insertDocument(tx, row);
  tx.append(at, {
    type: "document-issued",
    body: {
      document_id: row.documentId,
      device_id: deviceId,
      kind,
      number: row.number,
      session_id: sessionId,
      payment_id: paymentId,
      token: row.token,
      body: row.body,
    },
  });
  return row;
}

/** What a document says. */
export const contentOf = ({ body }: Pick<DocumentRow, "body">): DocumentBody =>
  DocumentBody.parse(body);

/** How another document names this one. */
export const referenceTo = ({
  kind,
  deviceId,
  number,
}: DocumentRow): DocumentContent["references"][number] => ({
  kind,
  device_id: deviceId,
  number,
});
