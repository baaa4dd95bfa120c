import { alertKinds, tiers } from "@gatehouse/shared/contracts/alerts/tiers";
import { RuleMade, type RuleView, type TargetView } from "@gatehouse/shared/contracts/notify";
import { nothing } from "../../../shared/web/ask.ts";
import { alertText } from "../alert-words.ts";
import { alertPageWords } from "../alerts/alert-page-words.ts";
import { ActForm, textIn, Ticks, tickedIn } from "../frame/act-form.tsx";
import { messageWords as words } from "./message-words.ts";
import { notifyPath } from "./notify-path.ts";
import { FacilityField } from "./target-form.tsx";

/** Adds a rule, or changes one. */
export function RuleForm({
  rule,
  targets,
  onDone,
  onCancel,
}: {
  /** Undefined: another one. */
  readonly rule: RuleView | undefined;
  readonly targets: readonly TargetView[];
  readonly onDone: () => void;
  readonly onCancel: () => void;
}) {
  const receivers = targets.map(({ target_id, name }) => ({ value: target_id, label: name }));
  const shared = {
    label: rule === undefined ? words.addRule : `${words.change}: ${rule.name}`,
    bodyOf: orderOf,
    acts: { save: words.save, cancel: words.cancel },
    onCancel,
    onDone,
  };
  const fields = (
    <>
      <label>
        <span>{words.nameField}</span>
        <input
          name="name"
          required
          maxlength={80}
          autocomplete="off"
          defaultValue={rule?.name ?? ""}
        />
      </label>
      <FacilityField chosen={rule?.facility_id ?? null} />
      <Ticks
        legend={words.tiers}
        name="tiers"
        choices={tiers.map((value) => ({ value, label: alertPageWords.tiers[value] }))}
        ticked={rule?.tiers ?? ["critical"]}
      />
      <Ticks
        legend={words.to}
        name="target_ids"
        choices={receivers}
        ticked={rule?.target_ids ?? []}
      />
      <label>
        <span>{words.quietFrom}</span>
        <input type="time" name="quiet_from" defaultValue={rule?.quiet?.from ?? ""} />
      </label>
      <label>
        <span>{words.quietUntil}</span>
        <input type="time" name="quiet_until" defaultValue={rule?.quiet?.until ?? ""} />
      </label>
      <label class="check wide">
        <input
          type="checkbox"
          name="critical_breaks_quiet"
          defaultChecked={rule?.critical_breaks_quiet ?? true}
        />
        {words.breaksQuiet}
      </label>
      <label>
        <span>{words.escalateAfter}</span>
        <input
          type="number"
          name="after_min"
          min={1}
          max={1440}
          defaultValue={rule?.escalate?.after_min.toString() ?? ""}
        />
      </label>
      <Ticks
        legend={words.escalateTo}
        name="escalate_to"
        choices={receivers}
        ticked={rule?.escalate?.target_ids ?? []}
      />
      <details class="wide">
        <summary>{words.types}</summary>
        <Ticks
          legend={words.types}
          name="types"
          choices={[...alertKinds.keys()].map((value) => ({ value, label: alertText(value) }))}
          ticked={rule?.types ?? []}
        />
      </details>
      <label class="check wide">
        <input type="checkbox" name="is_active" defaultChecked={rule?.is_active ?? true} />
        {words.isActive}
      </label>
    </>
  );
  return rule === undefined ? (
    <ActForm {...shared} path={notifyPath("/rules")} contract={RuleMade}>
      {fields}
    </ActForm>
  ) : (
    <ActForm {...shared} path={notifyPath(`/rules/${rule.rule_id}`)} contract={nothing}>
      {fields}
    </ActForm>
  );
}

function orderOf(form: FormData): object {
  const [from, until] = [textIn(form, "quiet_from"), textIn(form, "quiet_until")];
  const after = textIn(form, "after_min");
  return {
    name: textIn(form, "name"),
    facility_id: textIn(form, "facility_id") || null,
    tiers: tickedIn(form, "tiers"),
    types: tickedIn(form, "types"),
    target_ids: tickedIn(form, "target_ids"),
    quiet: from === "" && until === "" ? null : { from, until },
    critical_breaks_quiet: form.has("critical_breaks_quiet"),
    escalate:
      after === "" ? null : { after_min: Number(after), target_ids: tickedIn(form, "escalate_to") },
    is_active: form.has("is_active"),
  };
}
