import { escape, finish, forgetRow, freeId, placeRow, rowPreview } from "./drafting.ts";
import type { Point } from "@gatehouse/shared/polygon";
import {
  changed,
  type Drawing,
  inPicture,
  moved,
  newKey,
  withCorner,
  withoutCorner,
} from "./drawing.ts";
import {
  addShapes,
  changeSelected,
  choose,
  corner,
  drawing,
  drawnNumbers,
  redo,
  removeSelected,
  select,
  selected,
  selectedShapes,
  step,
  type Tool,
  undo,
} from "./editor.ts";
import { nextNumber } from "./numbering.ts";
import { spaceNumbers } from "./cameras.ts";
import { panel } from "./panels.ts";
import { save } from "./saving.ts";
import { showWhole, zoomBy, zoomStep } from "./stage-view.ts";

/** The key printed on each tool. */
export const toolKeys: Readonly<Record<Tool, string>> = {
  select: "V",
  space: "S",
  row: "R",
  zone: "Z",
  line: "L",
};

/** A copy stands this far beside its original, in pixels of the picture. */
const copyOffset = 16;

const arrows: Readonly<Record<string, Point>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** @returns whether the key meant something here */
export function pressed(event: KeyboardEvent): boolean {
  const isCommand = event.ctrlKey || event.metaKey;
  if (isCommand) return commanded(event.key.toLowerCase(), event.shiftKey);
  if (event.altKey) return false;
  if (zoomedBy(event.key)) return true;
  if (panel.peek() !== "draw") return false;
  const arrow = arrows[event.key];
  if (arrow !== undefined) return nudged(arrow, event.shiftKey ? 10 : 1);
  switch (event.key) {
    case "Escape":
      escape();
      return true;
    case "Enter":
      if (rowPreview.peek() === undefined) finish();
      else placeRow();
      return true;
    case "Delete":
    case "Backspace":
      removeSelected();
      return true;
    case ".":
      nextCorner();
      return true;
    default:
      return toolChosen(event.key.toUpperCase());
  }
}

function commanded(key: string, isShifted: boolean): boolean {
  switch (key) {
    case "s":
      void save();
      return true;
    case "z":
      if (isShifted) redo();
      else undo();
      return true;
    case "y":
      redo();
      return true;
    case "d":
      duplicate();
      return true;
    case "a":
      select((drawing.peek()?.shapes ?? []).map((shape) => shape.key));
      return true;
    default:
      return false;
  }
}

function zoomedBy(key: string): boolean {
  if (key === "+" || key === "=") zoomBy(zoomStep);
  else if (key === "-") zoomBy(1 / zoomStep);
  else if (key === "0") showWhole();
  else return false;
  return true;
}

function toolChosen(key: string): boolean {
  const found = (Object.keys(toolKeys) as Tool[]).find((each) => toolKeys[each] === key);
  if (found === undefined) return false;
  forgetRow();
  choose(found);
  return true;
}

/** Without the chosen corner; three always stay. */
export function removeCorner(): void {
  const index = corner.peek();
  if (index === undefined) return;
  changeSelected((shape) => withoutCorner(shape, index));
  corner.value = undefined;
}

/** The next corner of the one chosen shape: arrow keys then move only that. */
export function nextCorner(): void {
  const [shape] = selectedShapes.peek();
  if (shape === undefined || selected.peek().size !== 1) return;
  corner.value = ((corner.peek() ?? -1) + 1) % shape.points.length;
}

/** Copies of the chosen shapes beside them; spaces get the next numbers. */
export function duplicate(): void {
  const now = drawing.peek();
  const originals = selectedShapes.peek();
  if (now === undefined || originals.length === 0) return;
  const taken = new Set(drawnNumbers.peek());
  const copies = originals.map((shape) => {
    const id = shape.kind === "space" ? numberBeside(shape.id, taken) : freeId(shape.kind);
    return { ...shape, key: newKey(), id };
  });
  const keys = new Set(copies.map(({ key }) => key));
  const beside = moved({ ...now, shapes: copies }, keys, [copyOffset, copyOffset]);
  addShapes(...beside.shapes);
}

function numberBeside(number: string, taken: Set<string>): string {
  const next = nextNumber(spaceNumbers.peek(), (each) => taken.has(each), number);
  taken.add(next);
  return next;
}

function nudged(direction: Point, by: number): boolean {
  const now = drawing.peek();
  if (now === undefined || selected.peek().size === 0) return false;
  step(nudge(now, [direction[0] * by, direction[1] * by]));
  return true;
}

function nudge(now: Drawing, by: Point): Drawing {
  const index = corner.peek();
  if (index === undefined) return moved(now, selected.peek(), by);
  return changed(now, selected.peek(), (shape) => {
    const [x, y] = shape.points[index] ?? [0, 0];
    return withCorner(shape, index, inPicture([x + by[0], y + by[1]], now.size));
  });
}
