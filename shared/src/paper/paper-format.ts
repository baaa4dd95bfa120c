import type { DocumentBody } from "../contracts/documents.ts";
import { formatMinor, minorUnits } from "../money.ts";
import type { PrintPiece } from "../print-piece.ts";
import { type PaperWords, paperWords } from "./paper-words.ts";

/** How a paper writes amounts and times. */
export interface PaperFormat {
  readonly words: PaperWords;
  readonly money: (minor: number) => string;
  readonly time: (iso: string) => string;
}

/** Amounts and times as the issuer's locale and zone have them. */
export function paperFormat({
  currency,
  issuer,
}: Pick<DocumentBody, "currency" | "issuer">): PaperFormat {
  const { timezone: timeZone, locale } = issuer;
  const times = new Intl.DateTimeFormat(locale, {
    timeZone,
    dateStyle: "medium",
    timeStyle: "short",
  });
  return {
    words: paperWords(locale),
    money: (minor) => formatMinor(minorUnits(minor), currency, locale),
    time: (iso) => times.format(Date.parse(iso)),
  };
}

/** Tax by rate, as an invoice must tell it. */
export function taxPieces(
  taxes: DocumentBody["taxes"],
  { words, money }: PaperFormat,
): PrintPiece[] {
  return taxes.map(({ rate_ppm, net_minor, tax_minor }) => {
    if (rate_ppm === 0) return { kind: "pair", left: words.noTax, right: money(net_minor) };
    const left = words.tax(`${rate_ppm / 10_000} %`, money(net_minor));
    return { kind: "pair", left, right: money(tax_minor) };
  });
}
