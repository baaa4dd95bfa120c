import { SessionPage } from "@gatehouse/shared/contracts/reports/services";
import { countText } from "../format.ts";
import { Answered } from "../frame/answered.tsx";
import { DataTable } from "../frame/data-table.tsx";
import { usePages } from "../frame/more.ts";
import { ReportHead } from "../frame/page-head.tsx";
import type { FacilityPageProps } from "../frame/page.ts";
import { reportPath } from "../reports/report-path.ts";
import { onlyThese, wholeDays } from "./asked-days.ts";
import { ListChoice } from "./list-choice.tsx";
import { sessionColumns } from "./session-columns.tsx";
import { SessionFilters } from "./session-filters.tsx";
import { narrowing } from "./session-lists.ts";
import { sessionWords as words } from "./session-words.ts";

/** Sessions page by page, the newest first: those that ended, or those that one searches for. */
export function SessionList({
  list,
  facility,
  question,
}: FacilityPageProps & { readonly list: "completed" | "search" }) {
  const path =
    list === "completed"
      ? reportPath(facility.facilityId, "sessions/completed")
      : reportPath(facility.facilityId, "sessions", {
          ...onlyThese(question, narrowing),
          ...wholeDays(question, facility.today),
        });
  const { first, rows, more, isAskingMore } = usePages(path, SessionPage, (page) => page.sessions);
  return (
    <>
      <ReportHead
        facility={facility}
        title={words.title}
        about={first.value?.about}
        definition={words.definition}
        sentence={
          first.value && words.shown(countText(rows.length), more !== undefined, rows.length === 1)
        }
      >
        <ListChoice list={list} />
      </ReportHead>
      {list === "search" && <SessionFilters facility={facility} question={question} />}
      <Answered answer={first}>
        {({ about }) => (
          <DataTable
            caption={`${words.name} ${facility.name}`}
            columns={sessionColumns(about, "all")}
            rows={rows}
            keyOf={({ session_id }) => session_id}
            empty={words.noneFound}
            isSortable={more === undefined}
            onMore={more}
            isAskingMore={isAskingMore}
          />
        )}
      </Answered>
    </>
  );
}
