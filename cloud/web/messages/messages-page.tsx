import {
  NotifyView,
  type RuleView,
  TargetMade,
  type TargetView,
} from "@gatehouse/shared/contracts/notify";
import { useSignal } from "@preact/signals";
import { ask, nothing } from "../../../shared/web/ask.ts";
import { StateMark, type Tone } from "../../../shared/web/state-mark.tsx";
import { alertPageWords } from "../alerts/alert-page-words.ts";
import { countText, momentText } from "../format.ts";
import { wholeAddress } from "../frame/address.ts";
import { useAnswer } from "../frame/answer.ts";
import { Answered } from "../frame/answered.tsx";
import { ConfirmedAct } from "../frame/confirmed-act.tsx";
import { type Column, DataTable } from "../frame/data-table.tsx";
import { PageHead } from "../frame/page-head.tsx";
import { PageSection } from "../frame/page-section.tsx";
import { whoAmI } from "../own-rights.ts";
import { messageWords as words } from "./message-words.ts";
import { notifyPath } from "./notify-path.ts";
import { RuleForm } from "./rule-form.tsx";
import { TargetForm } from "./target-form.tsx";

const ownTimezone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Which form is open: of what, or of another one ("new"). */
type Editing =
  | { readonly what: "target"; readonly target: TargetView | undefined }
  | { readonly what: "rule"; readonly rule: RuleView | undefined }
  | undefined;

/** Who is told of what: receivers, and the rules that send them alerts. */
export function MessagesPage() {
  const path = whoAmI.value === undefined ? undefined : notifyPath();
  const answer = useAnswer(path, NotifyView, "minute");
  const editing = useSignal<Editing>(undefined);
  const secret = useSignal<string | null>(null);
  const note = useSignal("");
  const done = (): void => {
    editing.value = undefined;
    answer.again();
  };
  const open = (next: Editing): void => {
    editing.value = next;
    secret.value = null;
    note.value = "";
  };
  return (
    <>
      <PageHead title={words.title} sentence={answer.value && sentenceOf(answer.value)}>
        <p>
          <a href={wholeAddress("deliveries")}>{words.toDeliveries}</a>
        </p>
      </PageHead>
      <Answered answer={answer}>
        {({ targets, rules, can_mail }) => (
          <>
            <PageSection title={words.receivers}>
              <DataTable
                caption={words.receivers}
                columns={targetColumns({
                  onChange: (target) => open({ what: "target", target }),
                  onTested: () => (note.value = words.testSent),
                  onSecret: (shown) => (secret.value = shown),
                  onDeleted: done,
                })}
                rows={targets}
                keyOf={({ target_id }) => target_id}
                empty={words.noReceivers}
                isSortable={false}
              />
              <output>{note.value}</output>
              {secret.value !== null && (
                <output class="shown-secret">
                  <span>{words.secretShown}</span>
                  <code>{secret.value}</code>
                </output>
              )}
              {editing.value?.what === "target" ? (
                <TargetForm
                  key={editing.value.target?.target_id ?? "new"}
                  target={editing.value.target}
                  canMail={can_mail}
                  onCancel={() => (editing.value = undefined)}
                  onDone={(shown) => {
                    secret.value = shown;
                    done();
                  }}
                />
              ) : (
                <button
                  type="button"
                  class="button"
                  onClick={() => open({ what: "target", target: undefined })}
                >
                  {words.addReceiver}
                </button>
              )}
            </PageSection>
            <PageSection title={words.rules}>
              <DataTable
                caption={words.rules}
                columns={ruleColumns(targets, (rule) => open({ what: "rule", rule }), done)}
                rows={rules}
                keyOf={({ rule_id }) => rule_id}
                empty={words.noRules}
                isSortable={false}
              />
              {editing.value?.what === "rule" ? (
                <RuleForm
                  key={editing.value.rule?.rule_id ?? "new"}
                  rule={editing.value.rule}
                  targets={targets}
                  onCancel={() => (editing.value = undefined)}
                  onDone={done}
                />
              ) : (
                targets.length > 0 && (
                  <button
                    type="button"
                    class="button"
                    onClick={() => open({ what: "rule", rule: undefined })}
                  >
                    {words.addRule}
                  </button>
                )
              )}
            </PageSection>
          </>
        )}
      </Answered>
    </>
  );
}

function sentenceOf({ targets, rules }: NotifyView): string {
  const stopped = targets.filter(({ stopped_why }) => stopped_why !== null).length;
  if (stopped > 0) return words.stoppedSentence(countText(stopped));
  if (targets.length === 0) return words.nothing;
  return words.sentence(countText(targets.length), countText(rules.length));
}

function standing(target: TargetView): { readonly tone: Tone; readonly text: string } {
  const { stopped_why, is_active, failing_since } = target;
  const text = (name: string): string => words.states[name] ?? name;
  if (!is_active && stopped_why !== null) return { tone: "bad", text: text(stopped_why) };
  if (!is_active) return { tone: "unknown", text: text("off") };
  if (failing_since !== null) return { tone: "warn", text: text("failing") };
  return { tone: "ok", text: text("on") };
}

const targetColumns = ({
  onChange,
  onTested,
  onSecret,
  onDeleted,
}: {
  readonly onChange: (target: TargetView) => void;
  readonly onTested: () => void;
  readonly onSecret: (secret: string | null) => void;
  readonly onDeleted: () => void;
}): readonly Column<TargetView>[] => [
  { key: "name", title: words.nameField, value: ({ name }) => name },
  { key: "kind", title: words.kind, value: ({ kind }) => words.kinds[kind] ?? kind },
  {
    key: "state",
    title: words.state,
    value: (target) => standing(target).text,
    show: (target) => {
      const { tone, text } = standing(target);
      return (
        <>
          <StateMark tone={tone} /> {text}
        </>
      );
    },
  },
  { key: "waiting", title: words.waiting, kind: "number", value: ({ waiting }) => waiting },
  {
    key: "failed",
    title: words.failed,
    kind: "number",
    value: ({ failed }) => failed,
    show: ({ failed, target_id }) =>
      failed === 0 ? (
        0
      ) : (
        <a href={wholeAddress("deliveries", { state: "failed", target: target_id })}>{failed}</a>
      ),
  },
  {
    key: "last_delivered_at",
    title: words.lastTaken,
    value: ({ last_delivered_at }) => last_delivered_at,
    show: ({ last_delivered_at }) =>
      last_delivered_at === null ? "–" : momentText(last_delivered_at, ownTimezone),
  },
  {
    key: "acts",
    title: words.change,
    value: () => null,
    show: (target) => {
      const path = notifyPath(`/targets/${target.target_id}`);
      const asked = (): object => ({ request_id: crypto.randomUUID() });
      return (
        <div class="row-acts">
          <button type="button" class="link" onClick={() => onChange(target)}>
            {words.change}
          </button>
          {target.is_active && (
            <button
              type="button"
              class="link"
              onClick={() =>
                void ask("POST", `${path}/test`, nothing, asked()).then(
                  (told) => told.kind === "ok" && onTested(),
                )
              }
            >
              {words.test}
            </button>
          )}
          {target.kind === "webhook" && (
            <ConfirmedAct
              name={words.rotate}
              question={words.rotateQuestion}
              act={async () => {
                const told = await ask("POST", `${path}/rotate`, TargetMade, asked());
                if (told.kind === "ok") onSecret(told.value.secret);
                return told;
              }}
              onDone={() => {}}
            />
          )}
          <ConfirmedAct
            name={words.delete}
            question={words.deleteReceiver}
            act={() => ask("DELETE", path, nothing)}
            onDone={onDeleted}
          />
        </div>
      );
    },
  },
];

const ruleColumns = (
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
