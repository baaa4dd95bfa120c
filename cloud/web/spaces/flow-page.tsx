import { FlowReport } from "@gatehouse/shared/contracts/reports/analytics";
import { countText, dayText } from "../format.ts";
import { facilityAddress } from "../frame/address.ts";
import { useAnswer } from "../frame/answer.ts";
import { Answered } from "../frame/answered.tsx";
import { LineChart } from "../frame/chart.tsx";
import { DataTable } from "../frame/data-table.tsx";
import { FigureList } from "../frame/figure-list.tsx";
import { ReportHead } from "../frame/page-head.tsx";
import { PageSection } from "../frame/page-section.tsx";
import type { FacilityPageProps } from "../frame/page.ts";
import { PeriodPicker } from "../frame/period-picker.tsx";
import { periodOf } from "../frame/period.ts";
import { shortDayText } from "../reports/hours.ts";
import { reportPath } from "../reports/report-path.ts";
import { classText } from "../sessions/terms.ts";
import { flowWords as words } from "./flow-words.ts";

/** Where vehicles come in and leave, and what cameras followed (requirements T22). */
export function FlowPage({ facility, question }: FacilityPageProps) {
  const period = periodOf(question, facility.today);
  const answer = useAnswer(
    reportPath(facility.facilityId, "flow", { from: period.from, to: period.to }),
    FlowReport,
  );
  return (
    <>
      <ReportHead
        facility={facility}
        title={words.title}
        about={answer.value?.about}
        definition={words.definition}
        sentence={
          answer.value &&
          words.sentence(countText(answer.value.entries), countText(answer.value.exits))
        }
      >
        <PeriodPicker period={period} />
      </ReportHead>
      <Answered answer={answer} skeleton="figures">
        {(told) => (
          <>
            <FigureList
              figures={[
                { label: words.active, value: countText(told.now.active), aside: words.now },
                { label: words.parked, value: countText(told.now.parked), aside: words.now },
                { label: words.exited, value: countText(told.now.exited) },
              ]}
            />
            <LineChart
              title={words.byDay}
              labelTitle={words.day}
              labels={told.by_day.map(({ day }) => dayText(day))}
              axisLabels={told.by_day.map(({ day }) => shortDayText(day))}
              series={[
                { name: words.entries, values: told.by_day.map(({ entries }) => entries) },
                { name: words.exits, values: told.by_day.map(({ exits }) => exits) },
              ]}
              text={countText}
            />
            <Lanes told={told} />
            <Cameras told={told} />
          </>
        )}
      </Answered>
    </>
  );
}

function Lanes({ told }: { readonly told: FlowReport }) {
  const { about, period } = told;
  const listOf = (row: FlowReport["by_lane"][number], by: "entry" | "exit"): string =>
    facilityAddress(about.facility_id, "sessions", {
      ...period,
      by,
      lane: row.lane_id,
      vehicle_class: row.vehicle_class,
      list: "search",
    });
  return (
    <PageSection title={words.byLane}>
      <DataTable
        caption={words.byLane}
        columns={[
          {
            key: "lane_name",
            title: words.lane,
            value: (row) => row.lane_name || null,
          },
          {
            key: "vehicle_class",
            title: words.vehicle,
            value: (row) => row.vehicle_class,
            show: (row) => classText(row.vehicle_class),
          },
          {
            key: "entries",
            title: words.entries,
            kind: "number",
            value: (row) => row.entries,
            show: (row) =>
              row.entries === 0 ? "0" : <a href={listOf(row, "entry")}>{countText(row.entries)}</a>,
          },
          {
            key: "exits",
            title: words.exits,
            kind: "number",
            value: (row) => row.exits,
            show: (row) =>
              row.exits === 0 ? "0" : <a href={listOf(row, "exit")}>{countText(row.exits)}</a>,
          },
        ]}
        rows={told.by_lane.toSorted(
          (a, b) =>
            a.lane_name.localeCompare(b.lane_name) || b.entries + b.exits - a.entries - a.exits,
        )}
        keyOf={({ lane_id, vehicle_class }) => `${lane_id} ${vehicle_class}`}
        empty={words.none}
      />
    </PageSection>
  );
}

function Cameras({ told }: { readonly told: FlowReport }) {
  return (
    <PageSection title={words.byCamera}>
      <DataTable
        caption={words.byCamera}
        columns={[
          { key: "camera_id", title: words.camera, value: (row) => row.camera_id },
          { key: "entries", title: words.entries, kind: "number", value: (row) => row.entries },
          { key: "exits", title: words.exits, kind: "number", value: (row) => row.exits },
          { key: "vehicles", title: words.vehicles, kind: "number", value: (row) => row.vehicles },
        ]}
        rows={told.by_camera}
        keyOf={({ camera_id }) => camera_id}
        empty={words.noCamera}
      />
    </PageSection>
  );
}
