import "./account.css";
import {
  AuditPage as AuditTold,
  auditActions,
  type AuditLine,
  AuditVerdict,
} from "@gatehouse/shared/contracts/audit";
import { OrganisationsView, UsersPage } from "@gatehouse/shared/contracts/people";
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { ask } from "../../../shared/web/ask.ts";
import { StateMark } from "../../../shared/web/state-mark.tsx";
import { countText, shortHash } from "../format.ts";
import { queryOf } from "../frame/address.ts";
import { useAnswer } from "../frame/answer.ts";
import { Answered } from "../frame/answered.tsx";
import { type Column, DataTable } from "../frame/data-table.tsx";
import { type Filter, Filters } from "../frame/filters.tsx";
import { PageHead } from "../frame/page-head.tsx";
import type { WholePageProps } from "../frame/page.ts";
import { type NotDone, Refused } from "../frame/refused.tsx";
import { Moment } from "../frame/values.tsx";
import { mayI, ownOrganisation } from "../own-rights.ts";
import { nameOf } from "../people-state.ts";
import { auditWords as words } from "./audit-words.ts";
import { ChangeText } from "./change-text.tsx";
import { inTree, placedName } from "./tree.ts";

const ownTimezone = Intl.DateTimeFormat().resolvedOptions().timeZone;

type Line = AuditLine & { readonly hash: string };

/** Who changed what at head office, before and after, and whether the record of it is whole. */
export function AuditPage({ question }: WholePageProps) {
  const organisation = question["organisation"] ?? ownOrganisation();
  const { action, user_id, subject_id } = question;
  const path = `/api/audit/${encodeURIComponent(organisation)}`;
  const asked = `${path}${queryOf({ action, user_id, subject_id })}`;
  const answer = useAnswer(asked, AuditTold, "once");
  const later = useLater(asked, answer.value);
  const told = answer.value;
  const lines = [...(told?.lines ?? []), ...later.lines];
  const next = later.next === undefined ? told?.next : later.next;
  const names = { ...told?.names, ...later.names };
  const more = next === null || next === undefined ? undefined : () => void later.ask(next);
  return (
    <>
      <PageHead
        title={words.title}
        sentence={told && words.sentence(countText(lines.length), more !== undefined)}
      >
        <p class="quiet definition-text">{words.definition}</p>
      </PageHead>
      <Verdict key={path} path={path} />
      <AuditFilters question={question} organisation={organisation} />
      <Answered answer={answer}>
        {() => (
          <DataTable
            caption={words.name}
            columns={columnsOf(names)}
            rows={lines}
            keyOf={({ seq }) => String(seq)}
            empty={words.none}
            isSortable={more === undefined}
            onMore={more}
          />
        )}
      </Answered>
    </>
  );
}

/** The pages behind the first one; another question begins anew. */
function useLater(asked: string, first: AuditTold | undefined) {
  const pages = useSignal<readonly AuditTold[]>([]);
  useEffect(() => {
    pages.value = [];
  }, [first]);
  return {
    lines: pages.value.flatMap(({ lines }) => lines),
    names: Object.assign({}, ...pages.value.map(({ names }) => names)) as Record<string, string>,
    next: pages.value.at(-1)?.next,
    ask: async (before: number): Promise<void> => {
      const address = `${asked}${asked.includes("?") ? "&" : "?"}before=${before}`;
      const told = await ask("GET", address, AuditTold);
      if (told.kind === "ok") pages.value = [...pages.value, told.value];
    },
  };
}

function Verdict({ path }: { readonly path: string }) {
  const verdict = useSignal<AuditVerdict | undefined>(undefined);
  const isAsking = useSignal(false);
  const notDone = useSignal<NotDone | undefined>(undefined);
  const check = async (): Promise<void> => {
    isAsking.value = true;
    const told = await ask("GET", `${path}/verdict`, AuditVerdict);
    isAsking.value = false;
    verdict.value = told.kind === "ok" ? told.value : undefined;
    notDone.value = told.kind === "ok" ? undefined : told;
  };
  const told = verdict.value;
  return (
    <div class="verdict">
      <button type="button" class="button" disabled={isAsking.value} onClick={() => void check()}>
        {words.check}
      </button>
      <output>
        {isAsking.value && words.checking}
        {!isAsking.value && told !== undefined && (
          <span title={told.end.hash}>
            <StateMark tone={told.is_whole ? "ok" : "bad"} />{" "}
            {told.is_whole
              ? words.whole(countText(told.end.seq), shortHash(told.end.hash))
              : words.broken(countText(told.broken_at))}
          </span>
        )}
      </output>
      <Refused told={notDone.value} />
    </div>
  );
}

function AuditFilters({
  question,
  organisation,
}: WholePageProps & { readonly organisation: string }) {
  const organisations = useAnswer("/api/organisations", OrganisationsView, "once").value;
  const users = useAnswer(mayI("see-people") ? "/api/users" : undefined, UsersPage, "once").value;
  const placed = inTree(organisations?.organisations ?? []);
  const filters: readonly Filter[] = [
    ...(placed.length > 1
      ? [
          {
            name: "organisation",
            label: words.organisation,
            kind: "choice" as const,
            isAlways: true as const,
            choices: placed.map((each) => ({
              value: each.organisation_id,
              label: placedName(each),
            })),
          },
        ]
      : []),
    {
      name: "action",
      label: words.action,
      kind: "choice",
      choices: auditActions.map((value) => ({ value, label: actionText(value) })),
    },
    {
      name: "user_id",
      label: words.who,
      kind: "choice",
      choices: (users?.users ?? []).map((user) => ({ value: user.user_id, label: nameOf(user) })),
    },
    { name: "subject_id", label: words.subjectId, kind: "text" },
  ];
  return <Filters question={{ ...question, organisation }} filters={filters} />;
}

/** Ids that only machines read, cut to what tells them apart by eye. */
const shortIds = (text: string): string =>
  text.replaceAll(/([0-9a-f]{8}-[0-9a-f]{4})-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, "$1…");

const actionText = (action: string): string => words.actions[action] ?? action.replaceAll("-", " ");

function columnsOf(names: Readonly<Record<string, string>>): readonly Column<Line>[] {
  const whoText = ({ actor }: Line): string =>
    actor.kind === "office-token"
      ? words.officeToken
      : `${names[actor.user_id ?? ""] ?? actor.user_id ?? ""}${actor.kind === "api-token" ? ` (${words.byToken})` : ""}`;
  return [
    {
      key: "at",
      title: words.when,
      value: (row) => row.at,
      show: (row) => <Moment at={row.at} timezone={ownTimezone} />,
    },
    { key: "who", title: words.who, value: whoText },
    {
      key: "action",
      title: words.action,
      value: (row) => row.action,
      show: (row) => actionText(row.action),
    },
    {
      key: "subject",
      title: words.subject,
      value: (row) => `${row.subject.kind} ${row.subject.id}`,
      show: ({ subject, facility_id }) => (
        <>
          <span title={subject.id}>{names[subject.id] ?? shortIds(subject.id)}</span>
          {facility_id !== undefined && facility_id !== subject.id && (
            <span class="quiet"> {facility_id}</span>
          )}
        </>
      ),
    },
    {
      key: "change",
      title: words.change,
      value: (row) => JSON.stringify({ before: row.before, after: row.after }),
      show: (row) => <ChangeText before={row.before} after={row.after} />,
    },
    { key: "why", title: words.why, value: (row) => row.why ?? "" },
    { key: "address", title: words.from, value: (row) => row.address },
  ];
}
