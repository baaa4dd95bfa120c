import "../frame/filters.css";
import {
  DailyReport,
  HourlyOccupancy,
  type HourOfDate,
} from "@gatehouse/shared/contracts/reports/analytics";
import { countText, dayText, percentText } from "../format.ts";
import { askPage } from "../frame/address.ts";
import { useAnswer } from "../frame/answer.ts";
import { Answered } from "../frame/answered.tsx";
import { BarChart, LineChart } from "../frame/chart.tsx";
import { DataTable } from "../frame/data-table.tsx";
import { FigureList } from "../frame/figure-list.tsx";
import { ReportHead } from "../frame/page-head.tsx";
import { PageSection } from "../frame/page-section.tsx";
import type { FacilityPageProps } from "../frame/page.ts";
import { shiftDay } from "../frame/period.ts";
import { Money } from "../frame/values.tsx";
import { mayI } from "../own-rights.ts";
import { countTold, hourText } from "../reports/hours.ts";
import { reportPath } from "../reports/report-path.ts";
import { stayText } from "../sessions/session-columns.tsx";
import { classText } from "../sessions/terms.ts";
import { dayWords as words } from "./day-words.ts";

/** One day hour by hour, and as a whole for who may see money (requirements T20, T35). */
export function DayPage({ facility, question }: FacilityPageProps) {
  const date = /^\d{4}-\d\d-\d\d$/.test(question["date"] ?? "")
    ? (question["date"] ?? facility.today)
    : facility.today;
  const seesMoney = mayI("see-money");
  const ask = (report: string): string => reportPath(facility.facilityId, report, { date });
  const whole = useAnswer(seesMoney ? ask("daily") : undefined, DailyReport);
  const hourly = useAnswer(seesMoney ? undefined : ask("hourly-occupancy"), HourlyOccupancy);
  const told = seesMoney ? whole.value : hourly.value;
  return (
    <>
      <ReportHead
        facility={facility}
        title={`${words.title} ${dayText(date)}`}
        about={told?.about}
        definition={words.definition}
        sentence={told && sentenceOf(told.hourly_data)}
      >
        <div class="filters">
          <label>
            <span>{words.date}</span>
            <input
              type="date"
              required
              value={date}
              max={facility.today}
              onChange={(event) => askPage({ date: event.currentTarget.value || undefined })}
            />
          </label>
          <Step to={shiftDay(date, -1)} text={words.before} />
          <Step to={shiftDay(date, 1)} text={words.after} isDisabled={date >= facility.today} />
        </div>
      </ReportHead>
      {seesMoney ? (
        <Answered answer={whole} skeleton="figures">
          {(day) => (
            <>
              <DayFigures day={day} />
              <Hours hours={day.hourly_data} about={day.about} />
              <Types types={day.summary.vehicle_types} />
            </>
          )}
        </Answered>
      ) : (
        <Answered answer={hourly} skeleton="chart">
          {({ hourly_data, about }) => <Hours hours={hourly_data} about={about} />}
        </Answered>
      )}
    </>
  );
}

function Step({
  to,
  text,
  isDisabled = false,
}: {
  readonly to: string;
  readonly text: string;
  readonly isDisabled?: boolean;
}) {
  return (
    <button
      type="button"
      class="button"
      disabled={isDisabled}
      onClick={() => askPage({ date: to })}
    >
      {text}
    </button>
  );
}

function sentenceOf(hours: readonly HourOfDate[]): string {
  const sum = (value: (hour: HourOfDate) => number): string =>
    countText(hours.reduce((all, hour) => all + value(hour), 0));
  const most = Math.max(0, ...hours.map(({ max_occupancy }) => max_occupancy));
  return words.sentence(
    sum(({ entries }) => entries),
    sum(({ exits }) => exits),
    countText(most),
  );
}

function DayFigures({ day }: { readonly day: DailyReport }) {
  const { summary, about, peak_hour } = day;
  const { currency, timezone } = about;
  const average = summary.avg_occupancy_rate;
  return (
    <FigureList
      figures={[
        {
          label: words.revenue,
          value: <Money minor={day.revenue_minor} currency={currency} />,
          aside:
            day.given_back_minor === 0 ? undefined : (
              <GivenBack minor={day.given_back_minor} currency={currency} />
            ),
        },
        { label: words.average, value: percentText(average === null ? null : average * 100) },
        { label: words.most, value: countText(summary.max_occupancy) },
        { label: words.stay, value: stayText(summary.average_stay_seconds) },
        {
          label: words.peak,
          value: peak_hour === null ? percentText(null) : hourText(peak_hour.start, timezone),
          aside:
            peak_hour === null || peak_hour.avg_occupancy_rate === null
              ? undefined
              : percentText(peak_hour.avg_occupancy_rate * 100),
        },
      ]}
    />
  );
}

function GivenBack({ minor, currency }: { readonly minor: number; readonly currency: string }) {
  const [before, after] = words.givenBack("\u0000").split("\u0000");
  return (
    <>
      {before}
      <Money minor={minor} currency={currency} />
      {after}
    </>
  );
}

function Hours({
  hours,
  about,
}: {
  readonly hours: readonly HourOfDate[];
  readonly about: DailyReport["about"];
}) {
  const labels = hours.map(({ start }) => hourText(start, about.timezone));
  const told = ({ start }: HourOfDate, value: number): number | null =>
    countTold(about, start, value);
  return (
    <>
      <div class="charts">
        <LineChart
          title={words.occupancy}
          labelTitle={words.hour}
          labels={labels}
          series={[
            {
              name: words.average,
              values: hours.map(({ avg_occupancy_rate: rate }) =>
                rate === null ? null : rate * 100,
              ),
            },
          ]}
          text={percentText}
          reach={100}
        />
        <LineChart
          title={words.moves}
          labelTitle={words.hour}
          labels={labels}
          series={[
            { name: words.entries, values: hours.map((hour) => told(hour, hour.entries)) },
            { name: words.exits, values: hours.map((hour) => told(hour, hour.exits)) },
          ]}
          text={countText}
        />
      </div>
      <PageSection title={words.hours}>
        <DataTable
          caption={words.hours}
          columns={[
            {
              key: "start",
              title: words.hour,
              value: (row) => row.start,
              show: (row) => hourText(row.start, about.timezone),
            },
            {
              key: "avg_occupancy_rate",
              title: words.average,
              kind: "number",
              value: (row) => row.avg_occupancy_rate,
              show: ({ avg_occupancy_rate: rate }) =>
                percentText(rate === null ? null : rate * 100),
            },
            {
              key: "max_occupancy",
              title: words.most,
              kind: "number",
              value: (row) => told(row, row.max_occupancy),
            },
            {
              key: "entries",
              title: words.entries,
              kind: "number",
              value: (row) => told(row, row.entries),
            },
            {
              key: "exits",
              title: words.exits,
              kind: "number",
              value: (row) => told(row, row.exits),
            },
            {
              key: "vehicle_observations",
              title: words.observed,
              kind: "number",
              value: (row) => row.vehicle_observations,
              show: (row) => countText(row.vehicle_observations),
            },
          ]}
          rows={hours}
          keyOf={({ start }) => start}
        />
      </PageSection>
    </>
  );
}

function Types({ types }: { readonly types: Readonly<Record<string, number>> }) {
  const rows = Object.entries(types).toSorted((a, b) => b[1] - a[1]);
  if (rows.length === 0) return <p class="empty">{words.none}</p>;
  return (
    <BarChart
      title={words.types}
      labelTitle={words.vehicle}
      labels={rows.map(([type]) => classText(type))}
      series={[{ name: words.vehicles, values: rows.map(([, count]) => count) }]}
      text={countText}
    />
  );
}
