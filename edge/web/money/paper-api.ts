import {
  DocumentsData,
  DocumentView,
  type InvoiceRequest,
  PrintAnswer,
  type PrintRequest,
} from "@gatehouse/shared/contracts/documents";
import { ask, type Told } from "../../../shared/web/ask.ts";

/** Receipts, notes and reports. */
const at = (documentId: string): string => `/api/documents/${encodeURIComponent(documentId)}`;

const listed = (of: string, id: string): Promise<Told<DocumentsData>> =>
  ask("GET", `/api/documents?${of}=${encodeURIComponent(id)}`, DocumentsData);

export const askPapers = (paymentId: string) => listed("payment_id", paymentId);
export const askPapersOfStay = (sessionId: string) => listed("session_id", sessionId);
/** One invoice over all that was paid for a stay. */
export const writeInvoice = (request: InvoiceRequest): Promise<Told<DocumentView>> =>
  ask("POST", "/api/documents/invoice", DocumentView, request);
export const printPaper = (documentId: string, request: PrintRequest): Promise<Told<PrintAnswer>> =>
  ask("POST", `${at(documentId)}/print`, PrintAnswer, request);

/** Where a paper is as a file. */
export const pdfOf = (documentId: string): string => `${at(documentId)}?format=pdf`;
