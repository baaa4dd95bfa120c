import type { DocumentContent } from "@gatehouse/shared/contracts/documents";
import type { Instant } from "@gatehouse/shared/time";
import { expect, test } from "vitest";
import { issueDocument } from "../../src/flows/money/documents.ts";
import { receiptContent } from "../../src/domain/money/receipt.ts";
import { taxInside } from "../../src/domain/money/tax.ts";
import type { TestDesk } from "../faces/desk-fixture.ts";
import { tillsOf } from "../faces/memory-tills.ts";
import { kioskPages } from "./kiosk-page.ts";

const open = kioskPages();
const at = Date.parse("2026-06-01T08:15:00Z") as Instant;

const body: DocumentContent = receiptContent(
  {
    currency: "EUR",
    session: { plate: "B <b>GH</b> 1234", enteredAt: (at - 7_500_000) as Instant, leftAt: at },
    lines: [
      {
        text: "Tagestarif Innenstadt",
        from: "2026-06-01T06:10:00.000Z",
        to: "2026-06-01T08:15:00.000Z",
        amount_minor: 750,
      },
      { text: "Höchstpreis", from: null, to: null, amount_minor: -50 },
    ],
    shares: [taxInside(700, 190_000)],
    paidBefore: 200,
  },
  {
    method: "card",
    amount_minor: 500,
    card_scheme: "girocard",
    last_four: "4711",
    terminal_text: [
      "   K-U-N-D-E-N-B-E-L-E-G   ",
      "Betrag EUR              5,00",
      "Terminal-ID       65000001",
    ],
  },
);

/** A facility with one receipt. @returns where its page is */
function withReceipt() {
  const site = tillsOf([]);
  const { token } = site.book.write((tx) =>
    issueDocument(tx, site, {
      deviceId: "terminal-exit-1",
      kind: "receipt",
      sessionId: "s-1",
      paymentId: "p-1",
      body,
      at,
    }),
  );
  const prepare = (desk: TestDesk): void => void (desk.documents = site.documents);
  return { path: `/receipt/${token}`, prepare };
}

test.for([
  ["a small phone", 320, 640, "light"],
  ["a phone in the dark", 390, 844, "dark"],
  ["a desk", 1440, 900, "light"],
] as const)(
  "on %s a receipt is whole, without a login",
  async ([_, width, height, colorScheme], context) => {
    const { page, complaints, url } = await open(context, {
      ...withReceipt(),
      browser: { viewport: { width, height }, colorScheme },
    });
    const text = await page.locator("main").innerText();
    for (const part of ["Quittung", "B <b>GH</b> 1234", "Bezahlt", "Bereits bezahlt", "**** 4711"])
      expect(text).toContain(part);
    expect(await page.locator("html").getAttribute("lang")).toBe("de-DE");
    const isCut = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    expect(isCut).toBe(false);
    expect(complaints).toEqual([]);
    const answer = await page.request.get(page.url());
    expect(answer.headers()["x-robots-tag"]).toContain("noindex");
    const file = await page.request.get(`${page.url()}?format=pdf`);
    expect(file.headers()["content-type"]).toBe("application/pdf");
    expect((await file.body()).subarray(0, 8).toString()).toBe("%PDF-1.4");
    expect((await page.request.get(`${url}/receipt/none`)).status()).toBe(404);
  },
);
