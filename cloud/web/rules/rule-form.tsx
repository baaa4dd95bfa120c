import { useSignal } from "@preact/signals";
import type { AccessRule as Rule, RuleWord } from "@gatehouse/shared/contracts/rules/access";
import { ruleRoutes } from "@gatehouse/shared/contracts/v1/rules";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { ask, type Contract, type Told } from "../../../shared/web/ask.ts";
import type { FacilityAt } from "../frame/page.ts";
import { newRequestId } from "../people-state.ts";
import { accessWords as words } from "./access-words.ts";
import { RuleField } from "./rule-field.tsx";
import { bodyFrom, endings, fieldsOf, valueIn } from "./rule-fields.ts";
import { RuleProblem } from "./rule-problem.tsx";
import { newBody, ruleId, rulePath } from "./rule-path.ts";

type Trouble = Exclude<Told<unknown>, { kind: "ok" }> | { readonly sentence: string };

/** The form of a rule, new or known; what is saved is sent to the facility. */
export function RuleForm({
  word,
  rule,
  facility,
  asOf,
  onSaved,
  onClose,
}: {
  readonly word: RuleWord;
  /** Undefined: a new one. */
  readonly rule: Rule | undefined;
  readonly facility: FacilityAt;
  /** Now, by head office's clock. */
  readonly asOf: string;
  readonly onSaved: (rule: Rule) => void;
  readonly onClose: () => void;
}) {
  const before = useMemo(
    () => (rule?.body ?? newBody(word, facility, asOf)) as Record<string, unknown>,
    [],
  );
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector<HTMLElement>(":enabled")?.focus(), []);
  const trouble = useSignal<Trouble | undefined>(undefined);
  const isAsking = useSignal(false);
  const requestId = useSignal(newRequestId());
  const fields = fieldsOf[word];
  const ending = endings[word];
  const isEnded = rule?.standing === "ended";

  const save = async (filled: HTMLFormElement, more: object): Promise<void> => {
    if (isAsking.value) return;
    const data = new FormData(filled);
    const text = (name: string): string => {
      const value = data.get(name);
      return typeof value === "string" ? value : "";
    };
    // A field that names the rule is not asked again.
    const asked = rule === undefined ? fields : fields.filter(({ isName }) => isName === undefined);
    const values = Object.fromEntries(asked.map(({ name }) => [name, text(name)]));
    const read = bodyFrom(asked, values, before, facility);
    if (read.kind === "wrong") {
      trouble.value = { sentence: read.sentence };
      return;
    }
    isAsking.value = true;
    const body = { ...read.body, ...more };
    const path = rulePath(facility.facilityId, word, rule?.id ?? ruleId(word, body));
    const why = text("why").trim();
    const told = await ask("PUT", path, ruleRoutes[word].keep.answer as unknown as Contract<Rule>, {
      request_id: requestId.value,
      version: rule?.version ?? 0,
      rule: body,
      ...(why === "" ? {} : { why }),
    });
    isAsking.value = false;
    if (told.kind === "ok") return onSaved(told.value);
    // What was refused may be corrected and is then another request.
    if (told.kind === "refused") requestId.value = newRequestId();
    trouble.value = told;
  };

  return (
    <form
      ref={form}
      class="rule-form"
      onSubmit={(event) => {
        event.preventDefault();
        void save(event.currentTarget, {});
      }}
    >
      <h2>{rule === undefined ? words.make[word] : words.change(rule.id)}</h2>
      {fields.map((field) => (
        <RuleField
          key={field.name}
          field={field}
          value={valueIn(field, before, facility)}
          isFixed={rule !== undefined && field.isName === true}
        />
      ))}
      <label>
        {words.fields["why"]}
        <input name="why" maxlength={200} autocomplete="off" />
      </label>
      {trouble.value !== undefined && <RuleProblem told={trouble.value} />}
      <div class="form-acts">
        <button type="submit" class="button primary" disabled={isAsking.value}>
          {words.save}
        </button>
        {rule !== undefined && ending !== undefined && (
          <button
            type="button"
            class="button"
            disabled={isAsking.value}
            onClick={({ currentTarget }) => {
              const own = currentTarget.form;
              if (own?.reportValidity() === true)
                void save(own, isEnded ? ending.restored : ending.ended);
            }}
          >
            {isEnded ? words.restore : words.end[word]}
          </button>
        )}
        <button type="button" class="link" onClick={onClose}>
          {words.close}
        </button>
      </div>
    </form>
  );
}
