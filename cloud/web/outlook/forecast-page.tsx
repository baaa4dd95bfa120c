import { ForecastReport, type ForecastTold } from "@gatehouse/shared/contracts/reports/outlook";
import { countText, moneyText, roughMoneyText, shortMoneyText } from "../format.ts";
import { askPage } from "../frame/address.ts";
import { useAnswer } from "../frame/answer.ts";
import { Answered } from "../frame/answered.tsx";
import { dayBeginnings } from "../frame/axis-names.ts";
import { LineChart } from "../frame/chart.tsx";
import { Choices } from "../frame/choices.tsx";
import { ReportHead } from "../frame/page-head.tsx";
import { PageSection } from "../frame/page-section.tsx";
import type { FacilityPageProps } from "../frame/page.ts";
import { reportPath } from "../reports/report-path.ts";
import { ComingDays } from "./coming-days.tsx";
import { forecastWords as words } from "./forecast-words.ts";
import { TestedTable } from "./tested-table.tsx";
import { dayHourText, weekdayText } from "./week-time.ts";

const lengths = ["7", "14", "28"] as const;

/** Occupancy and takings of the coming days, how good such forecasts were, and what is known to come. */
export function ForecastPage({ facility, question }: FacilityPageProps) {
  const days = lengths.find((each) => each === question["days"]) ?? "7";
  const path = reportPath(facility.facilityId, "forecast", { days });
  const answer = useAnswer(path, ForecastReport, "minute");
  return (
    <>
      <ReportHead
        facility={facility}
        title={words.title}
        about={answer.value?.about}
        definition={words.definition}
        sentence={answer.value && sentenceOf(answer.value)}
      >
        <Choices
          label={words.days}
          values={lengths}
          chosen={days}
          text={words.ahead}
          onChoose={(each) => askPage({ days: each })}
        />
      </ReportHead>
      <Answered answer={answer} skeleton="chart">
        {(told) => {
          const { currency } = told.about;
          const money = (minor: number): string =>
            moneyText(Math.round(minor), currency === "" ? null : currency);
          return (
            <>
              <Course
                title={told.occupancy_of === "spaces" ? words.spaces : words.vehicles}
                told={told.occupancy}
                text={(value) => countText(value)}
                reach={told.capacity}
              />
              <Course
                title={words.revenue}
                told={told.revenue}
                text={money}
                axisText={(minor) => shortMoneyText(minor, currency === "" ? null : currency)}
                reach={null}
              />
              <PageSection title={words.tested}>
                <TestedTable report={told} money={money} />
              </PageSection>
            </>
          );
        }}
      </Answered>
      <ComingDays facility={facility} onChange={answer.again} />
    </>
  );
}

function sentenceOf({ occupancy, occupancy_of, revenue, about }: ForecastReport): string {
  if (occupancy.kind === "too-little")
    return words.tooLittle(countText(occupancy.known_days), countText(occupancy.needed_days));
  const fullest = occupancy.hours.reduce((most, hour) =>
    hour.expected > most.expected ? hour : most,
  );
  const taken =
    revenue.kind === "too-little"
      ? null
      : revenue.hours.reduce((sum, { expected }) => sum + expected, 0);
  const most = occupancy_of === "spaces" ? words.spacesFull : words.vehiclesIn;
  return words.sentence(
    most(countText(fullest.expected)),
    dayHourText(fullest.day, fullest.hour),
    roughMoneyText(taken ?? 0, taken === null || about.currency === "" ? null : about.currency),
  );
}

/** A forecast as three lines: what is expected, and between what it will lie. */
function Course({
  title,
  told,
  text,
  axisText = text,
  reach,
}: {
  readonly title: string;
  readonly told: ForecastTold;
  readonly text: (value: number) => string;
  readonly axisText?: (value: number) => string;
  readonly reach: number | null;
}) {
  if (told.kind === "too-little") return null;
  const { hours } = told;
  const bounds = hours.some(({ low }) => low !== null)
    ? [
        { name: words.high, values: hours.map(({ high }) => high) },
        { name: words.low, values: hours.map(({ low }) => low) },
      ]
    : [];
  return (
    <LineChart
      title={title}
      labelTitle={words.hour}
      labels={hours.map(({ day, hour }) => dayHourText(day, hour))}
      axisLabels={dayBeginnings(hours.map(({ day }) => weekdayText(day)))}
      series={[{ name: words.expected, values: hours.map(({ expected }) => expected) }, ...bounds]}
      text={text}
      axisText={axisText}
      {...(reach === null ? {} : { reach })}
    />
  );
}
