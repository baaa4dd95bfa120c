import { batch, computed, signal } from "@preact/signals";
import type { Point } from "@gatehouse/shared/polygon";
import { distance, type DrawnSpace, inPicture, newKey } from "./drawing.ts";
import {
  addShapes,
  choose,
  draft,
  drawing,
  drawnNumbers,
  isSnapping,
  numberOf,
  select,
  selectedShapes,
  tool,
  upcoming,
} from "./editor.ts";
import { countFrom, rowNumbers } from "./numbering.ts";
import { isQuad, type Quad, rowBetween } from "./row.ts";
import { snapped } from "./snapping.ts";

/** A space is drawn with four corners, unless more are wanted. */
export const hasManyCorners = signal(false);

/** The ends of a row, as they are drawn; `keys`: of spaces that stand there already. */
export interface RowEnds {
  readonly first: Quad;
  readonly last?: Quad;
  readonly keys?: readonly [string, string];
}
export const rowEnds = signal<RowEnds | undefined>(undefined);
export const rowCount = signal(10);
export const rowFirst = signal<string | undefined>(undefined);
export const isRowBackwards = signal(false);

/** So many spaces at most in one row. */
export const rowMost = 100;

/** How near a finger or pointer must come, in CSS pixels. */
export const snapReach = 12;
export const closeReach = 18;

/** The row as it would be put in place; undefined while its ends are not both drawn, or make no row. */
export const rowPreview = computed((): DrawnSpace[] | undefined => {
  const ends = rowEnds.value;
  if (ends?.last === undefined) return undefined;
  const count = rowCount.value;
  const quads = rowBetween(ends.first, ends.last, count);
  if (quads === undefined) return undefined;
  const isDrawn = (number: string): boolean => drawnNumbers.value.has(number);
  const wanted = ends.keys === undefined ? quads : quads.slice(1, -1);
  const numbers = rowNumbers(
    rowFirst.value ?? upcoming.value,
    wanted.length,
    isRowBackwards.value ? -1 : 1,
    isDrawn,
  );
  if (numbers.length < wanted.length) return undefined;
  return wanted.map((points, index) => ({
    kind: "space",
    key: `row-${index}`,
    id: numbers[index] ?? "",
    points,
  }));
});

/** How many corners make the shape in hand; undefined: as many as it takes. */
export const cornersWanted = computed((): number | undefined => {
  if (tool.value === "line") return 2;
  const isQuad = tool.value === "row" || (tool.value === "space" && !hasManyCorners.value);
  return isQuad ? 4 : undefined;
});

/** One tap of a tool that draws, at a point of the picture. */
export function tap(at: Point, scale: number): void {
  const now = drawing.peek();
  if (now === undefined) return;
  const inside = inPicture(at, now.size);
  const [first, wanted] = [draft.peek()[0], cornersWanted.peek()];
  const isClosing =
    wanted === undefined &&
    first !== undefined &&
    draft.peek().length >= 3 &&
    distance(first, inside) < closeReach / scale;
  if (isClosing) return finish();
  const point = isSnapping.peek() ? snapped(inside, now.shapes, snapReach / scale) : inside;
  draft.value = [...draft.peek(), point];
  if (draft.peek().length === wanted) finish();
}

/** What has been drawn so far becomes a shape, when it is enough for one. */
export function finish(): void {
  const points = draft.peek();
  if (points.length < (cornersWanted.peek() ?? 3)) return;
  batch(() => {
    draft.value = [];
    switch (tool.peek()) {
      case "select":
        break;
      case "space":
        addShapes({ kind: "space", key: newKey(), id: upcoming.peek(), points });
        break;
      case "row":
        addRowEnd(points);
        break;
      case "zone":
        addShapes({ kind: "zone", key: newKey(), id: freeId("zone"), use: "area", points });
        choose("select");
        selectLast();
        break;
      case "line":
        addShapes({ kind: "line", key: newKey(), id: freeId("line"), points });
        choose("select");
        selectLast();
    }
  });
}

function addRowEnd(points: readonly Point[]): void {
  if (!isQuad(points)) return;
  const ends = rowEnds.peek();
  if (ends === undefined || ends.last !== undefined) rowEnds.value = { first: points };
  else rowEnds.value = { ...ends, last: points };
}

/** Two spaces that stand already are the ends of a row to be filled. */
export function fillBetween(): void {
  const [first, last] = selectedShapes.peek();
  if (first === undefined || last === undefined) return;
  const [start, end] = [first.points, last.points];
  if (!isQuad(start) || !isQuad(end)) return;
  const [from, to] = [numberOf(first), numberOf(last)];
  batch(() => {
    choose("row");
    rowEnds.value = { first: start, last: end, keys: [first.key, last.key] };
    const count = countFrom(from, to);
    if (count !== undefined && count > 2) rowCount.value = Math.min(rowMost, count);
    isRowBackwards.value = from.localeCompare(to, undefined, { numeric: true }) > 0;
    rowFirst.value = from;
  });
}

export function placeRow(): void {
  const row = rowPreview.peek();
  if (row === undefined) return;
  batch(() => {
    addShapes(...row.map((space) => ({ ...space, key: newKey() })));
    forgetRow();
    choose("select");
    selectLast(row.length);
  });
}

export function forgetRow(): void {
  batch(() => {
    rowEnds.value = undefined;
    rowFirst.value = undefined;
    draft.value = [];
  });
}

/** Leaves what is being drawn; with nothing begun, the tool. */
export function escape(): void {
  if (draft.peek().length > 0) draft.value = [];
  else if (rowEnds.peek() !== undefined) forgetRow();
  else if (tool.peek() === "select") select([]);
  else choose("select");
}

function selectLast(count = 1): void {
  select((drawing.peek()?.shapes ?? []).slice(-count).map(({ key }) => key));
}

/** A name that no zone or line has yet. */
export function freeId(kind: "zone" | "line"): string {
  const taken = new Set(
    drawing.peek()?.shapes.flatMap((shape) => (shape.kind === kind ? shape.id : [])),
  );
  let number = 1;
  while (taken.has(`${kind}-${number}`)) number += 1;
  return `${kind}-${number}`;
}
