import { contains, type Point } from "@gatehouse/shared/polygon";
import {
  changed,
  distance,
  type Drawing,
  inPicture,
  moved,
  nearestOn,
  type Shape,
  sidesOf,
  withCorner,
  withExtraCorner,
} from "./drawing.ts";
import { signal } from "@preact/signals";
import { snapReach, tap } from "./drafting.ts";
import {
  corner,
  drag,
  drawing,
  endDrag,
  isSnapping,
  select,
  selected,
  selectedShapes,
  tool,
} from "./editor.ts";
import { holdPicture } from "./looking.ts";
import { panel } from "./panels.ts";
import { snapped } from "./snapping.ts";
import { panBy, viewport, zoomBy } from "./stage-view.ts";
import { toPicture } from "./viewport.ts";

/** A finger that moves less than this has tapped; CSS pixels. */
const tapReach = 6;
/** A line is thin: a finger hits it this far beside it. */
const lineReach = 14;

/** What a finger can take hold of besides the shapes themselves. */
export type Handle =
  | { readonly kind: "corner"; readonly key: string; readonly index: number }
  /** The middle of the side that begins at this corner: pulling it makes a corner. */
  | { readonly kind: "side"; readonly key: string; readonly index: number };

type Hold =
  | { readonly kind: "nothing"; readonly start: Point; last: Point; hasMoved: boolean }
  | { readonly kind: "shapes"; readonly before: Drawing; readonly start: Point }
  | {
      readonly kind: "corner";
      readonly before: Drawing;
      readonly key: string;
      readonly index: number;
    };

/** Where the pointer is over the picture; undefined away from it. */
export const pointer = signal<Point | undefined>(undefined);
/** The corner that a finger hides while it drags it. */
export const hiddenCorner = signal<Point | undefined>(undefined);

const fingers = new Map<number, Point>();
let hold: Hold | undefined;
let pinch: { away: number; middle: Point } | undefined;

/** @param at of the stage, in CSS pixels */
export function down(id: number, at: Point, handle: Handle | undefined): void {
  fingers.set(id, at);
  holdPicture(true);
  if (fingers.size === 2) {
    if (hold?.kind !== "nothing") endDrag();
    hold = undefined;
    pinch = pinchOf();
  } else if (fingers.size === 1) hold = taken(at, handle);
}

export function move(id: number, at: Point, isFinger: boolean): void {
  pointer.value = isFinger ? undefined : toPicture(viewport.peek(), at);
  if (!fingers.has(id)) return;
  fingers.set(id, at);
  if (pinch !== undefined) pinched();
  else if (hold?.kind === "nothing") pan(hold, at);
  else if (hold !== undefined) pull(hold, at, isFinger);
}

export function up(id: number, at: Point, isAdding: boolean): void {
  if (!fingers.delete(id)) return;
  if (fingers.size > 0) return;
  holdPicture(false);
  hiddenCorner.value = undefined;
  const last = hold;
  hold = undefined;
  if (pinch !== undefined) pinch = undefined;
  else if (last?.kind === "nothing") {
    if (!last.hasMoved) tapped(toPicture(viewport.peek(), at), isAdding);
  } else endDrag();
}

export function lost(id: number): void {
  fingers.delete(id);
  if (fingers.size > 0) return;
  holdPicture(false);
  hiddenCorner.value = undefined;
  if (hold !== undefined && hold.kind !== "nothing") endDrag();
  hold = undefined;
  pinch = undefined;
}

function taken(at: Point, handle: Handle | undefined): Hold {
  const now = drawing.peek();
  const place = toPicture(viewport.peek(), at);
  const nothing: Hold = { kind: "nothing", start: at, last: at, hasMoved: false };
  if (now === undefined || tool.peek() !== "select" || panel.peek() !== "draw") return nothing;
  if (handle !== undefined) {
    select([handle.key]);
    const isSide = handle.kind === "side";
    const before = isSide ? withNewCorner(now, handle, place) : now;
    const index = isSide ? handle.index + 1 : handle.index;
    corner.value = index;
    return { kind: "corner", before, key: handle.key, index };
  }
  const own = shapeAt(selectedShapes.peek(), place);
  return own === undefined ? nothing : { kind: "shapes", before: now, start: place };
}

const withNewCorner = (now: Drawing, { key, index }: Handle, at: Point): Drawing =>
  changed(now, new Set([key]), (shape) => withExtraCorner(shape, index, at));

function pan(held: Extract<Hold, { kind: "nothing" }>, at: Point): void {
  if (!held.hasMoved && distance(held.start, at) < tapReach) return;
  held.hasMoved = true;
  panBy([at[0] - held.last[0], at[1] - held.last[1]]);
  held.last = at;
}

function pull(held: Exclude<Hold, { kind: "nothing" }>, at: Point, isFinger: boolean): void {
  const place = toPicture(viewport.peek(), at);
  if (held.kind === "shapes") {
    drag(moved(held.before, selected.peek(), [place[0] - held.start[0], place[1] - held.start[1]]));
    return;
  }
  const { before, key, index } = held;
  const inside = inPicture(place, before.size);
  const others = before.shapes.filter((shape) => shape.key !== key);
  const point = isSnapping.peek()
    ? snapped(inside, others, snapReach / viewport.peek().scale)
    : inside;
  hiddenCorner.value = isFinger ? point : undefined;
  drag(changed(before, new Set([key]), (shape) => withCorner(shape, index, point)));
}

function tapped(at: Point, isAdding: boolean): void {
  if (panel.peek() === "draw" && tool.peek() !== "select") {
    tap(at, viewport.peek().scale);
    return;
  }
  const hit = shapeAt(drawing.peek()?.shapes ?? [], at)?.key;
  const before = selected.peek();
  if (hit === undefined) select(isAdding ? [...before] : []);
  else if (!isAdding) select([hit]);
  else select(before.has(hit) ? [...before].filter((key) => key !== hit) : [...before, hit]);
}

/** Lines and spaces lie on zones: the smallest shape under the finger is meant. */
function shapeAt(shapes: readonly Shape[], at: Point): Shape | undefined {
  const reach = lineReach / viewport.peek().scale;
  const rank = { line: 0, space: 1, zone: 2 };
  return shapes
    .filter((shape) =>
      shape.kind === "line" ? isBeside(shape, at, reach) : contains(shape.points, at),
    )
    .toSorted((a, b) => rank[a.kind] - rank[b.kind])[0];
}

const isBeside = (shape: Shape, at: Point, reach: number): boolean =>
  sidesOf(shape).some(([from, to]) => distance(nearestOn(from, to, at), at) < reach);

function pinchOf(): { away: number; middle: Point } {
  const [a = [0, 0], b = [0, 0]] = [...fingers.values()];
  return { away: Math.max(1, distance(a, b)), middle: [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2] };
}

function pinched(): void {
  const now = pinchOf();
  if (pinch === undefined) return;
  zoomBy(now.away / pinch.away, now.middle);
  panBy([now.middle[0] - pinch.middle[0], now.middle[1] - pinch.middle[1]]);
  pinch = now;
}
