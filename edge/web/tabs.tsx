import type { Signal } from "@preact/signals";

/** The parts of a sheet, one of which is shown. */
export function Tabs<Name extends string>({
  label,
  tabs,
  tab,
  texts,
}: {
  readonly label: string;
  readonly tabs: readonly Name[];
  readonly tab: Signal<Name>;
  readonly texts: Readonly<Record<Name, string>>;
}) {
  return (
    <fieldset class="tabs" aria-label={label}>
      {tabs.map((each) => (
        <button
          key={each}
          type="button"
          class="button"
          aria-pressed={tab.value === each}
          onClick={() => (tab.value = each)}
        >
          {texts[each]}
        </button>
      ))}
    </fieldset>
  );
}
