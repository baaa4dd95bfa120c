import { DashboardSummary } from "@gatehouse/shared/contracts/reports/services";
import {
  SystemMetricsPage,
  type SystemMetricsRow,
} from "@gatehouse/shared/contracts/reports/stored";
import { useSignal } from "@preact/signals";
import { ask, nothing } from "../../../shared/web/ask.ts";
import { countText, minuteText, percentText } from "../format.ts";
import { type Answer, useAnswer } from "../frame/answer.ts";
import { Answered } from "../frame/answered.tsx";
import { dayBeginnings } from "../frame/axis-names.ts";
import { LineChart } from "../frame/chart.tsx";
import { ConfirmedAct } from "../frame/confirmed-act.tsx";
import { type Column, DataTable } from "../frame/data-table.tsx";
import { FigureList } from "../frame/figure-list.tsx";
import { OccupancyMark } from "../frame/occupancy-mark.tsx";
import { ReportHead } from "../frame/page-head.tsx";
import { PageSection } from "../frame/page-section.tsx";
import type { FacilityPageProps } from "../frame/page.ts";
import { PeriodPicker } from "../frame/period-picker.tsx";
import { periodOf } from "../frame/period.ts";
import { Money } from "../frame/values.tsx";
import { mayI } from "../own-rights.ts";
import { hourText, shortDayAt } from "../reports/hours.ts";
import { reportPath } from "../reports/report-path.ts";
import { metricsWords as words } from "./metrics-words.ts";

/** How the facility stands, and how it stood at each kept moment (requirements A4, A20). */
export function MetricsPage({ facility, question }: FacilityPageProps) {
  const isAsked = "period" in question || "from" in question;
  const period = periodOf(isAsked ? question : { period: "today" }, facility.today);
  const path = (report: string): string => reportPath(facility.facilityId, report);
  const now = useAnswer(path("dashboard"), DashboardSummary);
  const kept = useAnswer(
    reportPath(facility.facilityId, "metrics", { from: period.from, to: period.to }),
    SystemMetricsPage,
    "minute",
  );
  const count = kept.value?.metrics.length;
  return (
    <>
      <ReportHead
        facility={facility}
        title={words.title}
        about={kept.value?.about}
        definition={words.definition}
        sentence={
          count === undefined
            ? undefined
            : count === 0
              ? words.none
              : words.sentence(countText(count), count === 1)
        }
      >
        <PeriodPicker period={period} />
      </ReportHead>
      <PageSection title={words.now}>
        <Answered answer={now} skeleton="figures">
          {(board) => <Now board={board} />}
        </Answered>
      </PageSection>
      <Answered answer={kept} skeleton="chart">
        {(told) =>
          told.metrics.length === 0 ? (
            <p class="empty">{words.none}</p>
          ) : (
            <>
              <Timeline told={told} />
              <Rows kept={kept} told={told} path={path("metrics")} />
            </>
          )
        }
      </Answered>
    </>
  );
}

function Now({ board }: { readonly board: DashboardSummary }) {
  const isTold = board.total_slots > 0;
  return (
    <FigureList
      figures={[
        {
          label: words.occupancy,
          value: <OccupancyMark percent={isTold ? board.occupancy_rate : null} />,
        },
        { label: words.occupied, value: countText(board.occupied_slots) },
        { label: words.available, value: countText(board.available_slots) },
        { label: words.inside, value: countText(board.active_sessions) },
        {
          label: words.takenToday,
          value: <Money minor={board.revenue_today_minor} currency={board.about.currency} />,
        },
      ]}
    />
  );
}

/** Per cent, as the colours are read. */
const rateOf = ({ total_slots, occupied_slots }: SystemMetricsRow): number | null =>
  total_slots === 0 ? null : (100 * occupied_slots) / total_slots;

function Timeline({ told: { metrics, about } }: { readonly told: SystemMetricsPage }) {
  const { timezone } = about;
  const days = metrics.map(({ timestamp }) => shortDayAt(timestamp, timezone));
  const isOneDay = new Set(days.slice(1)).size <= 1;
  return (
    <LineChart
      title={words.timeline}
      labelTitle={words.moment}
      labels={metrics.map(({ timestamp }) => minuteText(timestamp, timezone))}
      axisLabels={
        isOneDay
          ? metrics.map(({ timestamp }) => hourText(timestamp, timezone))
          : dayBeginnings(days)
      }
      series={[{ name: words.occupancy, values: metrics.map(rateOf) }]}
      text={percentText}
      reach={100}
    />
  );
}

/** So many rows are shown at once. */
const rowsAtOnce = 100;

function Rows({
  kept,
  told: { metrics, about },
  path,
}: {
  readonly kept: Answer<SystemMetricsPage>;
  readonly told: SystemMetricsPage;
  readonly path: string;
}) {
  const shown = useSignal(rowsAtOnce);
  const { timezone, currency } = about;
  const number = (key: keyof SystemMetricsRow & `${string}s`, title: string) => ({
    key,
    title,
    kind: "number" as const,
    value: (row: SystemMetricsRow) => row[key],
  });
  const columns: readonly Column<SystemMetricsRow>[] = [
    {
      key: "timestamp",
      title: words.moment,
      value: (row) => row.timestamp,
      show: ({ timestamp }) => minuteText(timestamp, timezone),
    },
    number("total_slots", words.spaces),
    number("occupied_slots", words.occupied),
    number("available_slots", words.available),
    {
      key: "occupancy_rate",
      title: words.occupancy,
      value: rateOf,
      show: (row) => <OccupancyMark percent={rateOf(row)} />,
    },
    number("active_sessions", words.inside),
    {
      key: "daily_revenue",
      title: words.taken,
      kind: "number",
      value: (row) => row.daily_revenue,
      show: (row) => <Money minor={row.daily_revenue_minor} currency={currency} />,
    },
    ...(mayI("delete-reports")
      ? [
          {
            key: "acts",
            title: words.acts,
            value: () => "",
            show: ({ timestamp }: SystemMetricsRow) => (
              <ConfirmedAct
                name={words.delete}
                question={words.deleteIt}
                act={() => ask("DELETE", `${path}/${timestamp}`, nothing)}
                onDone={kept.again}
              />
            ),
          },
        ]
      : []),
  ];
  return (
    <PageSection title={words.rows}>
      <DataTable
        caption={words.rows}
        columns={columns}
        rows={metrics.toReversed().slice(0, shown.value)}
        keyOf={({ timestamp }) => timestamp}
        {...(shown.value < metrics.length ? { onMore: () => (shown.value += rowsAtOnce) } : {})}
      />
    </PageSection>
  );
}
