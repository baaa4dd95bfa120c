import { DwellReport } from "@gatehouse/shared/contracts/reports/analytics";
import { durationText } from "../../../shared/web/duration.ts";
import { countText } from "../format.ts";
import { useAnswer } from "../frame/answer.ts";
import { Answered } from "../frame/answered.tsx";
import { BarChart } from "../frame/chart.tsx";
import { FigureList } from "../frame/figure-list.tsx";
import { ReportHead } from "../frame/page-head.tsx";
import type { FacilityPageProps } from "../frame/page.ts";
import { PeriodPicker } from "../frame/period-picker.tsx";
import { periodOf } from "../frame/period.ts";
import { reportPath } from "../reports/report-path.ts";
import { stayText } from "../sessions/session-columns.tsx";
import { classText } from "../sessions/terms.ts";
import { dwellWords as words } from "./dwell-words.ts";

/** How long vehicles stay (requirements T23). */
export function DwellPage({ facility, question }: FacilityPageProps) {
  const period = periodOf(question, facility.today);
  const answer = useAnswer(
    reportPath(facility.facilityId, "dwell", { from: period.from, to: period.to }),
    DwellReport,
  );
  return (
    <>
      <ReportHead
        facility={facility}
        title={words.title}
        about={answer.value?.about}
        definition={words.definition}
        sentence={answer.value && sentenceOf(answer.value)}
      >
        <PeriodPicker period={period} />
      </ReportHead>
      <Answered answer={answer} skeleton="figures">
        {(told) =>
          told.vehicles === 0 && told.space_stays === 0 ? (
            <p class="empty">{words.nothing}</p>
          ) : (
            <>
              <FigureList figures={figuresOf(told)} />
              <BarChart
                title={words.byClass}
                labelTitle={words.vehicle}
                labels={told.by_class.map((row) => classText(row.vehicle_class))}
                series={[
                  {
                    name: words.average,
                    values: told.by_class.map((row) => row.average_dwell_seconds / 60),
                  },
                ]}
                text={(minutes) => durationText(minutes * 60_000)}
                axisText={(minutes) => (minutes === 0 ? "0" : durationText(minutes * 60_000))}
                axisSteps={[1, 5, 15, 30, 60, 120, 360, 720, 1440, 2880, 7200, 14400]}
              />
            </>
          )
        }
      </Answered>
    </>
  );
}

const sentenceOf = (told: DwellReport): string =>
  told.average_dwell_seconds === null
    ? words.nothing
    : words.sentence(stayText(told.average_dwell_seconds), countText(told.vehicles));

const figuresOf = (told: DwellReport) => [
  { label: words.average, value: stayText(told.average_dwell_seconds) },
  { label: words.median, value: stayText(told.median_dwell_seconds) },
  { label: words.p90, value: stayText(told.p90_dwell_seconds) },
  { label: words.stays, value: countText(told.vehicles) },
  {
    label: words.spaceStays,
    value: stayText(told.average_space_stay_seconds),
    aside: words.spaceCount(countText(told.space_stays)),
  },
];
