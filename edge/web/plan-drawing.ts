import type { SpaceView } from "@gatehouse/shared/contracts/kiosk";
import { kindMarks } from "./kind-marks.ts";
import { cornerOf, type PlanLayout } from "./plan-layout.ts";

/** The page's own colours, as the canvas needs them. */
export interface PlanColours {
  readonly free: string;
  readonly occupied: string;
  readonly onOccupied: string;
  readonly unknown: string;
  readonly text: string;
  readonly background: string;
  readonly chosen: string;
}

/** Reads the colours from the style sheet, whichever theme is on. */
export function coloursOf(element: Element): PlanColours {
  const probe = document.createElement("span");
  element.append(probe);
  const read = (name: string): string => {
    probe.className = `plan-colour-${name}`;
    return getComputedStyle(probe).color;
  };
  const colours = {
    free: read("free"),
    occupied: read("occupied"),
    onOccupied: read("on-occupied"),
    unknown: read("unknown"),
    text: read("text"),
    background: read("background"),
    chosen: read("chosen"),
  };
  probe.remove();
  return colours;
}

/**
 * Draws the spaces of a zone: occupied is filled, free outlined, unknown hatched, out of service crossed out.
 * Kinds other than standard carry a mark.
 */
export function drawPlan(
  pen: CanvasRenderingContext2D,
  layout: PlanLayout,
  spaces: readonly SpaceView[],
  colours: PlanColours,
  chosen: number | undefined,
): void {
  pen.clearRect(-4, -4, layout.width + 8, layout.height + 8);
  pen.lineWidth = layout.isNumbered ? 1.5 : 1;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.font = `600 13px ${getComputedStyle(pen.canvas).fontFamily}`;
  for (const [index, space] of spaces.entries()) {
    const { x, y } = cornerOf(layout, index);
    drawSpace(pen, layout, space, colours, x, y);
  }
  if (chosen !== undefined) drawChosen(pen, layout, colours, chosen);
}

function drawSpace(
  pen: CanvasRenderingContext2D,
  { cellWidth: width, cellHeight: height, isNumbered }: PlanLayout,
  space: SpaceView,
  colours: PlanColours,
  x: number,
  y: number,
): void {
  const isFilled = space.status === "occupied";
  pen.strokeStyle = colours[space.status === "out-of-service" ? "unknown" : space.status];
  if (isFilled) {
    pen.fillStyle = colours.occupied;
    pen.fillRect(x, y, width, height);
  } else {
    pen.strokeRect(x + 0.75, y + 0.75, width - 1.5, height - 1.5);
  }
  if (space.status === "unknown") hatch(pen, x, y, width, height, isNumbered ? 7 : 4);
  if (space.status === "out-of-service") cross(pen, x, y, width, height);

  const ink = isFilled ? colours.onOccupied : colours.text;
  if (isNumbered) {
    const isPlain = space.space_type === "standard";
    if (space.status === "unknown")
      clearBehind(pen, colours, space.number, x, y, width, height, isPlain);
    pen.fillStyle = ink;
    pen.fillText(space.number, x + width / 2, y + height * (isPlain ? 0.5 : 0.32));
    if (!isPlain) drawMark(pen, space.space_type, x + width / 2, y + height * 0.72, ink);
  } else if (space.space_type !== "standard") {
    corner(pen, x, y, Math.min(width, height) * 0.55, ink);
  }
}

function hatch(
  pen: CanvasRenderingContext2D,
  x: number,
  y: number,
  width: number,
  height: number,
  step: number,
): void {
  pen.save();
  pen.beginPath();
  pen.rect(x, y, width, height);
  pen.clip();
  pen.beginPath();
  for (let offset = -height; offset < width; offset += step) {
    pen.moveTo(x + offset, y + height);
    pen.lineTo(x + offset + height, y);
  }
  pen.stroke();
  pen.restore();
}

function cross(
  pen: CanvasRenderingContext2D,
  x: number,
  y: number,
  width: number,
  height: number,
): void {
  pen.beginPath();
  pen.moveTo(x + 2, y + 2);
  pen.lineTo(x + width - 2, y + height - 2);
  pen.moveTo(x + width - 2, y + 2);
  pen.lineTo(x + 2, y + height - 2);
  pen.stroke();
}

/** A number on a hatched space stands on a clean strip. */
function clearBehind(
  pen: CanvasRenderingContext2D,
  colours: PlanColours,
  text: string,
  x: number,
  y: number,
  width: number,
  height: number,
  isPlain: boolean,
): void {
  const { width: needed } = pen.measureText(text);
  pen.fillStyle = colours.background;
  const middle = y + height * (isPlain ? 0.5 : 0.32);
  pen.fillRect(x + (width - needed) / 2 - 2, middle - 8, needed + 4, 16);
}

function corner(
  pen: CanvasRenderingContext2D,
  x: number,
  y: number,
  size: number,
  ink: string,
): void {
  pen.fillStyle = ink;
  pen.beginPath();
  pen.moveTo(x, y);
  pen.lineTo(x + size, y);
  pen.lineTo(x, y + size);
  pen.fill();
}

const paths = new Map<string, Path2D[]>();

function drawMark(
  pen: CanvasRenderingContext2D,
  type: string,
  x: number,
  y: number,
  ink: string,
): void {
  const drawn = paths.get(type) ?? (kindMarks[type] ?? []).map((mark) => new Path2D(mark));
  paths.set(type, drawn);
  pen.save();
  pen.translate(x, y);
  pen.strokeStyle = ink;
  pen.lineWidth = 1.6;
  pen.lineCap = "round";
  pen.lineJoin = "round";
  for (const path of drawn) pen.stroke(path);
  pen.restore();
}

function drawChosen(
  pen: CanvasRenderingContext2D,
  layout: PlanLayout,
  colours: PlanColours,
  chosen: number,
): void {
  const { x, y } = cornerOf(layout, chosen);
  pen.strokeStyle = colours.chosen;
  pen.lineWidth = 3;
  pen.strokeRect(x - 0.5, y - 0.5, layout.cellWidth + 1, layout.cellHeight + 1);
}
