import type { ViewAnswer, ViewSaved } from "@gatehouse/shared/contracts/camera-setup";
import {
  complaintsAbout,
  type DrawingComplaint,
  spaceNumberOf,
} from "@gatehouse/shared/contracts/drawn-view";
import { batch, computed, signal } from "@preact/signals";
import { knownNumbers, spaceNumbers } from "./cameras.ts";
import type { Point } from "@gatehouse/shared/polygon";
import {
  added,
  changed,
  type Drawing,
  emptyDrawing,
  fromView,
  type Shape,
  type Size,
  toView,
  without,
} from "./drawing.ts";
import { begun, type History, redone, stepped, undone } from "./history.ts";
import { nextNumber } from "./numbering.ts";

export type Tool = "select" | "space" | "row" | "zone" | "line";

/** The camera whose picture is drawn on, and the drawing as the facility has it. */
export interface Subject {
  readonly cameraId: string;
  readonly tag: string;
  readonly saved: ViewSaved | null;
  readonly trouble: string | null;
  readonly spaceOfBay: Readonly<Record<string, string>>;
  /** What is in force; undefined while nothing is drawn and no picture has told its size. */
  readonly inForce: Drawing | undefined;
}

export const subject = signal<Subject | undefined>(undefined);
const steps = signal<History<Drawing | undefined>>(begun(undefined));
/** A drag that goes on: shown, and not yet a step. */
const dragged = signal<Drawing | undefined>(undefined);

export const tool = signal<Tool>("select");
export const selected = signal<ReadonlySet<string>>(new Set());
/** The corner of the one selected shape that arrow keys move. */
export const corner = signal<number | undefined>(undefined);
/** Corners of the shape that is being drawn. */
export const draft = signal<readonly Point[]>([]);
export const isSnapping = signal(true);
/** The number that the next space gets; undefined: the facility's next. */
export const wantedNumber = signal<string | undefined>(undefined);

export const drawing = computed(() => dragged.value ?? steps.value.present);
export const canUndo = computed(() => steps.value.past.length > 0);
export const canRedo = computed(() => steps.value.future.length > 0);
export const isDirty = computed(() => steps.value.present !== subject.value?.inForce);

export const numberOf = ({ id }: Pick<Shape, "id">): string =>
  spaceNumberOf(id, subject.value?.spaceOfBay ?? {});

export const drawnNumbers = computed(
  () =>
    new Set(
      (drawing.value?.shapes ?? []).flatMap((shape) =>
        shape.kind === "space" ? [numberOf(shape)] : [],
      ),
    ),
);

/** The number that the next space gets. */
export const upcoming = computed(() => {
  const isDrawn = (number: string): boolean => drawnNumbers.value.has(number);
  const wanted = wantedNumber.value;
  if (wanted !== undefined && !isDrawn(wanted)) return wanted;
  const last = drawing.value?.shapes.findLast(({ kind }) => kind === "space");
  return nextNumber(
    spaceNumbers.value,
    isDrawn,
    wanted ?? (last === undefined ? undefined : numberOf(last)),
  );
});

/** What keeps the drawing from being saved. */
export const complaints = computed((): DrawingComplaint[] => {
  const now = drawing.value;
  if (now === undefined) return [];
  const spaceOfBay = subject.value?.spaceOfBay ?? {};
  return complaintsAbout(toView(now), spaceOfBay, (number) => knownNumbers.value.has(number));
});

/** Takes up a camera, with the drawing that the facility has of it. */
export function take(cameraId: string, answer: ViewAnswer): void {
  const inForce = answer.view === undefined ? undefined : fromView(answer.view);
  batch(() => {
    subject.value = {
      cameraId,
      tag: answer.tag,
      saved: answer.saved,
      trouble: answer.trouble,
      spaceOfBay: answer.space_of_bay,
      inForce,
    };
    steps.value = begun(inForce);
    tool.value = "select";
    wantedNumber.value = undefined;
    forgetHand();
  });
}

/** A first picture tells how large a drawing on it is. */
export function beginOn(size: Size): void {
  const now = subject.peek();
  if (now === undefined || steps.peek().present !== undefined) return;
  const empty = emptyDrawing(size);
  batch(() => {
    subject.value = { ...now, inForce: empty };
    steps.value = begun(empty);
  });
}

/** The facility has this drawing now. */
export function noteSaved(kept: Drawing, tag: string, saved: ViewSaved): void {
  const now = subject.peek();
  if (now !== undefined) subject.value = { ...now, tag, saved, trouble: null, inForce: kept };
}

/** The next saving replaces this one: somebody else's. */
export function acceptTag(tag: string): void {
  const now = subject.peek();
  if (now !== undefined) subject.value = { ...now, tag };
}

/** One step that can be taken back. */
export function step(next: Drawing): void {
  batch(() => {
    dragged.value = undefined;
    steps.value = stepped(steps.value, next);
  });
}

export function drag(next: Drawing): void {
  dragged.value = next;
}

export function endDrag(): void {
  const last = dragged.peek();
  if (last !== undefined) step(last);
}

export function undo(): void {
  if (draft.peek().length > 0) draft.value = draft.peek().slice(0, -1);
  else moveInTime(undone);
}

export function redo(): void {
  moveInTime(redone);
}

function moveInTime(move: <T>(history: History<T>) => History<T>): void {
  batch(() => {
    dragged.value = undefined;
    steps.value = move(steps.value);
    const keys = new Set(steps.value.present?.shapes.map(({ key }) => key));
    selected.value = new Set([...selected.value].filter((key) => keys.has(key)));
    corner.value = undefined;
  });
}

export function choose(next: Tool): void {
  batch(() => {
    tool.value = next;
    forgetHand();
  });
}

export function select(keys: readonly string[]): void {
  batch(() => {
    selected.value = new Set(keys);
    corner.value = undefined;
  });
}

export const selectedShapes = computed((): Shape[] =>
  (drawing.value?.shapes ?? []).filter(({ key }) => selected.value.has(key)),
);

export function addShapes(...shapes: readonly Shape[]): void {
  const now = drawing.peek();
  if (now === undefined) return;
  batch(() => {
    step(added(now, ...shapes));
    wantedNumber.value = undefined;
    select(shapes.map(({ key }) => key));
  });
}

export function removeSelected(): void {
  const now = drawing.peek();
  if (now === undefined || selected.peek().size === 0) return;
  batch(() => {
    step(without(now, selected.peek()));
    select([]);
  });
}

export function changeSelected(change: (shape: Shape) => Shape): void {
  const now = drawing.peek();
  if (now !== undefined) step(changed(now, selected.peek(), change));
}

/** What the hand was about to do is forgotten. */
export function forgetHand(): void {
  batch(() => {
    dragged.value = undefined;
    draft.value = [];
    selected.value = new Set();
    corner.value = undefined;
  });
}
