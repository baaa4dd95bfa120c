import "./filters.css";
import type { TargetedEvent } from "preact";
import { askPage, type Question } from "./address.ts";
import { filterWords as words } from "./filter-words.ts";

/** One thing by which a list is narrowed; it stands in the address under its name. */
export interface Filter {
  readonly name: string;
  readonly label: string;
  readonly kind: "text" | "date" | "choice";
  /** What can be chosen, beside everything. */
  readonly choices?: readonly { readonly value: string; readonly label: string }[];
  /** One of the choices always holds: there is no "all". */
  readonly isAlways?: true;
}

/**
 * Fields that narrow a list. A choice counts at once, a text when it is finished. What the address asks and no field
 * knows (a link from a number may) can still be taken away.
 */
export function Filters({
  question,
  filters,
  others = {},
}: {
  readonly question: Question;
  readonly filters: readonly Filter[];
  /** Words for what has no field of its own, by its name in the address. */
  readonly others?: Readonly<Record<string, (value: string) => string>>;
}) {
  const names = [
    ...filters.flatMap(({ name, isAlways }) => (isAlways ? [] : [name])),
    ...Object.keys(others),
  ];
  const isNarrowed = names.some((name) => (question[name] ?? "") !== "");
  return (
    <search>
      <form class="filters" onSubmit={(event) => event.preventDefault()}>
        {filters.map((filter) => (
          <label key={filter.name}>
            <span>{filter.label}</span>
            <Field filter={filter} value={question[filter.name] ?? ""} />
          </label>
        ))}
        {Object.entries(others).flatMap(([name, say]) => {
          const value = question[name];
          return value === undefined || value === ""
            ? []
            : [
                <button
                  type="button"
                  key={name}
                  class="choice"
                  onClick={() => askPage({ [name]: undefined })}
                >
                  {say(value)} <span aria-hidden="true">×</span>
                  <span class="visually-hidden">{words.takeAway}</span>
                </button>,
              ];
        })}
        {isNarrowed && (
          <button
            type="button"
            class="link"
            onClick={() => askPage(Object.fromEntries(names.map((name) => [name, undefined])))}
          >
            {words.showAll}
          </button>
        )}
      </form>
    </search>
  );
}

function Field({ filter, value }: { readonly filter: Filter; readonly value: string }) {
  const { name, kind, choices = [] } = filter;
  const ask = (text: string): void => askPage({ [name]: text.trim() || undefined }, "replace");
  if (kind === "choice")
    return (
      <select name={name} value={value} onChange={(event) => ask(event.currentTarget.value)}>
        {!filter.isAlways && <option value="">{words.all}</option>}
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
    );
  const own = {
    name,
    value,
    autocomplete: "off",
    onChange: (event: TargetedEvent<HTMLInputElement>) => ask(event.currentTarget.value),
  } as const;
  return kind === "date" ? (
    <input type="date" {...own} />
  ) : (
    <input type="search" maxlength={200} {...own} />
  );
}
