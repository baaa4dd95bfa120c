import { type Outcome, OutcomeReport } from "@gatehouse/shared/contracts/reports/figures";
import type { ReportAbout } from "@gatehouse/shared/contracts/reports/report";
import { Answered } from "../frame/answered.tsx";
import { useAnswer } from "../frame/answer.ts";
import { LineChart } from "../frame/chart.tsx";
import { type Column, DataTable } from "../frame/data-table.tsx";
import type { FacilityPageProps } from "../frame/page.ts";
import { ReportHead } from "../frame/page-head.tsx";
import { periodOf } from "../frame/period.ts";
import { PeriodPicker } from "../frame/period-picker.tsx";
import { evidenceWords } from "./evidence-words.ts";
import { shortDayText } from "./hours.ts";
import { cellText, isNumeric } from "./outcome-cell.ts";
import { outcomesWords as words } from "./outcomes-words.ts";
import { reportPath } from "./report-path.ts";

/** Every business outcome with its definition and its evidence (requirements T41). */
export function OutcomesPage({ facility, question }: FacilityPageProps) {
  const period = periodOf(question, facility.today);
  const { from, to } = period;
  const report = useAnswer(
    reportPath(facility.facilityId, "outcomes", { from, to }),
    OutcomeReport,
    "minute",
  );
  return (
    <>
      <ReportHead
        title={words.question}
        facility={facility}
        sentence={
          report.value === undefined ? undefined : words.sentence(report.value.outcomes.length)
        }
        about={report.value?.about}
      >
        <PeriodPicker period={period} />
      </ReportHead>
      <Answered answer={report}>
        {({ outcomes, about }) => (
          <>
            <Contents outcomes={outcomes} />
            <div class="charts">
              {outcomes.map((outcome) => (
                <OneOutcome key={outcome.name} outcome={outcome} about={about} />
              ))}
            </div>
          </>
        )}
      </Answered>
    </>
  );
}

const namedIn = ({ name, title, definition }: Outcome): readonly [string, string] =>
  words.outcomes[name] ?? [title, definition];

/** Leads to an outcome further down; the address stays that of the page. */
function Contents({ outcomes }: { readonly outcomes: readonly Outcome[] }) {
  return (
    <nav aria-label={words.contents} class="contents">
      <ul>
        {outcomes.map((outcome) => (
          <li key={outcome.name}>
            <button
              type="button"
              class="link"
              onClick={() => {
                const heading = document.querySelector<HTMLElement>(`#outcome-${outcome.name}`);
                heading?.scrollIntoView();
                heading?.focus();
              }}
            >
              {namedIn(outcome)[0]}
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}

interface Shown {
  readonly outcome: Outcome;
  readonly about: ReportAbout;
}

function OneOutcome({ outcome, about }: Shown) {
  const [title, definition] = namedIn(outcome);
  return (
    <section class="outcome">
      <h2 id={`outcome-${outcome.name}`} tabIndex={-1}>
        {title}
      </h2>
      <p class="quiet">{definition}</p>
      {isCourse(outcome) ? (
        <Course outcome={outcome} about={about} />
      ) : (
        <Evidence outcome={outcome} about={about} />
      )}
    </section>
  );
}

/** Whether the rows are the hours of a day, or days that follow each other: such a course is drawn. */
const isCourse = ({ columns, rows }: Outcome): boolean =>
  (columns[0] === "hour" || columns[0] === "day") &&
  rows.length > 2 &&
  new Set(rows.map(([at]) => at)).size === rows.length &&
  isNumeric(rows, 1);

/** A course is drawn with its first number; beside it a second one of the same kind. */
function Course({ outcome, about }: Shown) {
  const { columns, rows } = outcome;
  const [at = "", first = "", second = ""] = columns;
  const drawn = second.endsWith("_a_day") ? [1, 2] : [1];
  const [series, ...others] = drawn.map((index) => ({
    name: evidenceWords.columns[columns[index] ?? ""] ?? "",
    values: rows.map((row) => {
      const value = row[index];
      return typeof value === "number" ? value : null;
    }),
  }));
  if (series === undefined) return null;
  return (
    <LineChart
      title={evidenceWords.columns[first] ?? first}
      labelTitle={evidenceWords.columns[at] ?? at}
      labels={rows.map(([label]) =>
        typeof label === "string" ? shortDayText(label) : cellText(at, label ?? null, about),
      )}
      series={[series, ...others]}
      text={(value) => cellText(first, value, about)}
      table={<Evidence outcome={outcome} about={about} />}
    />
  );
}

type Row = { readonly place: number; readonly cells: Outcome["rows"][number] };

function Evidence({ outcome, about }: Shown) {
  const columns: Column<Row>[] = outcome.columns.map((name, index) => ({
    key: name,
    title: evidenceWords.columns[name] ?? name,
    kind: index > 0 && isNumeric(outcome.rows, index) ? "number" : "text",
    value: ({ cells }) => cells[index] ?? null,
    show: ({ cells }) => cellText(name, cells[index] ?? null, about),
  }));
  return (
    <DataTable
      caption={namedIn(outcome)[0]}
      columns={columns}
      rows={outcome.rows.map((cells, place) => ({ place, cells }))}
      keyOf={({ place }) => `${place}`}
      empty={words.none}
    />
  );
}
