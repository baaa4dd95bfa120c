import { z } from "zod";
import { type Instant, isoOf } from "../time.ts";
import { complaintsOf } from "./problem.ts";
import { identifier } from "./topics.ts";

/*
 * The tracking guide's message (requirements T1–T9): what a camera sees in one picture, as a vision worker sends it
 * to us (`POST /api/process-tracking-data`, `cameras/<id>/frame`) and as we send it on (`cameras/<id>/tracking`).
 */

/** Longest list in one message. */
const mostListed = 1000;
/** Longest picture as base64: 6 MiB of JPEG. */
export const mostPictureCharacters = 8 * 1024 * 1024;

const count = z.number().int().nonnegative();
const pixel = z.number().min(-1e6).max(1e6);
/** Pixels of the picture: left, top, width, height. */
const pixelBox = z.tuple([pixel, pixel, pixel.nonnegative(), pixel.nonnegative()]);
const point = z.tuple([pixel, pixel]);
/** 0–1; cameras that say percent are understood. */
const confidence = z
  .number()
  .min(0)
  .max(100)
  .transform((said) => (said > 1 ? said / 100 : said));

/** ISO 8601; without an offset it is the facility's civil time. A space may stand for the `T`. */
const timestamp = z
  .string()
  .max(64)
  .regex(/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d([.,]\d{1,9})?)?(Z|[+-]\d\d:?\d\d)?$/, {
    error: "write ISO 8601, for example 2026-01-07T12:30:45.123456 or 2026-01-07T12:30:45Z",
    abort: true,
  })
  .refine(isOnCalendar, "there is no such day or time");

const Detection = z.object({
  /** car, truck, bus, motorcycle, or the worker's own word for a vehicle. */
  class: z.string().min(1).max(64),
  confidence,
  bbox: pixelBox,
  /** Persistent while the vehicle is followed; null or missing when it is not. */
  track_id: z.number().int().nullable().optional(),
  center: point.optional(),
});
export type Detection = z.infer<typeof Detection>;

const share = z.number().min(0).max(1);

const SpaceOccupancy = z.object({
  space_id: z.string().min(1).max(64),
  space_name: z.string().max(64).optional(),
  is_occupied: z.boolean(),
  /** Shares of the picture's width and height, 0–1. */
  bbox: z.object({ x: share, y: share, width: share, height: share }).optional(),
});
export type SpaceOccupancy = z.infer<typeof SpaceOccupancy>;

/** The counts may disagree with the lists: then the lists are right (requirements T2). */
export const TrackingMetadata = z.object({
  vehicle_count: count,
  occupied_spaces: count,
  total_spaces: count,
  timestamp,
  detections: z.array(Detection).max(mostListed),
  space_occupancy: z.array(SpaceOccupancy).max(mostListed),
  matched_detections: z
    .array(z.object({ detection: Detection, space_id: z.string().min(1).max(64) }))
    .max(mostListed),
  tracking_enabled: z.boolean(),
  /** Size of the picture that the pixel boxes are measured in. */
  frame_size: z
    .object({ width: z.number().int().positive(), height: z.number().int().positive() })
    .optional(),
  /** Names one run of the worker's tracker: a new one begins its track ids anew (requirements T6). */
  boot: z.string().min(1).max(64).optional(),
});
export type TrackingMetadata = z.infer<typeof TrackingMetadata>;

export const FrameMessage = z.object({
  camera_id: identifier,
  /** A JPEG or PNG. Looked at where the camera's spaces are drawn here, and never stored. */
  frame_base64: z.string().max(mostPictureCharacters).nullable().optional(),
  metadata: TrackingMetadata,
});
export type FrameMessage = z.infer<typeof FrameMessage>;

/**
 * Reads a message for a camera: the whole one, or its metadata alone.
 *
 * @param cameraId whose message this must be
 */
export function readFrame(
  cameraId: string,
  value: unknown,
):
  | { readonly kind: "frame"; readonly frame: FrameMessage }
  | { readonly kind: "complaints"; readonly errors: { path: string; message: string }[] } {
  const isWhole = typeof value === "object" && value !== null && "metadata" in value;
  const checked = FrameMessage.safeParse(
    isWhole ? value : { camera_id: cameraId, metadata: value },
  );
  if (!checked.success) {
    const errors = complaintsOf(checked.error).map(({ path, message }) => ({
      path: isWhole ? path : path.replace(/^metadata\.?/, ""),
      message,
    }));
    return { kind: "complaints", errors };
  }
  if (checked.data.camera_id === cameraId) return { kind: "frame", frame: checked.data };
  const message = `this is camera ${cameraId}'s place`;
  return { kind: "complaints", errors: [{ path: "camera_id", message }] };
}

function isOnCalendar(said: string): boolean {
  const minute = `${said.slice(0, 10)}T${said.slice(11, 16)}`;
  const at = Date.parse(`${minute}Z`);
  return !Number.isNaN(at) && isoOf(at as Instant).startsWith(minute);
}
