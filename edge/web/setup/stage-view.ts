import { computed, signal } from "@preact/signals";
import { drawing } from "./editor.ts";
import type { Point } from "@gatehouse/shared/polygon";
import type { Size } from "./drawing.ts";
import { fitted, panned, type Viewport, zoomed } from "./viewport.ts";

/** One press of a zoom button. */
export const zoomStep = 1.5;

/** The stage in CSS pixels. */
export const stageSize = signal<Size>({ width: 1, height: 1 });
/** As a hand has set it; undefined: the whole picture. */
const chosen = signal<Viewport | undefined>(undefined);

/** What is drawn on: the drawing's own picture. */
export const pictureSize = computed<Size>(() => drawing.value?.size ?? { width: 4, height: 3 });

export const viewport = computed(() => chosen.value ?? fitted(pictureSize.value, stageSize.value));
export const isWhole = computed(() => chosen.value === undefined);

/** @param at of the stage; left out: its middle */
export function zoomBy(factor: number, at?: Point): void {
  const { width, height } = stageSize.peek();
  const about = at ?? [width / 2, height / 2];
  chosen.value = zoomed(viewport.peek(), factor, about, pictureSize.peek(), stageSize.peek());
}

export function panBy(by: Point): void {
  chosen.value = panned(viewport.peek(), by, pictureSize.peek(), stageSize.peek());
}

export function showWhole(): void {
  chosen.value = undefined;
}

export function resized(size: Size): void {
  const { width, height } = stageSize.peek();
  if (size.width !== width || size.height !== height) stageSize.value = size;
}
