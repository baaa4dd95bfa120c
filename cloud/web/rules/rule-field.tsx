import { accessWords as words } from "./access-words.ts";
import type { RuleField as Field } from "./rule-fields.ts";

/** One field of a rule's form, with its label and what may be written. */
export function RuleField({
  field,
  value,
  isFixed,
}: {
  readonly field: Field;
  readonly value: string;
  /** It names the rule, which is there already. */
  readonly isFixed: boolean;
}) {
  const { name, isNeeded = false, hint } = field;
  const label = words.fields[name] ?? name;
  return (
    <label class={field.kind === "windows" ? "wide" : undefined}>
      <span>
        {label}
        {isNeeded && !isFixed && <span aria-hidden="true"> *</span>}
      </span>
      <Control field={field} value={value} isFixed={isFixed} />
      {hint !== undefined && <small>{hint}</small>}
    </label>
  );
}

function Control({ field, value, isFixed }: Parameters<typeof RuleField>[0]) {
  const { name, kind, choices = [], isNeeded = false } = field;
  const own = { name, required: isNeeded, disabled: isFixed, autocomplete: "off" } as const;
  switch (kind) {
    case "choice":
      return (
        <select {...own}>
          {!isNeeded && <option value="">{words.noChoice}</option>}
          {choices.map((choice) => (
            <option key={choice} value={choice} selected={choice === value}>
              {words.choices[choice] ?? choice}
            </option>
          ))}
        </select>
      );
    case "windows":
      return <textarea {...own} rows={3} spellcheck={false} defaultValue={value} />;
    case "moment":
      return <input {...own} type="datetime-local" defaultValue={value} />;
    case "count":
      return <input {...own} type="number" min={0} step={1} defaultValue={value} />;
    case "money":
      return <input {...own} type="number" min={0} step="any" defaultValue={value} />;
    default:
      return <input {...own} maxlength={500} spellcheck={false} defaultValue={value} />;
  }
}
