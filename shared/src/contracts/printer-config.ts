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

/** A scanner that sends each code as a line of text. */
export const ScannerConfig = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("tcp"), id: identifier, ...network }),
  z.strictObject({ kind: z.literal("serial"), id: identifier, ...serial }),
]);
export type ScannerConfig = z.infer<typeof ScannerConfig>;
