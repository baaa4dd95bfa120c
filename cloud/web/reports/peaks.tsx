import { WeekPattern } from "@gatehouse/shared/contracts/reports/analytics";
import { PeakHours, PeakOccupancy } from "@gatehouse/shared/contracts/reports/services";
import { countText, decimalText, percentText } from "../format.ts";
import { facilityAddress } from "../frame/address.ts";
import { Answered } from "../frame/answered.tsx";
import { type Answer, useAnswer } from "../frame/answer.ts";
import { BarChart, LineChart } from "../frame/chart.tsx";
import { type Column, DataTable } from "../frame/data-table.tsx";
import { HeatMap } from "../frame/heat-map.tsx";
import { OccupancyMark } from "../frame/occupancy-mark.tsx";
import type { FacilityPageProps } from "../frame/page.ts";
import { ReportHead } from "../frame/page-head.tsx";
import { PageSection } from "../frame/page-section.tsx";
import { type PeriodName, periodOf } from "../frame/period.ts";
import { PeriodPicker } from "../frame/period-picker.tsx";
import { hourOfDayText } from "./hours.ts";
import { peaksWords as words } from "./peaks-words.ts";
import { reportPath } from "./report-path.ts";

/** Peaks are asked for by days that are over. */
const offered = ["7", "30", "90"] as const satisfies readonly PeriodName[];

/** When vehicles come in, and when spaces are full: two reports (requirements A9, T21), and the week of each. */
export function PeaksPage({ facility, question }: FacilityPageProps) {
  const chosen = periodOf({ period: question["period"] ?? "30" }, facility.today);
  const days = offered.find((each) => each === chosen.name) ?? "30";
  const period = periodOf({ period: days }, facility.today);
  const path = (report: string): string => reportPath(facility.facilityId, report, { days });
  const entries = useAnswer(path("peak-hours"), PeakHours);
  const occupancy = useAnswer(path("peak-occupancy"), PeakOccupancy);
  const week = useAnswer(path("week"), WeekPattern);
  return (
    <>
      <ReportHead
        title={words.question}
        facility={facility}
        sentence={sentenceOf(entries, occupancy)}
        about={entries.value?.about}
        definition={words.definition}
      >
        <PeriodPicker period={period} offered={offered} />
      </ReportHead>
      <div class="charts">
        <Answered answer={entries} skeleton="chart">
          {(told) => <Entries told={told} />}
        </Answered>
        <Answered answer={occupancy} skeleton="chart">
          {(told) => <Occupancy told={told} />}
        </Answered>
      </div>
      <Answered answer={week} skeleton="chart">
        {(told) => <Week told={told} />}
      </Answered>
    </>
  );
}

function sentenceOf(
  entries: Answer<PeakHours>,
  occupancy: Answer<PeakOccupancy>,
): string | undefined {
  if (entries.value === undefined || occupancy.value === undefined) return undefined;
  const [busiest] = entries.value.peak_hours;
  const [fullest] = occupancy.value.peak_hours;
  if (busiest === undefined) return words.nothing;
  const at = hourOfDayText(busiest.hour);
  return fullest === undefined
    ? words.onlyEntries(at)
    : words.sentence(at, hourOfDayText(fullest.hour));
}

function Entries({ told }: { readonly told: PeakHours }) {
  type Hour = PeakHours["peak_hours"][number];
  const columns: Column<Hour>[] = [
    hourColumn(({ hour }) => hour),
    {
      key: "entries",
      title: words.entries,
      kind: "number",
      value: ({ entries }) => entries,
      show: ({ hour, entries }) => (
        <a
          href={facilityAddress(told.about.facility_id, "sessions", {
            ...told.period,
            by: "entry",
            hour: `${hour}`,
          })}
        >
          {countText(entries)}
        </a>
      ),
    },
    {
      key: "average_entries",
      title: words.average,
      kind: "number",
      value: ({ average_entries }) => average_entries,
      show: ({ average_entries }) => decimalText(average_entries),
    },
  ];
  return (
    <>
      <BarChart
        title={words.byEntries}
        labelTitle={words.hour}
        labels={told.hourly_breakdown.map(({ hour }) => hourOfDayText(hour))}
        series={[
          { name: words.entries, values: told.hourly_breakdown.map(({ entries }) => entries) },
        ]}
        text={countText}
      />
      <PageSection title={words.topEntries}>
        <DataTable
          caption={words.topEntries}
          columns={columns}
          rows={told.peak_hours}
          keyOf={({ hour }) => `${hour}`}
          empty={words.nothing}
        />
      </PageSection>
    </>
  );
}

function Occupancy({ told }: { readonly told: PeakOccupancy }) {
  type Hour = PeakOccupancy["peak_hours"][number];
  const columns: Column<Hour>[] = [
    hourColumn(({ hour }) => hour),
    {
      key: "occupancy_percent",
      title: words.occupancy,
      value: ({ avg_occupancy }) => 100 * avg_occupancy,
      show: ({ avg_occupancy }) => <OccupancyMark percent={100 * avg_occupancy} />,
    },
    {
      key: "most_inside",
      title: words.mostInside,
      kind: "number",
      value: ({ max_inside }) => max_inside,
      show: ({ max_inside }) => countText(max_inside),
    },
  ];
  return (
    <>
      <LineChart
        title={words.byOccupancy}
        labelTitle={words.hour}
        labels={told.hourly_breakdown.map(({ hour }) => hourOfDayText(hour))}
        series={[
          {
            name: words.occupancy,
            values: told.hourly_breakdown.map(({ avg_occupancy, hours_observed }) =>
              hours_observed === 0 ? null : 100 * avg_occupancy,
            ),
          },
        ]}
        text={percentText}
        reach={100}
      />
      <PageSection title={words.topOccupancy}>
        <DataTable
          caption={words.topOccupancy}
          columns={columns}
          rows={told.peak_hours}
          keyOf={({ hour }) => `${hour}`}
        />
      </PageSection>
    </>
  );
}

const hourColumn = <Row,>(hour: (row: Row) => number): Column<Row> => ({
  key: "hour",
  title: words.hour,
  value: hour,
  show: (row) => hourOfDayText(hour(row)),
});

function Week({ told }: { readonly told: WeekPattern }) {
  const weekOf = (value: (hour: WeekPattern["hours"][number]) => number | null) =>
    Array.from({ length: 7 }, (_, day) => told.hours.slice(24 * day, 24 * day + 24).map(value));
  return (
    <>
      <HeatMap
        title={words.weekEntries}
        week={weekOf(({ average_entries }) => average_entries)}
        text={decimalText}
      />
      <HeatMap
        title={words.weekOccupancy}
        week={weekOf(({ avg_occupancy }) => (avg_occupancy === null ? null : 100 * avg_occupancy))}
        text={(percent) => countText(Math.round(percent))}
        most={100}
      />
    </>
  );
}
