import type { Signal } from "@preact/signals";
import type { ComponentChildren } from "preact";

/** A line to write in; a number is of whole times. */
export function Field({
  label,
  value,
  type = "text",
  max = 100,
}: {
  readonly label: string;
  readonly value: Signal<string>;
  readonly type?: "text" | "search" | "number" | "datetime-local";
  readonly max?: number;
}) {
  const common = {
    value,
    onInput: (event: { currentTarget: HTMLInputElement }): void =>
      void (value.value = event.currentTarget.value),
  };
  return (
    <label class="note">
      <span>{label}</span>
      {type === "text" && <input type="text" maxLength={max} {...common} />}
      {type === "search" && <input type="search" maxLength={max} {...common} />}
      {type === "number" && <input type="number" min={1} max={1000} step={1} {...common} />}
      {type === "datetime-local" && <input type="datetime-local" {...common} />}
    </label>
  );
}

/** One of two kinds. */
export function Kind<Name extends string>({
  name,
  kinds,
  value,
  texts,
}: {
  readonly name: string;
  readonly kinds: readonly Name[];
  readonly value: Signal<Name>;
  readonly texts: Readonly<Record<Name, string>>;
}) {
  return (
    <fieldset class="kind-choice">
      {kinds.map((each) => (
        <label key={each} class="choice">
          <input
            type="radio"
            name={name}
            checked={value.value === each}
            onChange={() => (value.value = each)}
          />
          <span>{texts[each]}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** A row of a list: what it is, and what can be done with it. */
export function Row({
  head,
  facts,
  children,
}: {
  readonly head: ComponentChildren;
  readonly facts: readonly string[];
  readonly children?: ComponentChildren;
}) {
  return (
    <li class="right-row">
      <p>{head}</p>
      <p class="vehicle-facts">
        {facts
          .filter((fact) => fact !== "")
          .map((fact) => (
            <span key={fact}>{fact}</span>
          ))}
      </p>
      {children}
    </li>
  );
}
