import { ActiveSessions } from "@gatehouse/shared/contracts/reports/services";
import { countText } from "../format.ts";
import { facilityAddress } from "../frame/address.ts";
import { useAnswer } from "../frame/answer.ts";
import { Answered } from "../frame/answered.tsx";
import { DataTable } from "../frame/data-table.tsx";
import { ReportHead } from "../frame/page-head.tsx";
import type { FacilityPageProps } from "../frame/page.ts";
import { reportPath } from "../reports/report-path.ts";
import { ListChoice } from "./list-choice.tsx";
import { sessionColumns } from "./session-columns.tsx";
import { sessionWords as words } from "./session-words.ts";

/** So many are shown, those first that have been inside longest. */
const shownMax = 500;

/** The vehicles inside, live: who comes in and leaves does so here too. */
export function InsideList({ facility }: FacilityPageProps) {
  const answer = useAnswer(
    reportPath(facility.facilityId, "sessions/active", { limit: String(shownMax) }),
    ActiveSessions,
  );
  const told = answer.value;
  return (
    <>
      <ReportHead
        facility={facility}
        title={words.title}
        about={told?.about}
        definition={words.definition}
        sentence={told && words.inside(countText(told.active_sessions), told.active_sessions === 1)}
      >
        <ListChoice list="active" />
      </ReportHead>
      <Answered answer={answer}>
        {({ about, sessions, active_sessions }) => (
          <>
            <DataTable
              caption={`${words.name} ${facility.name}`}
              columns={sessionColumns(about, "inside")}
              rows={sessions}
              keyOf={({ session_id }) => session_id}
              empty={words.noneInside}
            />
            {active_sessions > sessions.length && (
              <p>
                {words.longestShown(countText(sessions.length))}{" "}
                <a
                  href={facilityAddress(facility.facilityId, "sessions", {
                    list: "search",
                    state: "open",
                  })}
                >
                  {words.list.search}
                </a>
              </p>
            )}
          </>
        )}
      </Answered>
    </>
  );
}
