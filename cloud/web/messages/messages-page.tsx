import { NotifyView, type RuleView, type TargetView } from "@gatehouse/shared/contracts/notify";
import { useSignal } from "@preact/signals";
import { countText } from "../format.ts";
import { wholeAddress } from "../frame/address.ts";
import { useAnswer } from "../frame/answer.ts";
import { Answered } from "../frame/answered.tsx";
import { DataTable } from "../frame/data-table.tsx";
import { PageHead } from "../frame/page-head.tsx";
import { PageSection } from "../frame/page-section.tsx";
import { whoAmI } from "../own-rights.ts";
import { messageWords as words } from "./message-words.ts";
import { notifyPath } from "./notify-path.ts";
import { ruleColumns } from "./rule-columns.tsx";
import { RuleForm } from "./rule-form.tsx";
import { targetColumns } from "./target-columns.tsx";
import { TargetForm } from "./target-form.tsx";

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
