import { HourlyOccupancy } from "@gatehouse/shared/contracts/reports/analytics";
import { DashboardSummary } from "@gatehouse/shared/contracts/reports/services";
import { countText, moneyText, percentText } from "../format.ts";
import { Answered } from "../frame/answered.tsx";
import { useAnswer } from "../frame/answer.ts";
import { LineChart } from "../frame/chart.tsx";
import { FigureList } from "../frame/figure-list.tsx";
import { bandText, OccupancyMark } from "../frame/occupancy-mark.tsx";
import { Opens } from "../frame/opens.tsx";
import type { FacilityPageProps } from "../frame/page.ts";
import { ReportHead } from "../frame/page-head.tsx";
import { words as officeWords } from "../words.ts";
import { hourText } from "./hours.ts";
import { reportPath } from "./report-path.ts";
import { reportWords } from "./report-words.ts";

const words = reportWords.overview;

/** How a facility stands, and its present day (requirements A6, A20). */
export function OverviewPage({ facility }: FacilityPageProps) {
  const dashboard = useAnswer(reportPath(facility.facilityId, "dashboard"), DashboardSummary);
  const day = useAnswer(reportPath(facility.facilityId, "hourly-occupancy"), HourlyOccupancy);
  return (
    <>
      <ReportHead
        title={words.question}
        facility={facility}
        sentence={dashboard.value === undefined ? undefined : sentenceOf(dashboard.value)}
        about={dashboard.value?.about}
        definition={words.definition}
      />
      <Answered answer={dashboard} skeleton="figures">
        {(told) => <FigureList figures={figuresOf(told)} />}
      </Answered>
      <Answered answer={day} skeleton="chart">
        {(told) => <DayCharts told={told} />}
      </Answered>
    </>
  );
}

const isToldOf = ({ total_slots }: DashboardSummary): boolean => total_slots > 0;

function sentenceOf(told: DashboardSummary): string {
  if (!isToldOf(told)) return words.noSpaces;
  return words.sentence(percentText(told.occupancy_rate), money(told, told.revenue_today_minor));
}

const money = ({ about }: DashboardSummary, minor: number): string =>
  moneyText(minor, about.currency === "" ? null : about.currency);

function figuresOf(told: DashboardSummary) {
  const { opens } = told;
  return [
    {
      label: words.rate,
      value: <OccupancyMark percent={isToldOf(told) ? told.occupancy_rate : null} />,
      aside: isToldOf(told) ? bandText(told.occupancy_rate) : undefined,
    },
    { label: words.slots, value: countText(told.total_slots), aside: slotsAside(told) },
    { label: words.occupied, value: countText(told.occupied_slots) },
    { label: words.available, value: countText(told.available_slots) },
    {
      label: words.active,
      value: <Opens to={opens["active_sessions"]}>{countText(told.active_sessions)}</Opens>,
      aside: words.peak(countText(told.peak_inside_today)),
    },
    {
      label: words.completed,
      value: <Opens to={opens["completed_sessions"]}>{countText(told.completed_sessions)}</Opens>,
      aside: words.entries(countText(told.entries_today)),
    },
    {
      label: words.revenue,
      value: <Opens to={opens["revenue_today"]}>{money(told, told.revenue_today_minor)}</Opens>,
      aside:
        told.given_back_today_minor === 0
          ? undefined
          : words.givenBack(money(told, told.given_back_today_minor)),
    },
    {
      label: words.users,
      value: <Opens to={opens["entries_today"]}>{countText(told.users_today)}</Opens>,
      aside: words.usersAside,
    },
  ];
}

function slotsAside({ unknown_slots, out_of_service_slots }: DashboardSummary): string | undefined {
  const asides = [
    ...(unknown_slots > 0 ? [officeWords.spacesUnknown(countText(unknown_slots))] : []),
    ...(out_of_service_slots > 0 ? [officeWords.spacesOut(countText(out_of_service_slots))] : []),
  ];
  return asides.length === 0 ? undefined : asides.join(", ");
}

function DayCharts({ told }: { readonly told: HourlyOccupancy }) {
  const hours = told.hourly_data;
  const { timezone } = told.about;
  const labels = hours.map(({ start }) => hourText(start, timezone));
  const isPast = ({ start }: (typeof hours)[number]): boolean => start <= told.about.as_of;
  return (
    <div class="charts">
      <LineChart
        title={words.occupancyByHour}
        labelTitle={words.hour}
        labels={labels}
        series={[
          {
            name: words.occupancy,
            values: hours.map(({ avg_occupancy_rate: share }) =>
              share === null ? null : share * 100,
            ),
          },
        ]}
        text={percentText}
        reach={100}
      />
      <LineChart
        title={words.movesByHour}
        labelTitle={words.hour}
        labels={labels}
        series={[
          { name: words.cameIn, values: hours.map((hour) => (isPast(hour) ? hour.entries : null)) },
          { name: words.wentOut, values: hours.map((hour) => (isPast(hour) ? hour.exits : null)) },
        ]}
        text={countText}
      />
    </div>
  );
}
