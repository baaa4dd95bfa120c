import type { ShiftReportData } from "@gatehouse/shared/contracts/shifts";
import type { ComponentChildren } from "preact";
import { momentText, preciseText } from "../format.ts";
import { facility } from "../model.ts";
import { amountText } from "./amounts.ts";
import { payWords } from "./pay-words.ts";
import { shiftWords } from "./shift-words.ts";

type Report = ShiftReportData["report"];
type Line = readonly [name: string, amount: string, note?: string];

/** A shift's report on the page: what lay in the drawer, what came and went, and every exception. */
export function ReportView({ data: { report, signature } }: { readonly data: ShiftReportData }) {
  const zone = facility.value?.timezone ?? "UTC";
  const moment = (iso: string): string => momentText(Date.parse(iso), zone);
  const { first, last } = report.receipts;
  return (
    <div class="report">
      <p class="vehicle-facts">
        <span>
          {shiftWords.operator}: {report.operator}
        </span>
        <span>
          {shiftWords.from} {moment(report.opened_at)}
        </span>
        <span>
          {shiftWords.until} {moment(report.until)}
        </span>
        {first !== null && last !== null && <span>{shiftWords.receipts(first, last)}</span>}
        {signature !== null && <span>{shiftWords.signed}</span>}
      </p>
      {report.expected_minor === null && <p class="quiet">{shiftWords.blind}</p>}
      <div class="halves">
        <div>
          <Lines title={shiftWords.titleAt(report.till_id)} lines={drawerLines(report)} />
          <Lines title={shiftWords.cash} lines={cashLines(report)} />
          <Lines title={shiftWords.means} lines={meansLines(report)} />
          <Lines title={shiftWords.taxes} lines={taxLines(report)} />
        </div>
        <div>
          {exceptionsOf(report).map(([title, lines]) => (
            <Lines key={title} title={title} lines={lines} />
          ))}
        </div>
      </div>
    </div>
  );
}

const known = (minor: number | null): string => (minor === null ? "–" : amountText(minor));

function drawerLines(report: Report): Line[] {
  const { facts } = shiftWords;
  const counted: Line[] =
    report.counted_minor === null
      ? []
      : [
          [facts.counted, known(report.counted_minor)],
          [facts.difference, known(report.difference_minor)],
        ];
  return [
    [facts.float, amountText(report.float_minor)],
    [facts.expected, known(report.expected_minor)],
    ...counted,
    ...(report.left_minor === null ? [] : [[facts.left, amountText(report.left_minor)] as Line]),
  ];
}

const cashLines = ({ cash }: Report): Line[] =>
  cash.map(({ kind, in_minor, out_minor, count }) => [
    shiftWords.kinds[kind] ?? kind.replaceAll("-", " "),
    amountText(in_minor - out_minor),
    `${count}×`,
  ]);

const meansLines = ({ means }: Report): Line[] =>
  means.map(({ method, taken_minor, given_back_minor: back, count }) => [
    payWords.methods[method],
    amountText(taken_minor),
    back === 0 ? `${count}×` : `${count}×, ${shiftWords.givenBack(amountText(back))}`,
  ]);

const taxLines = ({ taxes }: Report): Line[] =>
  taxes.map(({ rate_ppm, net_minor, tax_minor }) => [
    shiftWords.taxOf(preciseText(rate_ppm / 1_000_000), amountText(net_minor)),
    amountText(tax_minor),
  ]);

/** Everything that a supervisor looks at first. */
function exceptionsOf(report: Report): [string, Line[]][] {
  const told = (why: string, minor: number): Line => [why, amountText(minor)];
  return [
    [shiftWords.nil, report.nil_payments.map((each) => told(each.reason, each.amount_minor))],
    [
      shiftWords.voids,
      report.voids.map(({ method, amount_minor }) => [method, amountText(amount_minor)]),
    ],
    [shiftWords.refunds, report.refunds.map((each) => told(each.reason, each.amount_minor))],
    [
      shiftWords.openings,
      report.manual_openings.map(({ lane_id: lane, reason }) => [lane, "", reason]),
    ],
    [shiftWords.debts, report.debts.map((each) => told(each.reason, each.amount_minor))],
    [
      shiftWords.moves,
      report.moves
        .filter(({ move }) => move === "drop" || move === "pay-in" || move === "pay-out")
        .map(({ move, amount_minor, reason }) => [
          shiftWords.kinds[move] ?? move,
          amountText(amount_minor),
          reason,
        ]),
    ],
  ];
}

function Lines({ title, lines }: { readonly title: string; readonly lines: readonly Line[] }) {
  return (
    <section>
      <h3>{title}</h3>
      {lines.length === 0 ? <Nothing>{shiftWords.none}</Nothing> : <Table lines={lines} />}
    </section>
  );
}

const Nothing = ({ children }: { readonly children: ComponentChildren }) => (
  <p class="quiet">{children}</p>
);

function Table({ lines }: { readonly lines: readonly Line[] }) {
  return (
    <table class="money-lines">
      <tbody>
        {lines.map(([name, amount, note = ""], index) => (
          <tr key={`${index} ${name}`}>
            <th scope="row">
              {name} {note !== "" && <small>{note}</small>}
            </th>
            <td class="number">{amount}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
