import { z } from "zod";
import { documentKinds, paymentMethods } from "./money-terms.ts";

const minor = z.number().int().nonnegative();
const signed = z.number().int();
const instant = z.iso.datetime();

/** Whose name stands on papers. */
export const DocumentIssuer = z.object({
  name: z.string(),
  address: z.string().nullable(),
  tax_id: z.string().nullable(),
  /** IANA zone and locale in which the paper speaks. */
  timezone: z.string(),
  locale: z.string(),
});
export type DocumentIssuer = z.infer<typeof DocumentIssuer>;

/** One line of what is paid for: a rule of the tariff, a penalty, a top-up. */
export const DocumentLine = z.object({
  text: z.string(),
  /** The part of the stay that it is about; null where it is about none. */
  from: instant.nullable(),
  to: instant.nullable(),
  amount_minor: signed,
});
export type DocumentLine = z.infer<typeof DocumentLine>;

/** How a part was paid (or given back). Of a card never more than its last four digits. */
export const DocumentPayment = z.object({
  method: z.enum(paymentMethods),
  amount_minor: minor,
  /** In cash: what was handed over and what came back; what the till could not give is owed. */
  tendered_minor: minor.optional(),
  change_minor: minor.optional(),
  change_owed_minor: minor.optional(),
  /** What the drawer kept (or, below zero, lacks) because small coins are gone. */
  rounding_minor: signed.optional(),
  card_scheme: z.string().optional(),
  last_four: z.string().max(4).optional(),
  /** The terminal's own receipt, line by line, as it came. */
  terminal_text: z.array(z.string()).optional(),
  /** The terminal's receipt number, the gateway's id, the merchant. */
  reference: z.string().optional(),
});
export type DocumentPayment = z.infer<typeof DocumentPayment>;

/**
 * What a document says; it is written once and every paper, page and file is made from it. Shift reports have the
 * shift's own report in `shift`.
 */
export const DocumentContent = z.object({
  currency: z.string(),
  session: z
    .object({
      plate: z.string().nullable(),
      entered_at: instant,
      left_at: instant.nullable(),
    })
    .nullable(),
  /** On an invoice: who it is for. */
  customer: z.object({ name: z.string(), address: z.string() }).nullable(),
  /** They sum to `total_minor`. */
  lines: z.array(DocumentLine),
  /** The price of all that is listed. */
  total_minor: minor,
  /** What had been paid of it before this document. */
  paid_before_minor: minor,
  /** What this document is about: paid now, given back, still owed. */
  amount_minor: minor,
  /** Tax inside `amount_minor`, by rate. */
  taxes: z.array(z.object({ rate_ppm: z.number().int(), net_minor: signed, tax_minor: signed })),
  payments: z.array(DocumentPayment),
  /** The documents that this one is about: the receipts of an invoice, the receipt of a refund. */
  references: z.array(
    z.object({ kind: z.enum(documentKinds), device_id: z.string(), number: z.number().int() }),
  ),
  /** Why money goes back; what a debtor promised. */
  note: z.string().nullable(),
  /** Only in a shift report. */
  shift: z.record(z.string(), z.unknown()).optional(),
});
export type DocumentContent = z.infer<typeof DocumentContent>;

/** A document as it is kept: its content under the heading of who issued it. */
export const DocumentBody = DocumentContent.extend({ issuer: DocumentIssuer });
export type DocumentBody = z.infer<typeof DocumentBody>;

/** `GET /api/documents?session_id=` or `?payment_id=`; without either the latest. */
export const DocumentView = z.object({
  document_id: z.string(),
  device_id: z.string(),
  kind: z.enum(documentKinds),
  number: z.number().int(),
  issued_at: instant,
  session_id: z.string().nullable(),
  payment_id: z.string().nullable(),
  /** The page of the document, for the driver's phone: `/receipt/{token}`. */
  token: z.string(),
  /** The page's whole address where phones reach it; null where none is configured. */
  url: z.string().nullable(),
  reprints: z.number().int(),
  currency: z.string(),
  amount_minor: z.number().int(),
});
export type DocumentView = z.infer<typeof DocumentView>;
export const DocumentsData = z.object({ documents: z.array(DocumentView) });
export type DocumentsData = z.infer<typeof DocumentsData>;

/** `POST /api/documents/{document_id}/print`: the first paper, or a copy that says so. */
export const PrintRequest = z.object({
  request_id: z.string().min(1).max(64),
  /** Left out: the till's of who asks, or the only one there is. */
  printer_id: z.string().max(64).optional(),
});
export type PrintRequest = z.infer<typeof PrintRequest>;
export const PrintAnswer = z.object({
  document_id: z.string(),
  /** 0: the first paper. */
  copy: z.number().int(),
  printer_id: z.string(),
  sentence: z.string(),
});
export type PrintAnswer = z.infer<typeof PrintAnswer>;

/** `POST /api/shifts/{shift_id}/print`: the report as it stands now, or the one that was signed. */
export const ReportPrintAnswer = PrintAnswer.pick({ printer_id: true, sentence: true });
export type ReportPrintAnswer = z.infer<typeof ReportPrintAnswer>;

/**
 * `POST /api/documents/invoice`: one invoice over all that was paid for a stay. The same stay and customer again are
 * the same invoice, so it needs no id of the press.
 */
export const InvoiceRequest = z.object({
  session_id: z.string().min(1).max(64),
  name: z.string().trim().min(1, "write who it is for").max(200),
  address: z.string().trim().min(1, "write street, postcode and town").max(400),
});
export type InvoiceRequest = z.infer<typeof InvoiceRequest>;
