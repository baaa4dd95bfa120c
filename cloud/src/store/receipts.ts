import { DocumentBody } from "@gatehouse/shared/contracts/documents";
import { documentKinds } from "@gatehouse/shared/contracts/money-terms";
import { type ShownDocument, shownDocument } from "@gatehouse/shared/paper/paper";
import type { Instant } from "@gatehouse/shared/time";
import type { Database } from "./database.ts";

interface Row {
  readonly facility_id: string;
  readonly document_id: string;
  readonly score: number | null;
  readonly kind: string;
  readonly device_id: string;
  readonly number: number;
  readonly issued_at: Date;
  readonly body: unknown;
}

/** A document that somebody holds the code of. */
export interface HeldDocument {
  readonly facilityId: string;
  readonly documentId: string;
  readonly shown: ShownDocument;
  /** Receipts alone ask how it was; what was answered, 1 to 5. */
  readonly isReceipt: boolean;
  readonly score: number | undefined;
}

/**
 * The document behind a code, as its paper; undefined when there is none, or it does not say what a document must.
 * Shift reports are not for the public.
 */
export async function receiptBehind(
  { pool }: Database,
  token: string,
): Promise<HeldDocument | undefined> {
  const { rows } = await pool.query<Row>({
    name: "receipt",
    // Each facility's own index is asked: documents are spread by facility.
    text: `select document.facility_id, document.document_id, kind, device_id, number, issued_at, body, score
       from facilities cross join lateral (
         select * from documents
         where documents.facility_id = facilities.facility_id and documents.token = $1) as document
       left join receipt_ratings as rating on rating.facility_id = document.facility_id
         and rating.document_id = document.document_id
       where kind <> 'shift-report' limit 1`,
    values: [token],
  });
  const [row] = rows;
  const kind = documentKinds.find((known) => known === row?.kind);
  const body = DocumentBody.safeParse(row?.body);
  if (row === undefined || kind === undefined || !body.success) return undefined;
  const { device_id: deviceId, number, issued_at } = row;
  const issuedAt = issued_at.getTime() as Instant;
  const told = { kind, deviceId, number, issuedAt, body: body.data, copy: 0, url: undefined };
  return {
    facilityId: row.facility_id,
    documentId: row.document_id,
    shown: shownDocument(told),
    isReceipt: kind === "receipt",
    score: row.score ?? undefined,
  };
}
