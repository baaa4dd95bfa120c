import type { PrinterTestData } from "@gatehouse/shared/contracts/parking-tickets";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { Printer } from "@gatehouse/shared/ports/printer";
import type { PrintPiece } from "@gatehouse/shared/print-piece";
import { isoOf } from "@gatehouse/shared/time";
import { type Refusal, refusal } from "./desk.ts";

/** What people may ask of printers. */
export interface PrintersDesk {
  /** Prints a page that shows whether the profile fits. @throws Fault of the printer */
  test(printerId: string): Promise<PrinterTestData | Refusal>;
}

export interface PrintersDeps {
  readonly printers: readonly Printer[];
  readonly facilityName: string;
  readonly clock: Clock;
}

/** The printers of a site. */
export class Printers implements PrintersDesk {
  readonly #deps: PrintersDeps;

  constructor(deps: PrintersDeps) {
    this.#deps = deps;
  }

  async test(printerId: string): Promise<PrinterTestData | Refusal> {
    const { printers, facilityName, clock } = this.#deps;
    const printer = printers.find(({ id }) => id === printerId);
    if (printer === undefined) {
      const names = printers.map(({ id }) => id).join(", ") || "none are configured";
      return refusal("unknown-printer", `There is no printer ${printerId}; printers: ${names}.`);
    }
    await printer.print(testPage(facilityName, printerId, isoOf(clock.now())));
    const sentence = `${printerId} has printed a test page: compare its signs with those of the profile.`;
    return { printer_id: printerId, sentence };
  }
}

/** Signs that a wrong code page shows as others, the full width in digits, and a code to scan. */
const testPage = (facility: string, printerId: string, at: string): PrintPiece[] => [
  { kind: "line", text: facility, style: "title" },
  { kind: "line", text: `${printerId}, ${at}`, style: "centred" },
  { kind: "line", text: "€ ä ö ü ß Ä Ö Ü é è à ç ñ å ø £" },
  { kind: "line", text: "1234567890".repeat(4) },
  { kind: "line", text: "Äußerst große Größe", style: "title" },
  { kind: "qr", text: `GATEHOUSE TEST ${printerId.toUpperCase()}` },
];
