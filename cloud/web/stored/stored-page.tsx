import {
  reportTypes,
  type StoredReportHead,
  StoredReportPage,
} from "@gatehouse/shared/contracts/reports/stored";
import type { ReportAbout } from "@gatehouse/shared/contracts/reports/report";
import { useSignal } from "@preact/signals";
import { countText, dayText } from "../format.ts";
import { facilityAddress, type Question } from "../frame/address.ts";
import { Answered } from "../frame/answered.tsx";
import { type Column, DataTable } from "../frame/data-table.tsx";
import { type Filter, Filters } from "../frame/filters.tsx";
import { frameWords } from "../frame/frame-words.ts";
import { locale } from "../frame/language.ts";
import { usePages } from "../frame/more.ts";
import { ReportHead } from "../frame/page-head.tsx";
import type { FacilityPageProps } from "../frame/page.ts";
import { Moment } from "../frame/values.tsx";
import { mayI } from "../own-rights.ts";
import { reportPath } from "../reports/report-path.ts";
import { MakeReport } from "./make-report.tsx";
import { authorText, saysText, titleText } from "./report-text.ts";
import { storedWords as words } from "./stored-words.ts";

/** The reports that are kept: found by what they say, by kind, author and month, and made (requirements A3, A19). */
export function StoredPage({ facility, question }: FacilityPageProps) {
  const isMaking = useSignal(false);
  const { first, rows, more, isAskingMore } = usePages(
    reportPath(facility.facilityId, "stored", askedOf(question)),
    StoredReportPage,
    (page) => page.reports,
  );
  const told = first.value;
  const all = told?.authors.reduce((sum, { reports }) => sum + reports, 0);
  return (
    <>
      <ReportHead
        facility={facility}
        title={words.title}
        about={told?.about}
        definition={words.definition}
        sentence={
          all === undefined
            ? undefined
            : all === 0
              ? words.none
              : words.sentence(countText(all), all === 1)
        }
      />
      {mayI("make-reports") &&
        (isMaking.value ? (
          <MakeReport facility={facility} onClose={() => (isMaking.value = false)} />
        ) : (
          <p>
            <button type="button" class="button primary" onClick={() => (isMaking.value = true)}>
              {words.make}
            </button>
          </p>
        ))}
      {told !== undefined && all !== 0 && <Filters question={question} filters={filtersOf(told)} />}
      <Answered answer={first}>
        {({ about }) => (
          <DataTable
            caption={`${words.name} ${facility.name}`}
            columns={columnsOf(about)}
            rows={rows}
            keyOf={({ id }) => id}
            empty={all === 0 ? words.none : words.noneFound}
            isSortable={more === undefined}
            onMore={more}
            isAskingMore={isAskingMore}
          />
        )}
      </Answered>
    </>
  );
}

function askedOf({ search, type, by, month }: Question): Record<string, string | undefined> {
  const days = /^(\d{4})-(\d\d)$/.exec(month ?? "");
  if (days === null) return { search, type, by };
  const [year, monthOfYear] = [Number(days[1]), Number(days[2])];
  const last = new Date(Date.UTC(year, monthOfYear, 0)).toISOString().slice(0, 10);
  return { search, type, by, from: `${month}-01`, to: last };
}

const monthNames = new Intl.DateTimeFormat(locale, {
  month: "long",
  year: "numeric",
  timeZone: "UTC",
});

const filtersOf = ({ authors, months }: StoredReportPage): readonly Filter[] => [
  { name: "search", label: words.search, kind: "text" },
  {
    name: "type",
    label: words.type,
    kind: "choice",
    choices: reportTypes.map((value) => ({ value, label: words.types[value] })),
  },
  {
    name: "by",
    label: words.author,
    kind: "choice",
    choices: authors.map((author) => ({
      value: author.generated_by,
      label: `${authorText(author)} (${countText(author.reports)})`,
    })),
  },
  {
    name: "month",
    label: words.month,
    kind: "choice",
    choices: months.map(({ month, reports }) => ({
      value: month,
      label: `${monthNames.format(Date.parse(`${month}-01`))} (${countText(reports)})`,
    })),
  },
];

const columnsOf = ({
  facility_id,
  timezone,
  currency,
}: ReportAbout): readonly Column<StoredReportHead>[] => [
  {
    key: "title",
    title: words.reportTitle,
    value: titleText,
    show: (row) => (
      <a href={facilityAddress(facility_id, "report", { id: row.id })}>{titleText(row)}</a>
    ),
  },
  {
    key: "report_type",
    title: words.type,
    value: (row) => row.report_type,
    show: (row) => words.types[row.report_type],
  },
  {
    key: "period",
    title: words.period,
    value: (row) => `${row.period.from} ${row.period.to}`,
    show: ({ period }) => frameWords.days(dayText(period.from), dayText(period.to)),
  },
  {
    key: "generated_by",
    title: words.author,
    value: (row) => authorText({ generated_by: row.generated_by, name: row.generated_by_name }),
  },
  {
    key: "created_at",
    title: words.madeAt,
    value: (row) => row.created_at,
    show: (row) => <Moment at={row.created_at} timezone={timezone} />,
  },
  { key: "summary", title: words.summary, value: (row) => saysText(row, currency) },
];
