import { faultTable, type FaultCode } from "@gatehouse/shared/fault";
import { CameraSource } from "@gatehouse/shared/contracts/camera";
import type { Instant } from "@gatehouse/shared/time";
import { vehicleClasses } from "@gatehouse/shared/vehicle";
import { z } from "zod";
import { refusals } from "./picture.ts";

const instant = z
  .number()
  .int()
  .transform((at) => at as Instant);

/** What the child needs of one camera; all paths are absolute, models may be names. */
const CameraJob = z.object({
  id: z.string(),
  source: CameraSource,
  credentials: z.object({ user: z.string(), password: z.string() }).optional(),
  detector: z.string(),
  classifier: z.string(),
  /** Where names of models and relative paths to them are looked up. */
  models: z.object({ dataDir: z.string(), baseDir: z.string() }),
  decidedBy: z.enum(["auto", "detector", "classifier", "both"]),
  confidenceMin: z.number().optional(),
  /** The camera's own folder: `view.json` (drawn on the setup page), `calibration.json`, what was examined. */
  dir: z.string(),
  /** The view that the configuration names; `view.json` comes before it. */
  bays: z.string().optional(),
  tracking: z.boolean(),
  /** Of a camera that reads a lane's plates. */
  plates: z
    .object({
      /** Names or files; left out: what is installed, ours otherwise. */
      detector: z.string().optional(),
      reader: z.string().optional(),
      /** Where most cars come from. */
      countries: z.array(z.string()),
      /** How long a vehicle stands there without a readable plate before it is told. */
      askAfterS: z.number().positive(),
      cropsDays: z.number().positive(),
    })
    .optional(),
});
export type CameraJob = z.infer<typeof CameraJob>;

/** From the daemon to its vision child. */
export const ToChild = z.discriminatedUnion("kind", [
  /** Once, first. Each inner array is one thread's cameras. */
  z.object({ kind: z.literal("configure"), threads: z.array(z.array(CameraJob)) }),
  /** Look at the next picture; `at` comes back with what was seen. */
  z.object({ kind: z.literal("look"), camera: z.string(), at: instant }),
  /** A picture that somebody sent for a camera of kind `pushed`: a JPEG or PNG as base64. */
  z.object({ kind: z.literal("picture"), camera: z.string(), base64: z.string() }),
  /**
   * Look at one picture for a person: the camera's next, or the file named. It is written to `examined.jpg` in
   * the camera's folder, and everything about it is told; the camera's own course is not touched.
   */
  z.object({
    kind: z.literal("examine"),
    id: z.string(),
    camera: z.string(),
    picture: z.string().optional(),
  }),
  /**
   * Learn what the camera needs from a picture of the empty lot, or from its next pictures as they come, and
   * keep it in `calibration.json`; a picture that does not fit is refused and nothing changes.
   */
  z.object({
    kind: z.literal("calibrate"),
    id: z.string(),
    camera: z.string(),
    by: z.discriminatedUnion("kind", [
      z.object({ kind: z.literal("empty"), picture: z.string() }),
      z.object({ kind: z.literal("first-frames"), frames: z.number().int().positive() }),
    ]),
  }),
  /** View or calibration have changed: read them again. */
  z.object({ kind: z.literal("reload"), camera: z.string() }),
  z.object({ kind: z.literal("ping") }),
]);
export type ToChild = z.infer<typeof ToChild>;

const faultCode = z
  .string()
  .refine((code): code is FaultCode => Object.hasOwn(faultTable, code), "no such fault");

const refused = z.object({
  kind: z.literal("refused"),
  reason: z.enum(refusals),
  detail: z.string(),
});

/** The camera cannot work until someone changes its files. */
const unusable = z.object({ kind: z.literal("unusable"), code: faultCode, detail: z.string() });

const words = z
  .array(z.object({ bay: z.string(), occupied: z.boolean(), confidence: z.number().min(0).max(1) }))
  .max(1000);

const box = z.object({ left: z.number(), top: z.number(), right: z.number(), bottom: z.number() });
const share = z.number().min(0).max(1);

const vehicle = z.object({
  vehicle: z.enum(vehicleClasses),
  score: share,
  box,
  /** Within this run of the process. */
  track: z.number().int().optional(),
  bay: z.string().optional(),
});

const flowMark = z.object({
  kind: z.enum(["entry", "exit", "line-crossed", "space-change"]),
  track: z.number().int(),
  vehicle: z.enum(vehicleClasses),
  score: share,
  position: z.tuple([z.number(), z.number()]),
  mark: z.string().optional(),
  direction: z.enum(["forward", "reverse"]).optional(),
  bay: z.string().optional(),
  fromBay: z.string().optional(),
});

/** A plate that the frames of one passing vehicle agree on. */
const plate = z.object({
  /** Of this camera, for good; also the name of its crop. */
  id: z.string().max(40),
  /** As read; "" of a vehicle whose plate nobody could read. */
  text: z.string().max(16),
  /** Where the way plates are written says that look-alikes were mistaken. */
  corrected: z.string().max(16).optional(),
  country: z.string().length(2).optional(),
  confidence: share,
  characterConfidences: z.array(share).max(16),
  candidates: z.array(z.object({ text: z.string().max(16), confidence: share })).max(8),
  vehicle: z.enum(vehicleClasses),
  direction: z.enum(["forward", "reverse", "unknown"]),
  box,
  /** The best crop, a JPEG in `crops` below the camera's folder. */
  crop: z.string().optional(),
});
export type SeenPlate = z.infer<typeof plate>;

const seen = {
  words,
  size: z.object({ width: z.number().int(), height: z.number().int() }),
  vehicles: z.array(vehicle).max(1000),
};

/** How the camera's pictures are, apart from what they show. */
const condition = z.object({
  light: z.enum(["day", "night"]),
  /** Mean level, 0–255. */
  brightness: z.number().min(0).max(255),
  /** Of the sharpness that the camera has when all is well, once that is known; above 1 it is sharper. */
  sharpnessShare: z.number().min(0).optional(),
});

/** What became of one look. Never pixels. */
const Looked = z.object({
  kind: z.literal("looked"),
  camera: z.string(),
  at: instant,
  /** From the order to look until the words were known, queueing left out. */
  tookMs: z.number().min(0),
  /** Of the last picture that could be decoded. */
  condition: condition.optional(),
  outcome: z.discriminatedUnion("kind", [
    z.object({
      kind: z.enum(["seen", "unchanged"]),
      ...seen,
      flow: z.array(flowMark).max(1000),
      plates: z.array(plate).max(100),
    }),
    refused,
    unusable,
  ]),
});
export type Looked = z.infer<typeof Looked>;

/** Everything about one picture, for a person who draws spaces or doubts the camera. */
const Examined = z.object({
  kind: z.literal("examined"),
  id: z.string(),
  camera: z.string(),
  outcome: z.discriminatedUnion("kind", [
    z.object({
      kind: z.literal("seen"),
      /** The picture as a JPEG. */
      picture: z.string(),
      ...seen,
      /** What each judge said of each space: the detector's best score, the classifier's share of "occupied". */
      judges: z
        .array(
          z.object({
            bay: z.string(),
            detector: share.optional(),
            classifier: share.optional(),
          }),
        )
        .max(1000),
      /** Milliseconds by stage. */
      stages: z.record(z.string(), z.number().min(0)),
    }),
    refused,
    unusable,
  ]),
});
export type Examined = z.infer<typeof Examined>;

const Calibrated = z.object({
  kind: z.literal("calibrated"),
  id: z.string(),
  camera: z.string(),
  outcome: z.discriminatedUnion("kind", [
    /** In words for the technician: who decides from now on, and why. */
    z.object({ kind: z.literal("calibrated"), report: z.array(z.string()).max(100) }),
    refused,
    unusable,
  ]),
});
export type Calibrated = z.infer<typeof Calibrated>;

const Replaced = z.object({ kind: z.literal("replaced"), camera: z.string() });

/** From a thread to its process. */
export const FromThread = z.discriminatedUnion("kind", [
  Looked,
  Examined,
  Calibrated,
  /** A look that waited was replaced by a younger one: the camera is too slow for its pace. */
  Replaced,
  /** `busyMs`: for how long the present look has been going on. */
  z.object({ kind: z.literal("pong"), busyMs: z.number().min(0) }),
]);
export type FromThread = z.infer<typeof FromThread>;

/** From the vision child to the daemon. */
export const FromChild = z.discriminatedUnion("kind", [
  Looked,
  Examined,
  Calibrated,
  Replaced,
  z.object({ kind: z.literal("ready") }),
  z.object({ kind: z.literal("pong"), residentBytes: z.number() }),
]);
export type FromChild = z.infer<typeof FromChild>;
