import type { DocumentContent, DocumentPayment } from "@gatehouse/shared/contracts/documents";
import type { PrintPiece } from "@gatehouse/shared/print-piece";
import type { Instant } from "@gatehouse/shared/time";
import { describe, expect, test } from "vitest";
import { jobBytes } from "../../../src/adapters/printer/escpos.ts";
import { loadPrinterProfile } from "../../../src/adapters/printer/printer-profile.ts";
import { type PaperDocument, paperOf } from "@gatehouse/shared/paper/paper";
import { paperPdf } from "@gatehouse/shared/paper/paper-pdf";
import { receiptContent, refundContent } from "../../../src/domain/money/receipt.ts";
import { taxInside } from "../../../src/domain/money/tax.ts";
import { issuer } from "../../flows/money/till-fixture.ts";

const at = Date.parse("2026-06-01T08:15:00Z") as Instant;
const bill = (paidBefore: number) => ({
  currency: "EUR",
  session: { plate: "B ÄÖ 1234", enteredAt: (at - 7_500_000) as Instant, leftAt: at },
  lines: [
    {
      text: "Tag",
      from: "2026-06-01T06:10:00.000Z",
      to: "2026-06-01T08:15:00.000Z",
      amount_minor: 750,
    },
    { text: "Höchstpreis", from: null, to: null, amount_minor: -50 },
  ],
  shares: [taxInside(700, 190_000)],
  paidBefore,
});
const card: DocumentPayment = {
  method: "card",
  amount_minor: 700,
  card_scheme: "girocard",
  last_four: "4711",
  terminal_text: ["   K-U-N-D-E-N-B-E-L-E-G   ", "Betrag EUR          7,00"],
};
const documentOf = (body: DocumentContent, more: Partial<PaperDocument> = {}): PaperDocument => ({
  kind: "receipt",
  deviceId: "till-1",
  number: 42,
  issuedAt: at,
  body: { ...body, issuer },
  copy: 0,
  url: "http://10.0.0.5:8080/receipt/0123456789abcdef",
  ...more,
});
/** What a paper says, a line each; spaces that do not break are plain ones. */
const told = (pieces: readonly PrintPiece[]): string[] =>
  pieces.map((piece) => {
    if (piece.kind === "rule") return "---";
    const text = piece.kind === "pair" ? `${piece.left} | ${piece.right}` : piece.text;
    return text.replaceAll(/[\u00a0\u202f]/g, " ");
  });

describe("a receipt", () => {
  test("says who, what, when, the tax in it and how it was paid", () => {
    expect(told(paperOf(documentOf(receiptContent(bill(0), card))))).toEqual([
      "Parkhaus Süd GmbH",
      "Ringstraße 1",
      "10115 Berlin",
      "Steuernummer DE123456789",
      "Quittung",
      "Nr. | till-1 / 42",
      "Datum | 01.06.2026, 10:15",
      "Kennzeichen | B ÄÖ 1234",
      "Einfahrt | 01.06.2026, 08:10",
      "Bis | 01.06.2026, 10:15",
      "---",
      "Tag | 7,50 €",
      "  01.06.2026, 08:10 – 01.06.2026, 10:15",
      "Höchstpreis | -0,50 €",
      "Summe | 7,00 €",
      "Bezahlt | 7,00 €",
      "Karte girocard **** 4711 | 7,00 €",
      "---",
      "darin 19 % USt., netto 5,88 € | 1,12 €",
      "   K-U-N-D-E-N-B-E-L-E-G   ",
      "Betrag EUR          7,00",
      "Dieser Beleg auf dem Telefon:",
      "http://10.0.0.5:8080/receipt/0123456789abcdef",
    ]);
  });

  test("of a part says what was paid before, and the taxes of all parts sum to that of the whole", () => {
    const parts = [1, 233, 299, 167];
    let before = 0;
    let tax = 0;
    for (const amount_minor of parts) {
      const body = receiptContent(bill(before), { method: "cash", amount_minor });
      expect(body).toMatchObject({ paid_before_minor: before, amount_minor, total_minor: 700 });
      tax += body.taxes.reduce((sum, { tax_minor }) => sum + tax_minor, 0);
      before += amount_minor;
    }
    expect(tax).toBe(taxInside(700, 190_000).tax);
  });

  test("has a refund note that takes the same proportions back, and a copy says which it is", () => {
    const receipt = receiptContent(bill(0), card);
    const reference = { kind: "receipt", device_id: "till-1", number: 42 } as const;
    const payment = { method: "card", amount_minor: 300 } as const;
    const note = refundContent(receipt, reference, {
      payment,
      before: 0,
      reason: "zu lange Schranke",
    });
    const rest = refundContent(receipt, reference, {
      payment: { ...payment, amount_minor: 400 },
      before: 300,
      reason: "Rest",
    });
    expect((note.taxes[0]?.tax_minor ?? 0) + (rest.taxes[0]?.tax_minor ?? 0)).toBe(112);
    const lines = told(
      paperOf(documentOf(note, { kind: "refund", number: 7, copy: 2, url: undefined })),
    );
    expect(lines).toContain("KOPIE 2");
    expect(lines).toContain("Erstattet | 3,00 €");
    expect(lines).toContain("Zu Quittung | till-1 / 42");
    expect(lines).toContain("Grund: zu lange Schranke");
  });
});

describe("the same pieces", () => {
  const pieces = paperOf(documentOf(receiptContent(bill(0), card)));

  test("are lines of the printer's width, its code page and its QR code", () => {
    const profile = loadPrinterProfile("epson-58mm");
    const bytes = jobBytes(pieces, profile);
    // ESC @, FS ., ESC t 19; then the title centred at double size.
    expect(bytes.subarray(0, 7).toString("hex")).toBe("1b401c2e1b7413");
    const strong = bytes.indexOf(Buffer.from([0x1b, 0x45, 1]));
    const line = bytes.subarray(strong + 9, bytes.indexOf(0x0a, strong));
    expect(line.length).toBe(32);
    expect(line.toString("latin1")).toMatch(/^Bezahlt {16,}7,00.\u00d5$/);
    expect(bytes.includes(Buffer.from("B \x8e\x99 1234", "latin1"))).toBe(true);
    expect(bytes.includes(Buffer.from("   K-U-N-D-E-N-B-E-L-E-G   "))).toBe(true);
    // Model 2, then the text with its length + 3.
    const qr = bytes.indexOf(Buffer.from("1d286b0400314132001d286b0300314305", "hex"));
    expect(qr).toBeGreaterThan(0);
    expect(bytes.subarray(qr + 25, qr + 33).toString("hex")).toBe("1d286b3000315030");
    expect(bytes.subarray(-6).toString("hex")).toBe("1b64051d5601");
  });

  test("are a PDF whose text can be read again, and the same one each time", () => {
    const head = { title: "Parkhaus Süd till-1 / 42", issuedAt: at };
    const file = Buffer.from(paperPdf(pieces, head));
    expect(file.equals(Buffer.from(paperPdf(pieces, head)))).toBe(true);
    const text = pdfText(file);
    expect(text).toContain("Parkhaus Süd GmbH");
    expect(text).toContain("B ÄÖ 1234");
    expect(text).toContain("7,00\u00a0€");
    expect(text).toContain("   K-U-N-D-E-N-B-E-L-E-G   ");
    expect(xrefOf(file)).toEqual(objectsOf(file));
  });

  test("take as many pages as they need", () => {
    const long = Array.from({ length: 200 }, (_, index) => ({
      kind: "pair" as const,
      left: `Zeile ${index}`,
      right: "1,00 €",
    }));
    const file = Buffer.from(paperPdf(long, { title: "lang", issuedAt: at }));
    expect(file.toString("latin1").match(/\/Type \/Page /g)).toHaveLength(4);
    expect(pdfText(file)).toHaveLength(400);
  });
});

/** Every text that the file shows, in order. */
const pdfText = (file: Buffer): string[] =>
  [...file.toString("latin1").matchAll(/<([0-9a-f]+)> Tj/g)].map(([, hex]) =>
    new TextDecoder("windows-1252").decode(Buffer.from(hex ?? "", "hex")),
  );

/** Where the table says that the objects are, and where they are. */
const xrefOf = (file: Buffer): number[] =>
  [...file.toString("latin1").matchAll(/^(\d{10}) 00000 n $/gm)].map(([, place]) => Number(place));
const objectsOf = (file: Buffer): number[] =>
  [...file.toString("latin1").matchAll(/^\d+ 0 obj$/gm)].map(({ index }) => index);
