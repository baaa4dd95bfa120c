import { OwnLogins as Logins } from "@gatehouse/shared/contracts/own-account";
import { ask, nothing } from "../../../shared/web/ask.ts";
import { loginEnded } from "../connection.ts";
import { unknown } from "../format.ts";
import { useAnswer } from "../frame/answer.ts";
import { Answered } from "../frame/answered.tsx";
import { ConfirmedAct } from "../frame/confirmed-act.tsx";
import { DataTable } from "../frame/data-table.tsx";
import { PageSection } from "../frame/page-section.tsx";
import { Moment } from "../frame/values.tsx";
import { newRequestId } from "../people-state.ts";
import { ownWords as words } from "./own-words.ts";

const ownTimezone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Where one is signed in, and the way out of all of them. */
export function OwnLogins() {
  const answer = useAnswer("/api/me/logins", Logins, "minute");
  return (
    <PageSection title={words.logins}>
      <Answered answer={answer}>
        {({ logins }) => (
          <DataTable
            caption={words.logins}
            columns={[
              {
                key: "agent",
                title: words.browser,
                value: (row) => row.agent,
                show: (row) => (
                  <>
                    {browserName(row.agent)} {row.is_this && <strong>({words.thisOne})</strong>}
                  </>
                ),
              },
              { key: "address", title: words.address, value: (row) => row.address },
              {
                key: "began_at",
                title: words.began,
                value: (row) => row.began_at,
                show: (row) => <Moment at={row.began_at} timezone={ownTimezone} />,
              },
              {
                key: "seen_at",
                title: words.seen,
                value: (row) => row.seen_at,
                show: (row) => <Moment at={row.seen_at} timezone={ownTimezone} />,
              },
            ]}
            rows={logins}
            keyOf={({ login_id }) => login_id}
          />
        )}
      </Answered>
      <ConfirmedAct
        name={words.endAll}
        question={words.endAllQuestion}
        act={() => ask("POST", "/api/me/logins/end", nothing, { request_id: newRequestId() })}
        onDone={loginEnded}
      />
    </PageSection>
  );
}

/** The one word of a browser's long name that people know, and the system it runs on. */
function browserName(agent: string): string {
  const [name] = /Edg|OPR|Firefox|HeadlessChrome|Chrome|Safari/.exec(agent) ?? [];
  const [system] = /Windows|Android|iPhone|iPad|Mac OS X|Linux/.exec(agent) ?? [];
  const known = { Edg: "Edge", OPR: "Opera", HeadlessChrome: "Chrome" } as Readonly<
    Record<string, string>
  >;
  if (name === undefined) return agent.slice(0, 60) || unknown;
  return [known[name] ?? name, system].filter((each) => each !== undefined).join(", ");
}
