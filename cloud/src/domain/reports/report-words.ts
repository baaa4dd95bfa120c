import type { StoredReportData } from "@gatehouse/shared/contracts/reports/stored";
import { formatMinor, minorUnits } from "@gatehouse/shared/money";
import type { PrintPiece } from "@gatehouse/shared/print-piece";

const money = ({ revenue }: StoredReportData, minor: number): string =>
  formatMinor(minorUnits(minor), revenue.about.currency === "" ? "EUR" : revenue.about.currency);

/** One sentence of what a report says. */
export function reportSummary(data: StoredReportData): string {
  const { revenue, flow } = data;
  return `${money(data, revenue.total_revenue_minor)} from ${revenue.transaction_count} payments, ${flow.entries} entries, ${flow.exits} exits.`;
}

/** A report's title where nobody gave one. */
export function reportTitle(
  type: string,
  facilityName: string,
  { from, to }: { readonly from: string; readonly to: string },
): string {
  const kind = type.charAt(0).toUpperCase() + type.slice(1);
  const days = from === to ? from : `${from} to ${to}`;
  return `${kind} report, ${facilityName}, ${days}`.slice(0, 200);
}

/** A report as a table with one row a day, for spreadsheets (RFC 4180). Money is in whole minor units. */
export function reportCsv({ revenue, flow }: StoredReportData): string {
  const flowOf = new Map(flow.by_day.map((row) => [row.day, row]));
  const takingsOf = new Map(revenue.by_day.map((row) => [row.day, row]));
  const days = [...new Set([...flowOf.keys(), ...takingsOf.keys()])].toSorted();
  const rows = days.map((day) => {
    const takings = takingsOf.get(day);
    const moved = flowOf.get(day);
    return [
      day,
      revenue.about.currency,
      takings?.revenue_minor ?? 0,
      takings?.transaction_count ?? 0,
      takings?.given_back_minor ?? 0,
      moved?.entries ?? 0,
      moved?.exits ?? 0,
    ];
  });
  const head = "day,currency,revenue_minor,transactions,given_back_minor,entries,exits";
  return `${[head, ...rows.map((row) => row.join(","))].join("\r\n")}\r\n`;
}

/** A report as a paper. */
export function reportPieces(title: string, data: StoredReportData): PrintPiece[] {
  const { revenue, flow, dwell, figures } = data;
  const line = (text: string, style?: "title" | "strong"): PrintPiece => ({
    kind: "line",
    text,
    ...(style === undefined ? {} : { style }),
  });
  const pair = (left: string, right: string, strong = false): PrintPiece => ({
    kind: "pair",
    left,
    right,
    ...(strong ? { strong } : {}),
  });
  const rule: PrintPiece = { kind: "rule" };
  const minutes = (seconds: number | null): string =>
    seconds === null ? "–" : `${Math.round(seconds / 60)} min`;
  return [
    line(title, "title"),
    line(`As of ${revenue.about.as_of}, facts until ${revenue.about.facts_until ?? "–"}`),
    rule,
    line("Revenue", "strong"),
    ...revenue.by_payment_method.map(({ payment_method, amount_minor, count }) =>
      pair(`  ${payment_method} (${count})`, money(data, amount_minor)),
    ),
    pair("Total", money(data, revenue.total_revenue_minor), true),
    pair("Given back", money(data, revenue.total_revenue_minor - revenue.net_revenue_minor)),
    line("By zone", "strong"),
    ...revenue.by_zone.map(({ zone_name, revenue_minor }) =>
      pair(`  ${zone_name}`, money(data, revenue_minor)),
    ),
    rule,
    line("Vehicles", "strong"),
    pair("  Entries", String(flow.entries)),
    pair("  Exits", String(flow.exits)),
    pair("  Average stay", minutes(dwell.average_dwell_seconds)),
    pair("  Nine in ten stay at most", minutes(dwell.p90_dwell_seconds)),
    rule,
    line("Key figures", "strong"),
    ...figures.map(({ title: name, value, unit }) =>
      pair(`  ${name}`, value === null ? "–" : `${value} ${unit}`),
    ),
    rule,
    line("By day", "strong"),
    ...revenue.by_day.map(({ day, revenue_minor, transaction_count }) =>
      pair(`  ${day} (${transaction_count})`, money(data, revenue_minor)),
    ),
  ];
}
