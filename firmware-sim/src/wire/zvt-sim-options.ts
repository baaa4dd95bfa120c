import type { Clock } from "@gatehouse/shared/ports/clock";
import type { ZvtDelivery } from "./zvt-connection.ts";
import type { ZvtMovementFault } from "./zvt-movement.ts";

/** Faults of the wire, of what moves money and of the whole terminal. */
export type ZvtFault =
  | ZvtMovementFault
  | Exclude<ZvtDelivery, "plain">
  /** Hears nothing. */
  | "silent"
  /** Refuses every command with "please wait". */
  | "busy"
  /** Refuses the next two commands so. */
  | "busy-for-a-while"
  /** Has lost its registration whenever money is to be moved. */
  | "forgets-registration"
  /** Tells and prints whole card numbers, tracks and all. */
  | "leaks-cards";

export interface ZvtTerminalSimOptions {
  readonly name?: string;
  readonly host?: string;
  /** 0 takes any free one. */
  readonly port: number;
  readonly clock: Clock;
  /** The zone that the terminal's clock shows. */
  readonly timezone: string;
  readonly password?: string;
  readonly terminalId?: string;
  readonly currency?: { readonly name: string; readonly number: string };
  readonly merchant?: string;
  /** The last receipt number given before the terminal was switched on; its receipt itself is gone. */
  readonly lastReceipt?: number;
  /** Whether `06 20` repeats the status information and the lines, or only the printed lines. */
  readonly repeats?: "status-and-lines" | "lines";
  /** How the status enquiry is answered: with fields and the time, or with the software's version. */
  readonly tells?: "fields" | "version";
  /** The result code of an idle terminal: 0 unless it wants something. */
  readonly state?: number;
  /** What BMP 19 says at registration: 0 unless it wants something. */
  readonly needs?: number;
  /** Refuses a registration that carries a TLV container. */
  readonly refusesContainers?: boolean;
  /** The receipt of a reversal bears the number of the payment. */
  readonly reversalsKeepNumber?: boolean;
}
