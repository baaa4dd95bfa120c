import type { Signal } from "@preact/signals";

/** A civil day of the facility, as "2026-01-31". */
export function DayField({
  label,
  value,
}: {
  readonly label: string;
  readonly value: Signal<string>;
}) {
  return (
    <label class="note">
      <span>{label}</span>
      <input
        type="date"
        required
        value={value}
        onInput={(event) => {
          // An emptied field keeps the day that was.
          if (event.currentTarget.value !== "") value.value = event.currentTarget.value;
        }}
      />
    </label>
  );
}
