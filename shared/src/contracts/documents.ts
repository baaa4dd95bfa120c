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
