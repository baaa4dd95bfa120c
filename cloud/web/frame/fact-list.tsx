import type { ComponentChildren } from "preact";

/** A fact beside what it is; what is not there is left out. */
export interface Fact {
  readonly label: string;
  readonly value: ComponentChildren;
}

/** Facts in words and moments, one below the other; numbers that are read first stand in a `FigureList`. */
export function FactList({ facts }: { readonly facts: readonly (Fact | undefined)[] }) {
  return (
    <dl class="facts">
      {facts
        .filter((fact) => fact !== undefined)
        .map(({ label, value }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}
