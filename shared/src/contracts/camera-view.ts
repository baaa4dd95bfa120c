import { z } from "zod";
import { identifier } from "./topics.ts";

const mostSpaces = 1000;
const mostFrames = 10_000;
const mostMarks = 64;

const point = z.tuple([z.number(), z.number()]);
const polygon = z.array(point).min(3, "a polygon needs at least 3 points").max(64);

/** What a polygon on the ground is for: a vehicle seen in it first has come in, one seen there last has left. */
const ViewZone = z.object({
  id: identifier,
  kind: z.enum(["entry", "exit", "area"]),
  polygon,
});
export type ViewZone = z.infer<typeof ViewZone>;

/** A counting line. Crossing from its left to its right, seen from `from` towards `to`, is forward. */
const ViewLine = z.object({ id: identifier, from: point, to: point });
export type ViewLine = z.infer<typeof ViewLine>;

const Frame = z.object({
  /** The picture's file name; for a live camera any name, its only frame. */
  file: z.string().min(1),
  width: z.number().int().positive(),
  height: z.number().int().positive(),
  spaces: z
    .array(
      z.object({
        id: z.string().min(1),
        polygon,
        /** Known in labelled sets only. */
        occupied: z.boolean().optional(),
      }),
    )
    .max(mostSpaces)
    .refine(
      (spaces) => new Set(spaces.map(({ id }) => id)).size === spaces.length,
      "the same space is drawn twice",
    ),
});

/**
 * What is drawn on a camera's picture: spaces, zones and counting lines, in pixels of a picture of the frame's
 * size (x to the right, y down). Zones and lines belong to the first frame's size.
 */
export const CameraView = z.object({
  /** Known in labelled sets only. */
  camera: z.string().optional(),
  frames: z.array(Frame).min(1, "name at least one frame with its spaces").max(mostFrames),
  zones: z.array(ViewZone).max(mostMarks).default([]),
  lines: z.array(ViewLine).max(mostMarks).default([]),
});
export type CameraView = z.infer<typeof CameraView>;
