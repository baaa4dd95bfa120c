import type { ComponentChildren } from "preact";

/** One number that is read first, with what it is and what belongs to it. */
export interface HeadFigure {
  readonly label: string;
  readonly value: ComponentChildren;
  readonly aside?: ComponentChildren;
}

/** A few numbers side by side, large. */
export function FigureList({ figures }: { readonly figures: readonly HeadFigure[] }) {
  return (
    <dl class="figures figure-list">
      {figures.map(({ label, value, aside }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>
            <span class="figure">{value}</span>
            <span class="quiet">{aside ?? "\u00A0"}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}
