import type { DocumentBody } from "../contracts/documents.ts";
import type { DocumentKind } from "../contracts/money-terms.ts";
import { ShiftReport, type ShiftReportData } from "../contracts/shifts.ts";
import type { PrintPiece } from "../print-piece.ts";
import type { Instant } from "../time.ts";
import { type PaperFormat, paperFormat, taxPieces } from "./paper-format.ts";
import type { PaperWords } from "./paper-words.ts";
import { shiftPieces } from "./shift-paper.ts";

/** A document as papers tell it. */
export interface PaperDocument {
  readonly kind: DocumentKind;
  readonly deviceId: string;
  readonly number: number;
  readonly issuedAt: Instant;
  readonly body: DocumentBody;
  /** 0: the first paper; a copy says which it is. */
  readonly copy: number;
  /** Where its page is; undefined: the paper has no code. */
  readonly url: string | undefined;
}

/** What the page, the file and the paper of a document show. */
export interface ShownDocument {
  readonly title: string;
  /** BCP 47 */
  readonly locale: string;
  readonly issuedAt: Instant;
  readonly pieces: readonly PrintPiece[];
}

export const shownDocument = (document: PaperDocument): ShownDocument => ({
  title: `${document.body.issuer.name} ${document.deviceId} / ${document.number}`,
  locale: document.body.issuer.locale,
  issuedAt: document.issuedAt,
  pieces: paperOf(document),
});

/** What stands on a paper, from the top: printers, PDF and page show the same. */
export function paperOf(document: PaperDocument): PrintPiece[] {
  const { body, kind, deviceId, number, issuedAt, copy, url } = document;
  const format = paperFormat(body);
  const { words, time } = format;
  const content =
    body.shift === undefined
      ? billPieces(kind, body, format)
      : shiftPieces(ShiftReport.parse(body.shift), format);
  return [
    ...issuerPieces(body, words),
    ...(copy === 0 ? [] : [{ kind: "line", text: words.copy(copy), style: "title" } as const]),
    { kind: "line", text: words.kinds[kind], style: "title" },
    { kind: "pair", left: words.number, right: `${deviceId} / ${number}` },
    { kind: "pair", left: words.date, right: time(new Date(issuedAt).toISOString()) },
    ...content,
    ...(url === undefined
      ? []
      : ([
          { kind: "line", text: words.page, style: "centred" },
          { kind: "qr", text: url },
        ] as const)),
  ];
}

/** A shift's report as it stands now (X): no document, so it has no number and says what it is. */
export function interimReport(
  report: ShiftReportData["report"],
  issuer: DocumentBody["issuer"],
): PrintPiece[] {
  const { currency } = report;
  const format = paperFormat({ currency, issuer });
  return [
    ...issuerPieces({ issuer }, format.words),
    { kind: "line", text: format.words.shift.interim, style: "title" },
    ...shiftPieces(report, format),
  ];
}

function issuerPieces({ issuer }: Pick<DocumentBody, "issuer">, words: PaperWords): PrintPiece[] {
  const { name, address, tax_id } = issuer;
  return [
    { kind: "line", text: name, style: "title" },
    ...(address === null ? [] : address.split("\n").map(centred)),
    ...(tax_id === null ? [] : [centred(`${words.taxId} ${tax_id}`)]),
  ];
}

function billPieces(kind: DocumentKind, body: DocumentBody, format: PaperFormat): PrintPiece[] {
  const { words, money } = format;
  const { customer, lines, total_minor, paid_before_minor, amount_minor, note } = body;
  const before = kind === "refund" ? words.backBefore : words.paidBefore;
  const isPart = paid_before_minor > 0 || amount_minor !== total_minor;
  return [
    ...(customer === null
      ? []
      : [
          { kind: "rule" } as const,
          ...`${customer.name}\n${customer.address}`.split("\n").map(line),
        ]),
    ...sessionPieces(body, format),
    { kind: "rule" },
    ...lines.flatMap((each) => linePieces(each, format)),
    ...(lines.length > 1 || (isPart && kind !== "refund")
      ? [pair(words.total, money(total_minor))]
      : []),
    ...(paid_before_minor > 0 ? [pair(before, money(paid_before_minor))] : []),
    { kind: "pair", left: words.amounts[kind], right: money(amount_minor), strong: true },
    ...body.payments.flatMap((payment) => paymentPieces(payment, format)),
    { kind: "rule" },
    ...taxPieces(body.taxes, format),
    ...body.references.map((each) =>
      pair(`${words.about} ${words.kinds[each.kind]}`, `${each.device_id} / ${each.number}`),
    ),
    ...(note === null ? [] : [line(`${words.reason}: ${note}`)]),
    ...body.payments.flatMap(({ terminal_text = [] }) =>
      terminal_text.map((text) => ({ kind: "as-is", text }) as const),
    ),
  ];
}

function sessionPieces({ session }: DocumentBody, { words, time }: PaperFormat): PrintPiece[] {
  if (session === null) return [];
  const { plate, entered_at, left_at } = session;
  return [
    ...(plate === null ? [] : [pair(words.plate, plate)]),
    pair(words.entered, time(entered_at)),
    ...(left_at === null ? [] : [pair(words.left, time(left_at))]),
  ];
}

function linePieces(
  { text, from, to, amount_minor }: DocumentBody["lines"][number],
  { money, time }: PaperFormat,
): PrintPiece[] {
  const piece = pair(text, money(amount_minor));
  if (from === null || to === null) return [piece];
  return [piece, line(`  ${time(from)} – ${time(to)}`)];
}

function paymentPieces(
  payment: DocumentBody["payments"][number],
  { words, money }: PaperFormat,
): PrintPiece[] {
  const { method, amount_minor, card_scheme, last_four, reference } = payment;
  const card = [card_scheme, last_four === undefined ? undefined : `**** ${last_four}`]
    .filter((each) => each !== undefined)
    .join(" ");
  const details = [
    [words.tendered, payment.tendered_minor],
    [words.change, payment.change_minor],
    [words.changeOwed, payment.change_owed_minor],
    [words.rounding, payment.rounding_minor],
  ] as const;
  return [
    pair(
      card === "" ? words.methods[method] : `${words.methods[method]} ${card}`,
      money(amount_minor),
    ),
    ...details.flatMap(([word, minor]) =>
      minor === undefined || minor === 0 ? [] : [pair(`  ${word}`, money(minor))],
    ),
    ...(reference === undefined ? [] : [pair(`  ${words.number}`, reference)]),
  ];
}

const line = (text: string): PrintPiece => ({ kind: "line", text });
const centred = (text: string): PrintPiece => ({ kind: "line", text, style: "centred" });
const pair = (left: string, right: string): PrintPiece => ({ kind: "pair", left, right });
