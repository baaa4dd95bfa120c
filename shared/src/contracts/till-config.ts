import { z } from "zod";
import { identifier } from "./topics.ts";

const accountCode = z.string().regex(/^\d{4,8}$/, "write four to eight digits, in quotes");

/** A drawer of coins and notes that one person at a time answers for. */
export const TillConfig = z.strictObject({
  id: identifier,
  name: z.string().min(1, "write what people call it"),
  /** Lanes whose drivers pay there; left out: all. */
  lane_ids: z.array(identifier).default([]),
  /** The printer beside it: one of `printers`, or a lane's. */
  printer: identifier.optional(),
  /** When its receipts come out of that printer. */
  receipts: z
    .enum(["always", "on-request"], { error: "write always or on-request" })
    .default("on-request"),
});
export type TillConfig = z.infer<typeof TillConfig>;

/** Who stands on receipts and invoices. */
export const BusinessConfig = z.strictObject({
  name: z.string().min(1, "write the firm's name as its invoices have it"),
  address: z.string().min(1, "write street, postcode and town"),
  tax_id: z.string().min(1, "write the tax number or VAT id").optional(),
  /** Whether the driver's own plate stands whole on receipts, or only its last three signs. */
  plate_on_receipts: z.boolean().default(true),
  /**
   * Where drivers' phones reach the receipt pages, and with a payment gateway the page where they pay (`/pay`), for the
   * codes on papers and tickets; left out: they have none.
   */
  receipt_url: z
    .url({
      protocol: /^https?$/,
      error: "write where phones reach this machine, for example http://10.0.0.5:8080",
    })
    .optional(),
});
export type BusinessConfig = z.infer<typeof BusinessConfig>;

/** How the books are handed to a bookkeeper's program; what is left out has the numbers of SKR 03. */
export const AccountingConfig = z.strictObject({
  /** Account of the books → number in the chart of accounts. */
  accounts: z.record(z.string(), accountCode).default({}),
  /** Revenue by tax rate in percent, for example `"19": "8400"`; other rates go to `accounts.revenue`. */
  revenue_by_rate: z.record(z.string(), accountCode).default({}),
  /** Of what was given back, likewise, for example `"19": "8720"`. */
  refunds_by_rate: z.record(z.string(), accountCode).default({}),
  /** Tax key (BU-Schlüssel) by rate in percent. Left out: none, because the revenue accounts calculate the tax. */
  tax_keys: z
    .record(z.string(), z.string().regex(/^\d{1,4}$/, "write one to four digits"))
    .default({}),
  /** DATEV's numbers of the adviser and of the client, as the tax adviser gives them. */
  adviser_number: z.number().int().min(1001).max(9_999_999).default(1001),
  client_number: z.number().int().min(1).max(99_999).default(1),
  /** First month of the business year. */
  year_begins: z.number().int().min(1).max(12).default(1),
  /** How many digits account numbers have there. */
  account_digits: z.number().int().min(4).max(8).default(4),
});
export type AccountingConfig = z.infer<typeof AccountingConfig>;
