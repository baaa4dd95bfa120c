import UPlot from "uplot";
import { namedPlaces, roomBeside, twoRowsOf } from "./axis-names.ts";
import type { ChartProps } from "./chart.tsx";

/** A chart on the page. */
export interface DrawnChart {
  /** Points at a place, as a mouse would. */
  readonly point: (index: number) => void;
  readonly end: () => void;
}

const heightPx = 260;
const font = '13px system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif';

/** Lets the browser work a token out, for light and dark. */
function colourOf(place: HTMLElement, token: string): string {
  const probe = document.createElement("span");
  probe.style.color = `var(${token})`;
  place.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

/**
 * Draws a chart into a place; it follows the place's width, and light and dark.
 *
 * @param onPoint hears which label the mouse is at; undefined: at none
 */
export function drawChart(
  place: HTMLElement,
  props: ChartProps & { readonly kind: "line" | "bars" },
  onPoint: (index: number | undefined) => void,
): DrawnChart {
  const { labels, series, kind } = props;
  const shown = kind === "bars" ? series.slice(0, 1) : series;
  const colours = ["--accent", "--text-3", "--unknown"];
  const colour = (token: string) => () => colourOf(place, token);
  const strokeOf = (index: number) => colour(colours[index] ?? "--text-3");
  const size = () => ({ width: Math.max(200, place.clientWidth), height: heightPx });
  const endLabels = shown.length > 1 ? Math.max(...shown.map(({ name }) => widthOf(name))) + 12 : 8;
  const lastName = props.axisLabels?.at(-1) ?? labels.at(-1) ?? "";
  const options: UPlot.Options = {
    ...size(),
    padding: [
      8,
      (plot) => Math.max(endLabels, roomBeside(widthOf(lastName), labels.length, plot.width)),
      0,
      0,
    ],
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false }, points: { size: 8 } },
    scales: {
      x: { time: false, range: () => [-0.5, labels.length - 0.5] },
      y: { range: (_, least, most) => rangeOf(least, most, props.reach) },
    },
    axes: [xAxis(props, colour), yAxis(props, colour)],
    series: [
      {},
      ...shown.map((_, index) => ({
        stroke: strokeOf(index),
        width: kind === "bars" ? 0 : 2,
        ...(index > 0 ? { dash: [6, 4] } : {}),
        points: { show: labels.length <= 1 },
        ...(kind === "bars"
          ? { fill: strokeOf(index), paths: UPlot.paths.bars?.({ size: [0.7, 40] }) }
          : {}),
      })),
    ] as UPlot.Series[],
    hooks: {
      setCursor: [({ cursor }) => onPoint(cursor.idx ?? undefined)],
      draw: shown.length > 1 ? [(plot) => nameLines(plot, shown, strokeOf)] : [],
    },
  };
  const data = [labels.map((_, index) => index), ...shown.map(({ values }) => [...values])];
  const plot = new UPlot(options, data as UPlot.AlignedData, place);
  const resized = new ResizeObserver(() => {
    if (size().width !== plot.width) plot.setSize(size());
  });
  resized.observe(place);
  const scheme = matchMedia("(prefers-color-scheme: dark)");
  const redraw = (): void => plot.redraw(false, true);
  scheme.addEventListener("change", redraw);
  return {
    point: (index) =>
      plot.setCursor({ left: plot.valToPos(index, "x"), top: plot.over.clientHeight / 2 }),
    end: () => {
      resized.disconnect();
      scheme.removeEventListener("change", redraw);
      plot.destroy();
    },
  };
}

type ColourOf = (token: string) => () => string;

/** So few bars have each its name; of more, and of moments, as many as there is room for. */
const barsNamedMax = 8;

function xAxis(
  { labels, axisLabels = labels, kind }: ChartProps & { readonly kind: "line" | "bars" },
  colour: ColourOf,
): UPlot.Axis {
  const widest = Math.max(0, ...axisLabels.map(widthOf));
  const isEachNamed = kind === "bars" && labels.length <= barsNamedMax;
  const names = (plot: UPlot): readonly string[] => {
    const roomPx = plotWidth(plot) / labels.length;
    return isEachNamed && widest + 8 > roomPx ? twoRowsOf(axisLabels) : axisLabels;
  };
  return {
    font,
    stroke: colour("--text-3"),
    grid: { show: false },
    ticks: { stroke: colour("--line"), width: 1, size: 4 },
    size: (_, shown) => (shown?.some((name) => name?.includes("\n")) === true ? 50 : 32),
    splits: (plot) =>
      isEachNamed
        ? labels.map((_, place) => place)
        : namedPlaces(axisLabels, widest + 14, plotWidth(plot)),
    values: (plot, splits) => splits.map((split) => names(plot)[split] ?? ""),
  };
}

/** How wide the drawing itself is, in CSS pixels. */
const plotWidth = (plot: UPlot): number => plot.bbox.width / devicePixelRatio;

/** Steps of an axis whose values are whole: nobody comes in by halves. */
const wholeSteps = Array.from({ length: 12 }, (_, power) => [1, 2, 5].map((n) => n * 10 ** power));

const yAxis = (
  { series, text, axisText = text, axisSteps }: ChartProps,
  colour: ColourOf,
): UPlot.Axis => ({
  ...(axisSteps !== undefined
    ? { incrs: [...axisSteps] }
    : series.every(({ values }) => values.every((value) => Number.isInteger(value ?? 0)))
      ? { incrs: wholeSteps.flat() }
      : {}),
  font,
  stroke: colour("--text-3"),
  grid: { stroke: colour("--line"), width: 1 },
  ticks: { show: false },
  size: (_, values) => 12 + Math.max(24, ...(values ?? []).map((value) => widthOf(value))),
  values: (_, splits) => splits.map((split) => axisText(split)),
});

/** From zero, with some room above; below zero only where a value is. */
function rangeOf(
  least: number | null,
  most: number | null,
  reach: number | undefined,
): [number, number] {
  const highest = Math.max(most ?? 0, 0);
  const top = reach === undefined ? highest * 1.08 : Math.max(reach, highest);
  return [Math.min(0, least ?? 0) * 1.08, top === 0 ? 1 : top];
}

/** Writes each line's name where it ends, the names apart from each other and above the axis. */
function nameLines(
  plot: UPlot,
  shown: ChartProps["series"] | readonly ChartProps["series"][number][],
  strokeOf: (index: number) => () => string,
): void {
  const { ctx } = plot;
  const ratio = devicePixelRatio;
  const ends = shown
    .map(({ name, values }, index) => {
      const last = values.findLastIndex((value) => value !== null);
      const value = values[last] ?? 0;
      return { name, index, last, y: plot.valToPos(value, "y", true) };
    })
    .toSorted((a, b) => b.y - a.y);
  ctx.save();
  ctx.font = font.replace("13px", `${13 * ratio}px`);
  ctx.textAlign = "left";
  ctx.textBaseline = "middle";
  let room = plot.bbox.top + plot.bbox.height - 8 * ratio;
  for (const { name, index, last, y } of ends) {
    const at = Math.min(y, room);
    room = at - 16 * ratio;
    ctx.fillStyle = strokeOf(index)();
    ctx.fillText(name, plot.valToPos(last, "x", true) + 6 * ratio, at);
  }
  ctx.restore();
}

let measure: CanvasRenderingContext2D | null | undefined;

/** How wide a text stands at an axis, in CSS pixels. */
function widthOf(text: string): number {
  measure ??= document.createElement("canvas").getContext("2d");
  if (measure === null) return text.length * 8;
  measure.font = font;
  return Math.ceil(measure.measureText(text).width);
}
