import type { ShiftReportData } from "../contracts/shifts.ts";
import type { PrintPiece } from "../print-piece.ts";
import { type PaperFormat, taxPieces } from "./paper-format.ts";

/** A shift's report as it is printed. */
export function shiftPieces(report: ShiftReportData["report"], format: PaperFormat): PrintPiece[] {
  const { money, time } = format;
  const words = format.words.shift;
  const amount = (left: string, minor: number | null, strong = false): PrintPiece => ({
    kind: "pair",
    left,
    right: minor === null ? "–" : money(minor),
    strong,
  });
  const pair = (left: string, right: string): PrintPiece => ({ kind: "pair", left, right });
  const { first, last } = report.receipts;
  return [
    pair(words.till, report.till_id),
    pair(words.operator, report.operator),
    pair(words.opened, time(report.opened_at)),
    pair(words.until, time(report.until)),
    ...section(words.cash, [
      amount(words.float, report.float_minor),
      ...report.cash.map(({ kind, in_minor, out_minor }) =>
        amount(words.kinds[kind] ?? kind, in_minor - out_minor),
      ),
      amount(words.expected, report.expected_minor),
      amount(words.counted, report.counted_minor),
      amount(words.difference, report.difference_minor, true),
      amount(words.left, report.left_minor),
    ]),
    ...(report.pieces === null
      ? []
      : section(
          words.pieces,
          Object.entries(report.pieces)
            .toSorted(([a], [b]) => Number(b) - Number(a))
            .map(([face, count]) =>
              amount(`${count} × ${money(Number(face))}`, Number(face) * count),
            ),
        )),
    ...section(
      words.means,
      report.means.flatMap(({ method, count, taken_minor, given_back_minor }) => [
        amount(`${format.words.methods[method]} (${count})`, taken_minor),
        ...(given_back_minor === 0 ? [] : [amount(`  ${words.givenBack}`, -given_back_minor)]),
      ]),
    ),
    ...section(words.taxes, taxPieces(report.taxes, format)),
    pair(words.receipts, first === null ? words.none : `${first} – ${last}`),
    ...listed(words.refunds, words.none, report.refunds, (each) =>
      amount(each.reason, each.amount_minor),
    ),
    ...listed(words.voids, words.none, report.voids, (each) =>
      amount(each.payment_id.slice(-8), each.amount_minor),
    ),
    ...listed(words.nil, words.none, report.nil_payments, (each) =>
      amount(each.reason, each.amount_minor),
    ),
    ...listed(words.debts, words.none, report.debts, (each) =>
      amount(each.reason, each.amount_minor),
    ),
    ...listed(words.openings, words.none, report.manual_openings, (each) =>
      pair(`${each.lane_id}: ${each.reason}`, time(each.at)),
    ),
  ];
}

const section = (title: string, pieces: readonly PrintPiece[]): PrintPiece[] => [
  { kind: "rule" },
  { kind: "line", text: title, style: "strong" },
  ...pieces,
];

function listed<Each>(
  title: string,
  none: string,
  all: readonly Each[],
  pieceOf: (each: Each) => PrintPiece,
): PrintPiece[] {
  if (all.length === 0) return [{ kind: "pair", left: title, right: none }];
  return [{ kind: "pair", left: title, right: String(all.length) }, ...all.map(pieceOf)];
}
