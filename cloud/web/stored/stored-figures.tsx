import type { Figure } from "@gatehouse/shared/contracts/reports/figures";
import { DataTable } from "../frame/data-table.tsx";
import { PageSection } from "../frame/page-section.tsx";
import { figureText } from "../reports/figure-value.ts";
import { figuresWords } from "../reports/figures-words.ts";
import { storedWords as words } from "./stored-words.ts";

/** The key figures as a kept report has them; what could not be known says why. */
export function StoredFigures({
  figures,
  currency,
}: {
  readonly figures: readonly Figure[];
  /** "" before the facility had told one. */
  readonly currency: string;
}) {
  const own = ({ name, title, definition, why_none }: Figure) =>
    figuresWords.figures[name] ?? [title, definition, why_none ?? ""];
  return (
    <PageSection title={words.figures}>
      <DataTable
        caption={words.figures}
        columns={[
          {
            key: "name",
            title: words.figure,
            value: (row) => row.name,
            show: (row) => own(row)[0],
          },
          {
            key: "value",
            title: words.value,
            kind: "number",
            value: (row) => row.value,
            show: (row) => figureText(row, currency),
          },
          {
            key: "why_none",
            title: words.notKnown,
            value: (row) => row.why_none,
            show: (row) => (row.value === null ? own(row)[2] : ""),
          },
        ]}
        rows={figures}
        keyOf={({ name }) => name}
      />
    </PageSection>
  );
}
