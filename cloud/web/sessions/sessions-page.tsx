import { FlowReport } from "@gatehouse/shared/contracts/reports/analytics";
import { ActiveSessions, SessionPage } from "@gatehouse/shared/contracts/reports/services";
import { countText } from "../format.ts";
import { askPage, type Question } from "../frame/address.ts";
import { useAnswer } from "../frame/answer.ts";
import { Answered } from "../frame/answered.tsx";
import { Choices } from "../frame/choices.tsx";
import { DataTable } from "../frame/data-table.tsx";
import { type Filter, Filters } from "../frame/filters.tsx";
import { usePages } from "../frame/more.ts";
import { ReportHead } from "../frame/page-head.tsx";
import type { FacilityPageProps } from "../frame/page.ts";
import { reportPath } from "../reports/report-path.ts";
import { onlyThese, wholeDays } from "./asked-days.ts";
import { sessionColumns } from "./session-columns.tsx";
import { sessionWords as words } from "./session-words.ts";
import { terms } from "./terms.ts";

const lists = ["active", "completed", "search"] as const;
type List = (typeof lists)[number];

/** Only the list of those inside says how many there are. */
const Listed = SessionPage.extend({
  active_sessions: ActiveSessions.shape.active_sessions.optional(),
});

const asked = [
  "from",
  "to",
  "by",
  "hour",
  "lane",
  "vehicle_class",
  "plate",
  "space",
  "state",
  "permit",
] as const;

/** Who is inside, who has left, and any session by what one knows of it. */
export function SessionsPage({ facility, question }: FacilityPageProps) {
  const list = listOf(question);
  const path = {
    active: reportPath(facility.facilityId, "sessions/active"),
    completed: reportPath(facility.facilityId, "sessions/completed"),
    search: reportPath(facility.facilityId, "sessions", {
      ...onlyThese(question, asked),
      ...wholeDays(question, facility.today),
    }),
  }[list];
  const { first, rows, more, isAskingMore } = usePages(path, Listed, (page) => page.sessions);
  const told = first.value;
  return (
    <>
      <ReportHead
        facility={facility}
        title={words.title}
        about={told?.about}
        definition={words.definition}
        sentence={
          told === undefined
            ? undefined
            : told.active_sessions !== undefined
              ? words.inside(countText(told.active_sessions), told.active_sessions === 1)
              : words.shown(countText(rows.length), more !== undefined, rows.length === 1)
        }
      >
        <Choices
          label={words.lists}
          values={lists}
          chosen={list}
          text={(each) => words.list[each]}
          onChoose={(each) => askPage({ list: each })}
        />
      </ReportHead>
      {list === "search" && <SessionFilters facility={facility} question={question} />}
      <Answered answer={first}>
        {({ about }) => (
          <DataTable
            caption={`${words.name} ${facility.name}`}
            columns={sessionColumns(about, list === "active" ? "inside" : "all")}
            rows={rows}
            keyOf={({ session_id }) => session_id}
            empty={list === "active" ? words.noneInside : words.noneFound}
            isSortable={more === undefined}
            onMore={more}
            isAskingMore={isAskingMore}
          />
        )}
      </Answered>
    </>
  );
}

/** A link from a number asks for sessions without naming a list. */
function listOf(question: Question): List {
  const named = lists.find((each) => each === question["list"]);
  const isNarrowed = asked.some((name) => question[name] !== undefined);
  return named ?? (isNarrowed ? "search" : "active");
}

function SessionFilters({ facility, question }: FacilityPageProps) {
  const flow = useAnswer(reportPath(facility.facilityId, "flow"), FlowReport, "once");
  const lanes = new Map((flow.value?.by_lane ?? []).map((row) => [row.lane_id, row.lane_name]));
  const choices = (named: Readonly<Record<string, string>>, values: readonly string[]) =>
    values.map((value) => ({ value, label: named[value] ?? value }));
  const hours = Array.from({ length: 24 }, (_, hour) => String(hour));
  const filters: readonly Filter[] = [
    { name: "plate", label: words.plate, kind: "text" },
    { name: "from", label: words.from, kind: "date" },
    { name: "to", label: words.to, kind: "date" },
    {
      name: "by",
      label: words.by,
      kind: "choice",
      choices: choices(words.byChoice, ["entry", "exit"]),
    },
    {
      name: "hour",
      label: words.hour,
      kind: "choice",
      choices: hours.map((value) => ({ value, label: words.hourText(value.padStart(2, "0")) })),
    },
    {
      name: "lane",
      label: words.lane,
      kind: "choice",
      choices: choices(Object.fromEntries(lanes), [
        ...new Set([
          ...lanes.keys(),
          ...(question["lane"] === undefined ? [] : [question["lane"]]),
        ]),
      ]),
    },
    { name: "space", label: words.space, kind: "text" },
    {
      name: "vehicle_class",
      label: words.vehicleClass,
      kind: "choice",
      choices: choices(terms.vehicleClass, Object.keys(terms.vehicleClass)),
    },
    {
      name: "state",
      label: words.state,
      kind: "choice",
      choices: choices(terms.state, [
        "open",
        "settled",
        "closed",
        "closed-unpaid",
        "closed-assumed",
      ]),
    },
    {
      name: "permit",
      label: words.permit,
      kind: "choice",
      choices: choices(words.permitChoice, ["yes", "no"]),
    },
  ];
  return <Filters question={question} filters={filters} />;
}
