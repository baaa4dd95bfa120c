import type { Part } from "../part.ts";
import type { Reporting } from "./device.ts";

/** One piece of what is printed, from the top. */
export type PrintPiece =
  | { readonly kind: "line"; readonly text: string; readonly style?: "title" | "centred" }
  /** A QR code with this text, about 3 cm wide. */
  | { readonly kind: "qr"; readonly text: string };

/** A printer of tickets and receipts. One job at a time; a further one waits its turn. */
export interface Printer extends Part, Reporting {
  readonly id: string;
  /**
   * Prints and cuts one paper. Resolves when the printer has said that it is printed.
   *
   * @throws Fault `printer-unreachable`, `printer-no-paper`, `printer-open` or `printer-broken`: surely nothing was
   *   printed; `print-unknown`: a paper may have come out
   */
  print(pieces: readonly PrintPiece[]): Promise<void>;
}
