import "./report-page.css";
import { StoredReport } from "@gatehouse/shared/contracts/reports/stored";
import { ask, nothing } from "../../../shared/web/ask.ts";
import { countText, dayText, minuteText, moneyText, shortMoneyText } from "../format.ts";
import { facilityAddress, goTo } from "../frame/address.ts";
import { useAnswer } from "../frame/answer.ts";
import { Answered } from "../frame/answered.tsx";
import { BarChart } from "../frame/chart.tsx";
import { ConfirmedAct } from "../frame/confirmed-act.tsx";
import { DataTable } from "../frame/data-table.tsx";
import { FigureList } from "../frame/figure-list.tsx";
import { frameWords } from "../frame/frame-words.ts";
import { PageHead } from "../frame/page-head.tsx";
import { PageSection } from "../frame/page-section.tsx";
import type { FacilityPageProps } from "../frame/page.ts";
import { Money } from "../frame/values.tsx";
import { mayI } from "../own-rights.ts";
import { methodText } from "../reports/method-text.ts";
import { shortDayText } from "../reports/hours.ts";
import { reportPath } from "../reports/report-path.ts";
import { stayText } from "../sessions/session-columns.tsx";
import { authorText, saysText, titleText } from "./report-text.ts";
import { StoredFigures } from "./stored-figures.tsx";
import { storedWords as words } from "./stored-words.ts";

/** One kept report as it was made, to read, to keep as a file, and to delete. */
export function ReportPage({ facility, question }: FacilityPageProps) {
  const { id = "" } = question;
  const path = reportPath(facility.facilityId, `stored/${encodeURIComponent(id)}`);
  const answer = useAnswer(id === "" ? undefined : path, StoredReport, "once");
  const told = answer.value;
  return (
    <>
      <PageHead
        title={`${told === undefined ? words.one : headOf(told)} · ${facility.name}`}
        sentence={told && titleText(told)}
      >
        <p>
          <a href={facilityAddress(facility.facilityId, "reports")}>{words.back}</a>
        </p>
      </PageHead>
      {id === "" ? (
        <p class="empty">{words.noneFound}</p>
      ) : (
        <Answered answer={answer} skeleton="figures">
          {(report) => (
            <>
              <p>{saysText(report, report.about.currency)}</p>
              <div class="report-acts">
                <a href={`${path}?format=csv`} download>
                  {words.csv}
                </a>
                <a href={`${path}?format=pdf`} download>
                  {words.pdf}
                </a>
                {mayI("delete-reports") && (
                  <ConfirmedAct
                    name={words.delete}
                    question={words.deleteIt}
                    act={() => ask("DELETE", path, nothing)}
                    onDone={() => goTo(facilityAddress(facility.facilityId, "reports"), "replace")}
                  />
                )}
              </div>
              <Body report={report} />
              <details>
                <summary>{words.json}</summary>
                <pre class="report-json">{JSON.stringify(report.data, undefined, 2)}</pre>
              </details>
            </>
          )}
        </Answered>
      )}
    </>
  );
}

function headOf(report: StoredReport): string {
  const { report_type, period, created_at, about, generated_by, generated_by_name } = report;
  return [
    words.types[report_type],
    frameWords.days(dayText(period.from), dayText(period.to)),
    `${words.madeAt} ${minuteText(created_at, about.timezone)}`,
    authorText({ generated_by, name: generated_by_name }),
  ].join(" · ");
}

function Body({ report: { data, about } }: { readonly report: StoredReport }) {
  const { revenue, flow, dwell } = data;
  const currency = about.currency === "" ? null : about.currency;
  const days = revenue.by_day;
  return (
    <>
      <FigureList
        figures={[
          {
            label: words.revenue,
            value: <Money minor={revenue.total_revenue_minor} currency={currency} />,
          },
          {
            label: words.net,
            value: <Money minor={revenue.net_revenue_minor} currency={currency} />,
          },
          { label: words.payments, value: countText(revenue.transaction_count) },
          { label: words.entries, value: countText(flow.entries) },
          { label: words.exits, value: countText(flow.exits) },
          { label: words.stay, value: stayText(dwell.average_dwell_seconds) },
        ]}
      />
      <div class="charts">
        {days.length > 1 && (
          <BarChart
            title={words.byDay}
            labelTitle={words.day}
            labels={days.map(({ day }) => dayText(day))}
            axisLabels={days.map(({ day }) => shortDayText(day))}
            series={[{ name: words.revenue, values: days.map((day) => day.revenue_minor) }]}
            text={(minor) => moneyText(minor, currency)}
            axisText={(minor) => shortMoneyText(minor, currency)}
          />
        )}
        <BarChart
          title={words.byHour}
          labelTitle={words.hour}
          labels={data.peak_hours.map(({ hour }) => `${String(hour).padStart(2, "0")}:00`)}
          series={[{ name: words.entries, values: data.peak_hours.map(({ entries }) => entries) }]}
          text={countText}
        />
      </div>
      <PageSection title={words.byMethod}>
        <DataTable
          caption={words.byMethod}
          columns={[
            {
              key: "payment_method",
              title: words.method,
              value: (row) => row.payment_method,
              show: (row) => methodText(row.payment_method),
            },
            { key: "count", title: words.payments, kind: "number", value: (row) => row.count },
            {
              key: "amount",
              title: words.amount,
              kind: "number",
              value: (row) => row.amount,
              show: (row) => <Money minor={row.amount_minor} currency={currency} />,
            },
          ]}
          rows={revenue.by_payment_method}
          keyOf={({ payment_method }) => payment_method}
        />
      </PageSection>
      <StoredFigures figures={data.figures} currency={about.currency} />
    </>
  );
}
