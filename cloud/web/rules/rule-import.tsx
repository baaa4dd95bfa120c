import { useSignal } from "@preact/signals";
import { importCharsMax, RuleImported } from "@gatehouse/shared/contracts/rules/access";
import { ask, type Told } from "../../../shared/web/ask.ts";
import { countText } from "../format.ts";
import { newRequestId } from "../people-state.ts";
import { accessWords as words } from "./access-words.ts";
import { RuleProblem } from "./rule-problem.tsx";
import { rulePath } from "./rule-path.ts";

/** Rules out of a CSV and into one: a file is checked first, and taken over whole. */
export function RuleImportForm({
  word,
  facilityId,
  onDone,
}: {
  readonly word: "permits" | "lists";
  readonly facilityId: string;
  readonly onDone: () => void;
}) {
  const csv = useSignal("");
  const said = useSignal("");
  const isChecked = useSignal(false);
  const trouble = useSignal<
    Exclude<Told<unknown>, { kind: "ok" }> | { readonly sentence: string } | undefined
  >(undefined);
  const path = rulePath(facilityId, word);

  const take = async (isCheck: boolean): Promise<void> => {
    trouble.value = undefined;
    said.value = "";
    if (csv.value.length > importCharsMax) {
      trouble.value = { sentence: words.tooLarge };
      return;
    }
    const told = await ask("POST", `${path}/import`, RuleImported, {
      request_id: newRequestId(),
      csv: csv.value,
      ...(isCheck ? { check_only: true } : {}),
    });
    isChecked.value = told.kind === "ok" && isCheck;
    if (told.kind !== "ok") {
      trouble.value = told;
      return;
    }
    const { made, changed, unchanged } = told.value;
    said.value = isCheck
      ? words.wouldDo(countText(made), countText(changed), countText(unchanged))
      : words.done(countText(made), countText(changed));
    if (!isCheck) onDone();
  };

  const choose = async (file: File | undefined): Promise<void> => {
    csv.value = (await file?.text()) ?? "";
    isChecked.value = false;
    said.value = "";
    trouble.value = undefined;
  };

  return (
    <details class="rule-import">
      <summary>{words.importHead}</summary>
      <p class="quiet">{words.importHint}</p>
      <label>
        {words.file}
        <input
          type="file"
          accept=".csv,text/csv"
          onChange={({ currentTarget: { files } }) => void choose(files?.[0])}
        />
      </label>
      {trouble.value !== undefined && <RuleProblem told={trouble.value} />}
      <p aria-live="polite">{said.value}</p>
      <div class="form-acts">
        <button
          type="button"
          class="button"
          disabled={csv.value === ""}
          onClick={() => void take(true)}
        >
          {words.checkFile}
        </button>
        <button
          type="button"
          class="button primary"
          disabled={!isChecked.value}
          onClick={() => void take(false)}
        >
          {words.takeOver}
        </button>
        <a class="link" href={`${path}/export?format=csv`} download={`${word}.csv`}>
          {words.exportAll}
        </a>
      </div>
    </details>
  );
}
