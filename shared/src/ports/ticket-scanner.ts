import type { Part } from "../part.ts";
import type { Reporting } from "./device.ts";

/** Reads the codes of tickets that drivers show. */
export interface TicketScanner extends Part, Reporting {
  /** One listener a scanner; set before `start`. Told each text that was read, once. */
  onScan(listener: (text: string) => void): void;
}
