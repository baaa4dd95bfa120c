import { rowEnds, rowPreview } from "./drafting.ts";
import type { Point } from "@gatehouse/shared/polygon";
import { middleOf, type Shape, sidesOf } from "./drawing.ts";
import { corner, draft, selectedShapes, tool } from "./editor.ts";
import { pointer } from "./hand.ts";
import { panel } from "./panels.ts";
import { pointsText } from "./shape-layer.tsx";
import { viewport } from "./stage-view.ts";
import { toStage } from "./viewport.ts";

/** Sides shorter than this have no room for a handle in their middle, in CSS pixels. */
const sideFrom = 56;
/** More chosen shapes than these are moved whole. */
const handledMost = 1;

/** What the hand is at: corners to pull, what is being drawn, and the row as it would stand. */
export function HandLayer() {
  if (panel.value !== "draw") return null;
  const chosen = selectedShapes.value;
  return (
    <g>
      {tool.value === "select" && chosen.length <= handledMost && chosen.map(Handles)}
      {tool.value === "row" && <RowDraft />}
      {tool.value !== "select" && <Draft />}
    </g>
  );
}

function Handles(shape: Shape) {
  const place = (point: Point): Point => toStage(viewport.value, point);
  const sides = shape.kind === "line" ? [] : sidesOf(shape);
  return (
    <g key={shape.key}>
      {sides.map(([from, to], index) => {
        const [a, b] = [place(from), place(to)];
        if (Math.hypot(a[0] - b[0], a[1] - b[1]) < sideFrom) return null;
        const [x, y] = middleOf([a, b]);
        return (
          <g key={`side-${index}`} class="side-handle">
            <circle cx={x} cy={y} r={5} />
            <circle
              class="grip"
              cx={x}
              cy={y}
              r={14}
              data-handle="side"
              data-key={shape.key}
              data-index={index}
            />
          </g>
        );
      })}
      {shape.points.map(place).map(([x, y], index) => (
        <g key={index} class={corner.value === index ? "corner-handle active" : "corner-handle"}>
          <circle cx={x} cy={y} r={7} />
          <circle
            class="grip"
            cx={x}
            cy={y}
            r={20}
            data-handle="corner"
            data-key={shape.key}
            data-index={index}
          />
        </g>
      ))}
    </g>
  );
}

function Draft() {
  const points = draft.value.map((point) => toStage(viewport.value, point));
  const at = pointer.value === undefined ? [] : [toStage(viewport.value, pointer.value)];
  if (points.length === 0) return null;
  const text = pointsText([...points, ...at]);
  return (
    <g class="draft">
      <polyline class="casing" points={text} />
      <polyline class="outline" points={text} />
      {points.map(([x, y], index) => (
        <circle key={index} cx={x} cy={y} r={index === 0 ? 8 : 5} />
      ))}
    </g>
  );
}

function RowDraft() {
  const ends = rowEnds.value;
  if (ends === undefined) return null;
  const row = rowPreview.value;
  const quads =
    row ??
    [ends.first, ...(ends.last === undefined ? [] : [ends.last])].map((points) => ({
      points,
      id: "",
    }));
  return (
    <g class="draft">
      {quads.map(({ points, id }, index) => {
        const placed = points.map((point) => toStage(viewport.value, point));
        const [x, y] = middleOf(placed);
        return (
          <g key={index}>
            <polygon class="casing" points={pointsText(placed)} />
            <polygon class="outline" points={pointsText(placed)} />
            <text class="label" font-size={13} x={x} y={y}>
              {id}
            </text>
          </g>
        );
      })}
    </g>
  );
}
