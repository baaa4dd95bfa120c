/** One of a few things, beside each other: a list of those inside or of those who left. */
export function Choices<Value extends string>({
  label,
  values,
  chosen,
  text,
  onChoose,
}: {
  /** What is chosen, for those who hear the page. */
  readonly label: string;
  readonly values: readonly Value[];
  readonly chosen: Value;
  readonly text: (value: Value) => string;
  readonly onChoose: (value: Value) => void;
}) {
  return (
    <fieldset class="period" aria-label={label}>
      <div class="choices">
        {values.map((value) => (
          <button
            type="button"
            key={value}
            class="choice"
            aria-pressed={value === chosen}
            onClick={() => onChoose(value)}
          >
            {text(value)}
          </button>
        ))}
      </div>
    </fieldset>
  );
}
