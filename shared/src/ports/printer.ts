import type { Part } from "../part.ts";
import type { PrintPiece } from "../print-piece.ts";
import type { Reporting } from "./device.ts";

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
