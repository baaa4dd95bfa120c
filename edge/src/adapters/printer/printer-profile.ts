import { z } from "zod";
import { loadProfile } from "../profiles.ts";

/** How a printer of ESC/POS differs from others: data, not code. */
export const PrinterProfile = z.strictObject({
  make: z.string().min(1, "write the maker and the model"),
  code_page: z.strictObject({
    /** The maker's number of the page, as `ESC t` wants it. */
    number: z.number().int().min(0).max(255),
    text: z.enum(["cp858", "windows-1252"], { error: "write cp858 or windows-1252" }),
  }),
  /** Characters a line at normal size. */
  columns: z.number().int().min(16).max(64),
  /** Dots of one square of a QR code. */
  module_dots: z.number().int().min(3).max(8),
  /** `raster`: it prints the letters of a QR code's command, so it is sent a picture. */
  qr: z.enum(["native", "raster"], { error: "write native or raster" }).default("native"),
  /** Without one the paper is torn off. */
  cutter: z.enum(["full", "partial", "none"]).default("partial"),
});
export type PrinterProfile = z.infer<typeof PrinterProfile>;

/**
 * @param own the site's own profiles
 * @throws ProfileError
 */
export const loadPrinterProfile = (name: string, own?: string): PrinterProfile =>
  loadProfile("printers", name, PrinterProfile, own);
