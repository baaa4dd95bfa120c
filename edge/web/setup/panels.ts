import { signal } from "@preact/signals";

export const panels = ["draw", "check", "calibrate"] as const;
export type Panel = (typeof panels)[number];

/** What the technician is at: drawing, checking what the camera makes of it, or teaching it. */
export const panel = signal<Panel>("draw");

/** What is shown on the picture while checking. */
export const showsMasks = signal(true);
export const showsBoxes = signal(true);
export const showsConfidences = signal(true);
/** Vehicles that hardly anything speaks for, too. */
export const showsFaint = signal(false);
/** A dark picture is shown brighter; nothing of it changes. */
export const isBrightened = signal(false);
