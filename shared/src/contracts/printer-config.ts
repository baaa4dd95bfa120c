import { z } from "zod";
import { identifier } from "./topics.ts";

const network = { host: z.string(), port: z.number().int().min(1).max(65_535) };
const serial = { path: z.string(), baud: z.number().int().positive().default(9600) };

/** A printer of tickets: on the network or on a serial line. */
export const PrinterConfig = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("tcp"),
    id: identifier,
    /** File name in edge/profiles/printers without `.json`. */
    profile: z.string(),
    ...network,
    port: network.port.default(9100),
  }),
  z.strictObject({ kind: z.literal("serial"), id: identifier, profile: z.string(), ...serial }),
]);
export type PrinterConfig = z.infer<typeof PrinterConfig>;

/** A scanner of tickets: it sends each code as a line of text, or pushes it over HTTP to `http.cameras` as /push/ID. */
export const ScannerConfig = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("tcp"), id: identifier, ...network }),
  z.strictObject({ kind: z.literal("serial"), id: identifier, ...serial }),
  z.strictObject({
    kind: z.literal("push"),
    id: identifier,
    /** Where the code stands in JSON or in a form; a push of plain text is the code itself. */
    field: z.string().min(1).max(64).default("code"),
  }),
]);
export type ScannerConfig = z.infer<typeof ScannerConfig>;
