import { type HourlyOccupancy, TakingHours } from "@gatehouse/shared/contracts/reports/analytics";
import { countText, moneyText, percentText, shortMoneyText } from "../format.ts";
import { Answered } from "../frame/answered.tsx";
import { useAnswer } from "../frame/answer.ts";
import { BarChart, LineChart } from "../frame/chart.tsx";
import { countTold, hourText } from "./hours.ts";
import { overviewWords as words } from "./overview-words.ts";
import { reportPath } from "./report-path.ts";

/** How full the present day was, and when vehicles came and went. */
export function DayCharts({ told }: { readonly told: HourlyOccupancy }) {
  const hours = told.hourly_data;
  const labels = hours.map(({ start }) => hourText(start, told.about.timezone));
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
          {
            name: words.cameIn,
            values: hours.map(({ start, entries }) => countTold(told.about, start, entries)),
          },
          {
            name: words.wentOut,
            values: hours.map(({ start, exits }) => countTold(told.about, start, exits)),
          },
        ]}
        text={countText}
      />
    </div>
  );
}

/** What was taken in each hour of the present day. */
export function TakingsOfDay({ facilityId }: { readonly facilityId: string }) {
  const takings = useAnswer(reportPath(facilityId, "taking-hours"), TakingHours);
  return (
    <Answered answer={takings} skeleton="chart">
      {({ hours, about }) => (
        <BarChart
          title={words.takingsByHour}
          labelTitle={words.hour}
          labels={hours.map(({ start }) => hourText(start, about.timezone))}
          series={[
            {
              name: words.taken,
              values: hours.map(({ start, taken_minor }) => countTold(about, start, taken_minor)),
            },
          ]}
          text={(minor) => moneyText(minor, about.currency === "" ? null : about.currency)}
          axisText={(minor) => shortMoneyText(minor, about.currency === "" ? null : about.currency)}
        />
      )}
    </Answered>
  );
}
