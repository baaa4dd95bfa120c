import type { JudgedSpace } from "@gatehouse/shared/contracts/camera-setup";
import { percentText } from "../format.ts";
import { areaOf, type Point } from "@gatehouse/shared/polygon";
import { middleOf, type Shape } from "./drawing.ts";
import { complaints, drawing, numberOf, selected } from "./editor.ts";
import { look } from "./looking.ts";
import { panel, showsConfidences, showsMasks } from "./panels.ts";
import { viewport } from "./stage-view.ts";
import { toStage } from "./viewport.ts";

/** Letters on the picture, in CSS pixels; where not even the smallest fit there are none. */
const largestText = 14;
const smallestText = 8.5;
/** A sign is about so wide, of its height. */
const signShare = 0.62;
/** A number taller than this would hide the space that it names. */
const heightShare = 0.6;

/** Everything that is drawn; while checking, spaces look as the camera judges them. */
export function ShapeLayer() {
  const shapes = drawing.value?.shapes ?? [];
  const checks = panel.value === "check" && showsMasks.value;
  const judged = new Map(
    checks ? look.value?.seen.spaces.map((space) => [space.bay, space] as const) : [],
  );
  const flawed = new Set(complaints.value.map(({ kind, id }) => `${kind} ${id}`));
  // Zones lie under what stands in them.
  const order = { zone: 0, space: 1, line: 2 };
  const sorted = shapes.toSorted((a, b) => order[a.kind] - order[b.kind]);
  return (
    <g>
      {sorted.map((shape) => (
        <DrawnShape
          key={shape.key}
          shape={shape}
          judged={shape.kind === "space" ? judged.get(shape.id) : undefined}
          isFlawed={flawed.has(`${shape.kind} ${shape.id}`)}
          isChosen={selected.value.has(shape.key)}
        />
      ))}
    </g>
  );
}

interface ShapeProps {
  readonly shape: Shape;
  readonly judged: JudgedSpace | undefined;
  readonly isFlawed: boolean;
  readonly isChosen: boolean;
}

function DrawnShape({ shape, judged, isFlawed, isChosen }: ShapeProps) {
  const points = shape.points.map((point) => toStage(viewport.value, point));
  const text = pointsText(points);
  const state = judged === undefined ? "" : judged.occupied ? " occupied" : " free";
  const classes = `shape ${shape.kind}${isChosen ? " chosen" : ""}${isFlawed ? " flawed" : ""}${state}`;
  return (
    <g class={classes} data-shape={shape.id} data-kind={shape.kind}>
      {shape.kind === "line" ? (
        <Line points={points} />
      ) : (
        <>
          <polygon class="casing" points={text} />
          <polygon class="outline" points={text} />
        </>
      )}
      <Label points={points} shape={shape} judged={judged} isFlawed={isFlawed} />
    </g>
  );
}

function Line({ points }: { readonly points: readonly Point[] }) {
  const text = pointsText(points);
  return (
    <>
      <polyline class="casing" points={text} />
      <polyline class="outline" points={text} />
      <path class="arrow-casing" d={arrowOf(points)} />
      <path class="arrow" d={arrowOf(points)} />
    </>
  );
}

/** From the middle of the line to its right, seen from its first end: that way is forward. */
function arrowOf(points: readonly Point[]): string {
  const [from = [0, 0], to = [0, 0]] = points;
  const length = Math.max(1, Math.hypot(to[0] - from[0], to[1] - from[1]));
  const [alongX, alongY] = [(to[0] - from[0]) / length, (to[1] - from[1]) / length];
  const [acrossX, acrossY] = [-alongY, alongX];
  const [x, y] = [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2];
  const [tipX, tipY] = [x + acrossX * 34, y + acrossY * 34];
  const barb = (side: 1 | -1): string =>
    `${tipX - acrossX * 11 + side * alongX * 8} ${tipY - acrossY * 11 + side * alongY * 8}`;
  return `M${x} ${y}L${tipX} ${tipY}M${barb(1)}L${tipX} ${tipY}L${barb(-1)}`;
}

interface LabelProps {
  readonly points: readonly Point[];
  readonly shape: Shape;
  readonly judged: JudgedSpace | undefined;
  readonly isFlawed: boolean;
}

/** The number, as large as there is room for it; while checking, how sure the camera is. */
function Label({ points, shape, judged, isFlawed }: LabelProps) {
  const ys = points.map(([, y]) => y);
  const name = `${isFlawed ? "▲ " : ""}${shape.kind === "space" ? numberOf(shape) : shape.id}`;
  const isLine = shape.kind === "line";
  const height = isLine ? Infinity : Math.max(1, Math.max(...ys) - Math.min(...ys));
  // On the average over its height: a slanted space is wider than it has room.
  const width = isLine ? Infinity : areaOf(points) / height;
  const size = Math.min(largestText, width / (name.length * signShare), height * heightShare);
  if (size < smallestText) return null;
  const [x, y] = middleOf(points);
  const isSaid = judged !== undefined && showsConfidences.value && height > 2.6 * size;
  return (
    <>
      <text class="label" font-size={size} x={x} y={isSaid ? y - 0.55 * size : y}>
        {name}
      </text>
      {isSaid && (
        <text class="label" font-size={0.85 * size} x={x} y={y + 0.55 * size}>
          {percentText(judged.confidence)}
        </text>
      )}
    </>
  );
}

export const pointsText = (points: readonly Point[]): string =>
  points.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(" ");
