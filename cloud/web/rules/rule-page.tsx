import "./rules.css";
import { useSignal } from "@preact/signals";
import {
  type AccessRule as Rule,
  type RulePage as Page,
  ruleStandings,
  ruleStates,
  type RuleWord,
} from "@gatehouse/shared/contracts/rules/access";
import { ruleRoutes } from "@gatehouse/shared/contracts/v1/rules";
import type { Contract } from "../../../shared/web/ask.ts";
import { StateMark } from "../../../shared/web/state-mark.tsx";
import { countText } from "../format.ts";
import { askPage, queryOf } from "../frame/address.ts";
import { useAnswer } from "../frame/answer.ts";
import { Answered } from "../frame/answered.tsx";
import { DataTable } from "../frame/data-table.tsx";
import { type Filter, Filters } from "../frame/filters.tsx";
import { usePages } from "../frame/more.ts";
import { PageHead } from "../frame/page-head.tsx";
import type { FacilityAt, FacilityPageProps } from "../frame/page.ts";
import { mayI } from "../own-rights.ts";
import { accessWords as words } from "./access-words.ts";
import { ruleColumns } from "./rule-columns.tsx";
import { RuleForm } from "./rule-form.tsx";
import { RuleImportForm } from "./rule-import.tsx";
import { rulePath } from "./rule-path.ts";

/** Makes the page of one kind of rule: a list that is searched, and a form for one of them. */
export const rulePageOf =
  (word: RuleWord) =>
  ({ facility, question }: FacilityPageProps) => {
    const { search, standing, state, list, pool, edit } = question;
    const path = `${rulePath(facility.facilityId, word)}${queryOf({ search, standing, state, list, pool })}`;
    const { first, rows, more, isAskingMore } = usePages(
      path,
      ruleRoutes[word].list.answer as unknown as Contract<Page>,
      (page) => page.rules,
      "live",
    );
    const saved = useSignal("");
    const mayChange = mayI("set-access");
    const close = (): void => askPage({ edit: undefined });
    const done = (rule: Rule): void => {
      saved.value = words.saved(rule.directive_number ?? 0);
      close();
      first.again();
    };
    return (
      <>
        <PageHead
          title={`${words.title[word]} · ${facility.name}`}
          sentence={
            first.value === undefined
              ? undefined
              : rows.length === 0
                ? words.none[word]
                : words.shown(countText(rows.length), more !== undefined)
          }
        >
          {mayChange && edit === undefined && (
            <p>
              <button type="button" class="button primary" onClick={() => askPage({ edit: "new" })}>
                {words.make[word]}
              </button>
            </p>
          )}
        </PageHead>
        <p class="rule-saved" aria-live="polite">
          {saved.value !== "" && (
            <>
              <StateMark tone="ok" /> {saved.value}
            </>
          )}
        </p>
        {edit !== undefined && first.value !== undefined && (
          <OpenRule
            key={edit}
            word={word}
            id={edit}
            facility={facility}
            asOf={first.value.as_of}
            mayChange={mayChange}
            onSaved={done}
            onClose={close}
          />
        )}
        <Filters question={question} filters={filtersOf(word)} />
        <Answered answer={first}>
          {({ as_of: asOf }) => (
            <DataTable
              caption={`${words.title[word]} ${facility.name}`}
              columns={ruleColumns(word, facility, asOf)}
              rows={rows}
              keyOf={({ id, owner }) => `${owner} ${id}`}
              empty={words.none[word]}
              isSortable={more === undefined}
              onMore={more}
              isAskingMore={isAskingMore}
            />
          )}
        </Answered>
        {mayChange && (word === "permits" || word === "lists") && (
          <RuleImportForm word={word} facilityId={facility.facilityId} onDone={first.again} />
        )}
      </>
    );
  };

const chosen = <Value extends string>(
  values: readonly Value[],
  named: Readonly<Record<string, string>>,
): NonNullable<Filter["choices"]> =>
  values.map((value) => ({ value, label: named[value] ?? value }));

const filtersOf = (word: RuleWord): readonly Filter[] => [
  { name: "search", label: words.search, kind: "text" },
  ...(word === "permits" ? [{ name: "pool", label: words.pool, kind: "text" } as const] : []),
  ...(word === "lists"
    ? [
        {
          name: "list",
          label: words.list,
          kind: "choice",
          choices: chosen(["deny", "allow"], words.choices),
        } as const,
      ]
    : []),
  {
    name: "standing",
    label: words.standing,
    kind: "choice",
    choices: chosen(ruleStandings, words.standings),
  },
  { name: "state", label: words.state, kind: "choice", choices: chosen(ruleStates, words.states) },
];

/** The form of the rule that the address names; what the facility itself keeps is only looked at. */
function OpenRule({
  word,
  id,
  mayChange,
  ...form
}: {
  readonly word: RuleWord;
  readonly id: string;
  readonly facility: FacilityAt;
  readonly asOf: string;
  readonly mayChange: boolean;
  readonly onSaved: (rule: Rule) => void;
  readonly onClose: () => void;
}) {
  const rule = useAnswer(
    id === "new" ? undefined : rulePath(form.facility.facilityId, word, id),
    ruleRoutes[word].get.answer as unknown as Contract<Rule>,
    "once",
  );
  if (id === "new") return <RuleForm word={word} rule={undefined} {...form} />;
  return (
    <Answered answer={rule}>
      {(known) =>
        known.owner === "facility" || !mayChange ? (
          <p class="empty">
            {known.owner === "facility" ? words.ownHint : words.refusals["not-allowed"]}
            <button type="button" class="link" onClick={form.onClose}>
              {words.close}
            </button>
          </p>
        ) : (
          <RuleForm key={known.version} word={word} rule={known} {...form} />
        )
      }
    </Answered>
  );
}
