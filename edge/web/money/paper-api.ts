import {
  DocumentsData,
  PrintAnswer,
  type PrintRequest,
} from "@gatehouse/shared/contracts/documents";
import { ask, type Told } from "../../../shared/web/ask.ts";

/** Receipts, notes and reports. */
const at = (documentId: string): string => `/api/documents/${encodeURIComponent(documentId)}`;

/** @param paymentId left out: the latest papers of all */
export const askPapers = (paymentId?: string): Promise<Told<DocumentsData>> =>
  ask(
    "GET",
    paymentId === undefined
      ? "/api/documents"
      : `/api/documents?payment_id=${encodeURIComponent(paymentId)}`,
    DocumentsData,
  );
export const printPaper = (documentId: string, request: PrintRequest): Promise<Told<PrintAnswer>> =>
  ask("POST", `${at(documentId)}/print`, PrintAnswer, request);

/** Where a paper is as a file. */
export const pdfOf = (documentId: string): string => `${at(documentId)}?format=pdf`;
