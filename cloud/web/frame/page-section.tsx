import "./page-section.css";
import type { ComponentChildren } from "preact";

/** One part of a page under its own heading. */
export function PageSection({
  title,
  children,
}: {
  readonly title: string;
  readonly children: ComponentChildren;
}) {
  return (
    <section class="page-section">
      <h2>{title}</h2>
      {children}
    </section>
  );
}
