import type {
  ForecastReport,
  ForecastTold,
  TestedHorizon,
} from "@gatehouse/shared/contracts/reports/outlook";
import { countText, percentText } from "../format.ts";
import { DataTable } from "../frame/data-table.tsx";
import { locale } from "../frame/language.ts";
import { forecastWords as words } from "./forecast-words.ts";

interface Row extends TestedHorizon {
  readonly what: string;
  readonly days: string;
  readonly text: (value: number) => string;
}

/** How wrong the forecast was on the past, beside the same hour last week, by how far ahead. */
export function TestedTable({
  report,
  money,
}: {
  readonly report: ForecastReport;
  readonly money: (minor: number) => string;
}) {
  const { occupancy, revenue } = report;
  const rows = [
    ...rowsOf(words.occupancyOf, occupancy, oneDigit),
    ...rowsOf(words.revenueOf, revenue, money),
  ];
  return (
    <>
      <ul class="plain-list">
        {[[words.occupancyOf, occupancy] as const, [words.revenueOf, revenue] as const].map(
          ([name, told]) => (
            <li key={name}>
              <strong>{name}:</strong> {verdictOf(told)}
            </li>
          ),
        )}
      </ul>
      {rows.length > 0 && (
        <DataTable
          caption={words.tested}
          columns={[
            { key: "what", title: words.what, value: (row) => row.what },
            { key: "days_ahead", title: words.horizon, value: (row) => row.days },
            {
              key: "mae",
              title: words.error,
              kind: "number",
              value: (row) => row.model.mae,
              show: (row) => row.text(row.model.mae),
            },
            {
              key: "mae_last_week",
              title: words.errorOfNaive,
              kind: "number",
              value: (row) => row.naive.mae,
              show: (row) => row.text(row.naive.mae),
            },
            {
              key: "wape_percent",
              title: words.share,
              kind: "number",
              value: (row) => row.model.wape_percent,
              show: (row) => percentText(row.model.wape_percent),
            },
            {
              key: "wape_percent_last_week",
              title: words.shareOfNaive,
              kind: "number",
              value: (row) => row.naive.wape_percent,
              show: (row) => percentText(row.naive.wape_percent),
            },
            {
              key: "hours",
              title: words.hours,
              kind: "number",
              value: (row) => row.hours,
              show: (row) => countText(row.hours),
            },
          ]}
          rows={rows}
          keyOf={({ what, days }) => `${what} ${days}`}
        />
      )}
    </>
  );
}

function rowsOf(what: string, told: ForecastTold, text: Row["text"]): Row[] {
  if (told.kind === "too-little" || told.backtest === null) return [];
  const { all, by_horizon } = told.backtest;
  const named = (tested: TestedHorizon, days: string): Row => ({ ...tested, what, days, text });
  return [
    named(all, words.allDays),
    ...by_horizon.map((each) =>
      named(
        each,
        each.from_day === each.to_day
          ? countText(each.from_day)
          : `${countText(each.from_day)}–${countText(each.to_day)}`,
      ),
    ),
  ];
}

function verdictOf(told: ForecastTold): string {
  if (told.kind === "too-little")
    return words.tooLittle(countText(told.known_days), countText(told.needed_days));
  if (told.backtest === null) return words.untested;
  const { model, naive } = told.backtest.all;
  if (told.method === "naive") return words.isNaive;
  return words.isModel(percentText(Math.round(100 * (1 - model.mae / naive.mae))));
}

const digits = new Intl.NumberFormat(locale, {
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
});

const oneDigit = (value: number): string => digits.format(value);
