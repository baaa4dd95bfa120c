import type { RuleView, TargetView } from "@gatehouse/shared/contracts/notify";
import { ask, nothing } from "../../../shared/web/ask.ts";
import { alertPageWords } from "../alerts/alert-page-words.ts";
import { countText } from "../format.ts";
import { ConfirmedAct } from "../frame/confirmed-act.tsx";
import type { Column } from "../frame/data-table.tsx";
import { messageWords as words } from "./message-words.ts";
import { notifyPath } from "./notify-path.ts";

/** What a table of rules shows, and what can be done with each. */
export const ruleColumns = (
  targets: readonly TargetView[],
  onChange: (rule: RuleView) => void,
  onDeleted: () => void,
): readonly Column<RuleView>[] => {
  const namesOf = (ids: readonly string[]): string =>
    ids.map((id) => targets.find(({ target_id }) => target_id === id)?.name ?? "–").join(", ");
  return [
    {
      key: "name",
      title: words.nameField,
      value: ({ name }) => name,
      show: ({ name, is_active }) => (
        <>
          {name} {!is_active && <span class="quiet">{words.states["off"]}</span>}
        </>
      ),
    },
    {
      key: "tiers",
      title: words.tiers,
      value: ({ tiers, types }) =>
        [
          ...tiers.map((tier) => alertPageWords.tiers[tier]),
          ...(types.length === 0 ? [] : [`+${types.length}`]),
        ].join(", "),
    },
    { key: "to", title: words.to, value: ({ target_ids }) => namesOf(target_ids) },
    {
      key: "quiet",
      title: words.quiet,
      value: ({ quiet }) => (quiet === null ? "–" : `${quiet.from}–${quiet.until}`),
    },
    {
      key: "escalate",
      title: words.escalateTo,
      value: ({ escalate }) =>
        escalate === null
          ? "–"
          : `${namesOf(escalate.target_ids)} ${words.after(countText(escalate.after_min))}`,
    },
    {
      key: "acts",
      title: words.change,
      value: () => null,
      show: (rule) => (
        <div class="row-acts">
          <button type="button" class="link" onClick={() => onChange(rule)}>
            {words.change}
          </button>
          <ConfirmedAct
            name={words.delete}
            question={words.deleteRule}
            act={() => ask("DELETE", notifyPath(`/rules/${rule.rule_id}`), nothing)}
            onDone={onDeleted}
          />
        </div>
      ),
    },
  ];
};
