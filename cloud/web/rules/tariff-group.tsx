import type { ComponentChildren } from "preact";

/** Fields that belong together. */
export function Group({
  title,
  hint,
  children,
}: {
  readonly title: string;
  readonly hint?: string;
  readonly children: ComponentChildren;
}) {
  return (
    <fieldset class="tariff-group">
      <legend>{title}</legend>
      {hint !== undefined && <p class="quiet">{hint}</p>}
      {children}
    </fieldset>
  );
}
