import "uplot/dist/uPlot.min.css";
import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { unknown } from "../format.ts";
import { drawChart, type DrawnChart } from "./chart-drawing.ts";
import { DataTable } from "./data-table.tsx";
import { frameWords as words } from "./frame-words.ts";

export interface ChartSeries {
  /** Its name at the end of its line and in the table. */
  readonly name: string;
  /** One for each label; null is not known and leaves a gap. */
  readonly values: readonly (number | null)[];
}

export interface ChartProps {
  /** A question that the chart answers. */
  readonly title: string;
  /** What the labels are: "Hour", "Day". */
  readonly labelTitle: string;
  /** What stands below, from left to right. */
  readonly labels: readonly string[];
  /** What is written at the axis for each label, where that is shorter; "" writes nothing there. */
  readonly axisLabels?: readonly string[];
  /** The first in the accent, the second grey and dashed; bars show the first alone. */
  readonly series: readonly [ChartSeries, ...ChartSeries[]];
  /** How a value is read. */
  readonly text: (value: number) => string;
  /** How a value is written at the axis, where that is shorter. */
  readonly axisText?: (value: number) => string;
  /** The steps that the axis may have, from the smallest: whole hours for seconds. */
  readonly axisSteps?: readonly number[];
  /** The axis reaches at least so far: 100 for a share. */
  readonly reach?: number;
  /** The table behind the chart, where it says more than the chart. */
  readonly table?: ComponentChildren;
}

/** How something went, as a line; several things on one scale. */
export const LineChart = (props: ChartProps) => <Chart {...props} kind="line" />;

/** How much of something each had, as bars from zero. */
export const BarChart = (props: ChartProps) => <Chart {...props} kind="bars" />;

/** Read by eye, by mouse, by arrow keys, and as a table. */
function Chart(props: ChartProps & { readonly kind: "line" | "bars" }) {
  const { title, labels, series, text } = props;
  const place = useRef<HTMLElement>(null);
  const drawn = useRef<DrawnChart>(undefined);
  const at = useSignal<number | undefined>(undefined);
  const spoken = useSignal("");
  const keysId = useId();
  const isEmpty = !series.some(({ values }) => values.some((value) => (value ?? 0) !== 0));

  useEffect(() => {
    if (place.current === null) return undefined;
    const chart = drawChart(place.current, props, (index) => (at.value = index));
    drawn.current = chart;
    return () => chart.end();
    // What is drawn depends on these alone; a new formatter is the same formatter.
  }, [labels.join("|"), JSON.stringify(series), props.kind, props.reach]);

  if (isEmpty)
    return (
      <figure class="chart">
        <figcaption>{title}</figcaption>
        <p class="empty">{words.noRows}</p>
      </figure>
    );
  const readAt = (index: number): string =>
    [
      labels[index] ?? "",
      ...series.map(({ name, values }) => {
        const value = values[index] ?? null;
        const read = value === null ? unknown : text(value);
        return series.length === 1 ? read : `${name} ${read}`;
      }),
    ].join(" · ");
  const move = (to: number): void => {
    const index = Math.max(0, Math.min(labels.length - 1, to));
    at.value = index;
    drawn.current?.point(index);
    spoken.value = readAt(index);
  };
  const press = (event: KeyboardEvent): void => {
    const steps: Readonly<Record<string, number>> = {
      ArrowLeft: (at.value ?? labels.length) - 1,
      ArrowRight: (at.value ?? -1) + 1,
      Home: 0,
      End: labels.length - 1,
    };
    const to = steps[event.key];
    if (to === undefined) return;
    event.preventDefault();
    move(to);
  };
  return (
    <figure class="chart">
      <figcaption>
        {title}
        <span class="chart-reading" aria-hidden="true">
          {at.value === undefined ? "" : readAt(at.value)}
        </span>
      </figcaption>
      {/* oxlint-disable jsx-a11y/no-noninteractive-tabindex, jsx-a11y/no-noninteractive-element-interactions -- arrow keys read it */}
      <section
        ref={place}
        class="chart-place"
        aria-label={title}
        aria-describedby={keysId}
        tabIndex={0}
        onKeyDown={press}
      />
      {/* oxlint-enable jsx-a11y/no-noninteractive-tabindex, jsx-a11y/no-noninteractive-element-interactions */}
      <span id={keysId} class="visually-hidden">
        {words.chartKeys}
      </span>
      <output class="visually-hidden">{spoken}</output>
      <details>
        <summary>{words.asTable}</summary>
        {props.table ?? <ChartTable {...props} />}
      </details>
    </figure>
  );
}

/** What the chart shows, as a table. */
function ChartTable({ title, labelTitle, labels, series, text }: ChartProps) {
  return (
    <DataTable
      caption={title}
      columns={[
        { key: "label", title: labelTitle, value: (row: ChartRow) => row.label },
        ...series.map(({ name }, index) => ({
          key: `value_${index + 1}`,
          title: name,
          kind: "number" as const,
          value: (row: ChartRow) => row.values[index] ?? null,
          show: (row: ChartRow) => {
            const value = row.values[index] ?? null;
            return value === null ? unknown : text(value);
          },
        })),
      ]}
      rows={labels.map((label, index) => ({
        place: index,
        label,
        values: series.map(({ values }) => values[index] ?? null),
      }))}
      keyOf={(row) => `${row.place}`}
    />
  );
}

interface ChartRow {
  /** Two hours may have one name. */
  readonly place: number;
  readonly label: string;
  readonly values: readonly (number | null)[];
}
