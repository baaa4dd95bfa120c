import { UserAnalytics } from "@gatehouse/shared/contracts/reports/analytics";
import { countText, percentText } from "../format.ts";
import { facilityAddress } from "../frame/address.ts";
import { useAnswer } from "../frame/answer.ts";
import { Answered } from "../frame/answered.tsx";
import { BarChart } from "../frame/chart.tsx";
import { FigureList } from "../frame/figure-list.tsx";
import { locale } from "../frame/language.ts";
import { ReportHead } from "../frame/page-head.tsx";
import type { FacilityPageProps } from "../frame/page.ts";
import { PeriodPicker } from "../frame/period-picker.tsx";
import { periodOf } from "../frame/period.ts";
import { reportPath } from "../reports/report-path.ts";
import { classText } from "../sessions/terms.ts";
import { customWords as words } from "./custom-words.ts";

const twoDigits = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });

/** The people who park, as their plates tell them apart (requirements A25). */
export function CustomPage({ facility, question }: FacilityPageProps) {
  const period = periodOf(question, facility.today);
  const { from, to } = period;
  const answer = useAnswer(reportPath(facility.facilityId, "users", { from, to }), UserAnalytics);
  const told = answer.value;
  return (
    <>
      <ReportHead
        facility={facility}
        title={words.title}
        about={told?.about}
        definition={words.definition}
        sentence={
          told &&
          (told.visits === 0
            ? words.nobody
            : words.sentence(countText(told.vehicles), countText(told.visits)))
        }
      >
        <PeriodPicker period={period} />
      </ReportHead>
      <Answered answer={answer} skeleton="figures">
        {(users) =>
          users.visits === 0 ? (
            <p class="empty">{words.nobody}</p>
          ) : (
            <>
              <FigureList figures={figuresOf(users)} />
              <div class="charts">
                <BarChart
                  title={words.byVisits}
                  labelTitle={words.times}
                  labels={users.by_visits.map(({ visits }) => visits)}
                  series={[
                    { name: words.vehicles, values: users.by_visits.map((row) => row.vehicles) },
                  ]}
                  text={countText}
                />
                <BarChart
                  title={words.byClass}
                  labelTitle={words.vehicle}
                  labels={users.by_class.map((row) => classText(row.vehicle_class))}
                  series={[{ name: words.visits, values: users.by_class.map((row) => row.visits) }]}
                  text={countText}
                />
              </div>
            </>
          )
        }
      </Answered>
    </>
  );
}

function figuresOf(users: UserAnalytics) {
  const { about, period, permit_visits } = users;
  const list = (permit?: "yes"): string =>
    facilityAddress(about.facility_id, "sessions", {
      ...period,
      list: "search",
      ...(permit === undefined ? {} : { permit }),
    });
  return [
    { label: words.visits, value: <a href={list()}>{countText(users.visits)}</a> },
    { label: words.vehicles, value: countText(users.vehicles) },
    { label: words.newOnes, value: countText(users.new_vehicles) },
    { label: words.returning, value: countText(users.returning_vehicles) },
    { label: words.average, value: twoDigits.format(users.average_visits) },
    {
      label: words.permits,
      value: <a href={list("yes")}>{percentText(users.permit_share)}</a>,
      aside: words.permitVisits(countText(permit_visits)),
    },
  ];
}
