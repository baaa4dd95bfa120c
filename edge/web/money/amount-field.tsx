import type { Signal } from "@preact/signals";

/** A line for an amount, as people write it. */
export function AmountField({
  label,
  value,
  onEdit,
}: {
  readonly label: string;
  readonly value: Signal<string>;
  /** Called with every change. */
  readonly onEdit?: () => void;
}) {
  return (
    <label class="note">
      <span>{label}</span>
      <input
        type="text"
        inputMode="decimal"
        autocomplete="off"
        class="amount"
        maxLength={12}
        value={value}
        onInput={(event) => {
          value.value = event.currentTarget.value;
          onEdit?.();
        }}
      />
    </label>
  );
}
