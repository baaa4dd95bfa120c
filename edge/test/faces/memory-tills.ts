import { generateKeyPairSync } from "node:crypto";
import { SeededRandom } from "@gatehouse/firmware-sim/seeded-random";
import { VirtualClock } from "@gatehouse/firmware-sim/virtual-clock";
import { BooksExport } from "@gatehouse/edge/flows/money/exports";
import { DocumentsDesk } from "@gatehouse/edge/flows/money/documents-desk";
import { ShiftsDesk } from "@gatehouse/edge/flows/money/shifts-desk";
import { Book } from "@gatehouse/edge/store/book";
import { AccountingConfig, type TillConfig } from "@gatehouse/shared/contracts/till-config";
import type { Printer } from "@gatehouse/shared/ports/printer";
import type { Instant } from "@gatehouse/shared/time";

/** Real tills and documents on a book in memory. */
export function tillsOf(tills: readonly TillConfig[], printers: readonly Printer[] = []) {
  const book = new Book(":memory:");
  const clock = new VirtualClock(Date.parse("2026-06-01T05:30:00Z") as Instant);
  const random = new SeededRandom(7);
  const issuer = {
    name: "Parkhaus Süd GmbH",
    address: "Ringstraße 1\n10115 Berlin",
    tax_id: "DE123456789",
    timezone: "Europe/Berlin",
    locale: "de-DE",
  };
  const shared = { book, clock, random, issuer, tills };
  const { privateKey: key } = generateKeyPairSync("ed25519");
  const head = { facilityId: "p1", facilityName: "Parkhaus Süd", currency: "EUR" };
  const receiptUrl = "http://127.0.0.1";
  return {
    ...shared,
    shifts: new ShiftsDesk({ ...shared, ...head, key }),
    books: new BooksExport({
      ...shared,
      timezone: "Europe/Berlin",
      currency: "EUR",
      facilityId: "p1",
      accounting: AccountingConfig.parse({}),
    }),
    documents: new DocumentsDesk({ ...shared, printers, receiptUrl }),
  };
}
