import { HourlyOccupancy } from "@gatehouse/shared/contracts/reports/analytics";
import { DashboardSummary } from "@gatehouse/shared/contracts/reports/services";
import { countText, moneyText, percentText, unknown } from "../format.ts";
import { Answered } from "../frame/answered.tsx";
import { useAnswer } from "../frame/answer.ts";
import { FigureList } from "../frame/figure-list.tsx";
import { bandText, OccupancyMark } from "../frame/occupancy-mark.tsx";
import { Opens } from "../frame/opens.tsx";
import type { FacilityPageProps } from "../frame/page.ts";
import { ReportHead } from "../frame/page-head.tsx";
import { mayI } from "../own-rights.ts";
import { words as officeWords } from "../words.ts";
import { OpenAlerts } from "./open-alerts.tsx";
import { DayCharts, TakingsOfDay } from "./overview-charts.tsx";
import { overviewWords as words } from "./overview-words.ts";
import { reportPath } from "./report-path.ts";

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
      <OpenAlerts facilityId={facility.facilityId} />
      <Answered answer={day} skeleton="chart">
        {(told) => <DayCharts told={told} />}
      </Answered>
      {mayI("see-money") && <TakingsOfDay facilityId={facility.facilityId} />}
    </>
  );
}

const labels = [
  words.rate,
  words.slots,
  words.occupied,
  words.available,
  words.active,
  words.completed,
  words.revenue,
  words.users,
];

const isToldOf = ({ total_slots }: DashboardSummary): boolean => total_slots > 0;

function sentenceOf(told: DashboardSummary): string {
  if (!isToldOf(told)) return words.noSpaces;
  return words.sentence(percentText(told.occupancy_rate), money(told, told.revenue_today_minor));
}

const money = ({ about }: DashboardSummary, minor: number): string =>
  moneyText(minor, about.currency === "" ? null : about.currency);

function figuresOf(told: DashboardSummary) {
  const { opens, about } = told;
  // Nothing was ever told of it: all this is not known, rather than nought.
  if (about.lag_s === null) return labels.map((label) => ({ label, value: unknown }));
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
