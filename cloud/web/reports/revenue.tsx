import { RevenueReport } from "@gatehouse/shared/contracts/reports/services";
import { countText, dayText, moneyText, shortMoneyText } from "../format.ts";
import { Answered } from "../frame/answered.tsx";
import { useAnswer } from "../frame/answer.ts";
import { BarChart } from "../frame/chart.tsx";
import { FigureList } from "../frame/figure-list.tsx";
import { Opens } from "../frame/opens.tsx";
import type { FacilityPageProps } from "../frame/page.ts";
import { ReportHead } from "../frame/page-head.tsx";
import { periodOf } from "../frame/period.ts";
import { PeriodPicker } from "../frame/period-picker.tsx";
import { daysOf, shortDayText } from "./hours.ts";
import { reportPath } from "./report-path.ts";
import { DayTable, GivenBack, MethodTable, NotRevenue, ZoneTable } from "./revenue-tables.tsx";
import { revenueWords as words } from "./revenue-words.ts";

/** What was taken on some days, by day, way to pay and zone, and what went back (requirements A8). */
export function RevenuePage({ facility, question }: FacilityPageProps) {
  const period = periodOf(question, facility.today);
  const { from, to } = period;
  const revenue = useAnswer(
    reportPath(facility.facilityId, "revenue", { from, to }),
    RevenueReport,
  );
  return (
    <>
      <ReportHead
        title={words.question}
        facility={facility}
        sentence={revenue.value === undefined ? undefined : sentenceOf(revenue.value)}
        about={revenue.value?.about}
        definition={words.definition}
      >
        <PeriodPicker period={period} />
      </ReportHead>
      <Answered answer={revenue} skeleton="chart">
        {(told) => (
          <>
            <FigureList figures={figuresOf(told)} />
            <Days told={told} />
            <div class="charts">
              <MethodTable told={told} />
              <ZoneTable told={told} />
              <GivenBack told={told} />
              <NotRevenue told={told} />
            </div>
          </>
        )}
      </Answered>
    </>
  );
}

const money = ({ about }: RevenueReport, minor: number): string =>
  moneyText(minor, about.currency === "" ? null : about.currency);

function sentenceOf(told: RevenueReport): string {
  const { transaction_count, total_revenue_minor } = told;
  if (transaction_count === 0) return words.nothing;
  return words.sentence(
    money(told, total_revenue_minor),
    countText(transaction_count),
    transaction_count === 1,
  );
}

function figuresOf(told: RevenueReport) {
  const { total_revenue_minor, net_revenue_minor, transaction_count, opens } = told;
  return [
    {
      label: words.total,
      value: <Opens to={opens["total_revenue"]}>{money(told, total_revenue_minor)}</Opens>,
    },
    { label: words.givenBack, value: money(told, total_revenue_minor - net_revenue_minor) },
    { label: words.net, value: money(told, net_revenue_minor) },
    { label: words.transactions, value: countText(transaction_count) },
  ];
}

/** Every day of the period has its bar; one on which nothing was taken has none to see. */
function Days({ told }: { readonly told: RevenueReport }) {
  const byDay = new Map(told.by_day.map((row) => [row.day, row]));
  const days = daysOf(told.period);
  return (
    <BarChart
      title={words.byDay}
      labelTitle={words.day}
      labels={days.map(dayText)}
      axisLabels={days.map(shortDayText)}
      series={[
        {
          name: words.amount,
          values: days.map((day) => byDay.get(day)?.revenue_minor ?? 0),
        },
      ]}
      text={(minor) => money(told, minor)}
      axisText={(minor) => shortMoneyText(minor, told.about.currency || null)}
      table={<DayTable told={told} />}
    />
  );
}
