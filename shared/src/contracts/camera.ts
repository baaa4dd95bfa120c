import { z } from "zod";
import { identifier } from "./topics.ts";

/** How often the next picture is looked at. */
const every_s = z.number().positive().default(2);
const webUrl = z.url({
  protocol: /^https?$/,
  error: "write a URL, for example http://10.0.0.7/snapshot.jpg",
});

/** Where a camera's pictures come from. User name and password stand in `secrets.json` under the camera's id. */
export const CameraSource = z.discriminatedUnion(
  "kind",
  [
    /** JPEG and PNG files, shown in the order of their names, again and again. */
    z.strictObject({ kind: z.literal("folder"), path: z.string(), every_s }),
    /** A video file, shown again and again; needs ffmpeg. */
    z.strictObject({ kind: z.literal("video"), path: z.string(), every_s }),
    /** One JPEG a GET. */
    z.strictObject({ kind: z.literal("snapshot"), url: webUrl, every_s }),
    /** `multipart/x-mixed-replace`; the newest picture counts. */
    z.strictObject({ kind: z.literal("mjpeg"), url: webUrl, every_s }),
    /** RTSP through ffmpeg; the newest picture counts. */
    z.strictObject({
      kind: z.literal("rtsp"),
      url: z.url({
        protocol: /^rtsps?$/,
        error: "write a URL, for example rtsp://10.0.0.7/stream1",
      }),
      transport: z.enum(["tcp", "udp"]).default("tcp"),
      every_s,
    }),
    /**
     * Pictures that someone sends: `frame_base64` of the tracking message, over MQTT (`cameras/<id>/frame`)
     * or HTTP (`POST /api/process-tracking-data`). With `every_s` at most so many are looked at.
     */
    z.strictObject({ kind: z.literal("pushed"), every_s }),
  ],
  { error: "write kind: folder, video, snapshot, mjpeg, rtsp or pushed" },
);

/** What looks at a camera's pictures where its configuration names nothing else: both come with the program. */
export const shippedModels = {
  detector: "gatehouse-vehicles",
  classifier: "occupancy-patch",
} as const;

/** A camera that the daemon looks through: at spaces, at the traffic, or at the plates of a lane. */
export const CameraConfig = z.strictObject({
  id: identifier,
  source: CameraSource,
  /**
   * A detector by its name in the model registry (`gatehouse models list`), or an ONNX file of one of the
   * families it can read.
   */
  detector: z.string().default(shippedModels.detector),
  /** The classifier that looks at each space alone, by its name or as a file. */
  classifier: z.string().default(shippedModels.classifier),
  /** Who decides about a space. `auto`: calibration finds out; without one, both. */
  decided_by: z.enum(["auto", "detector", "classifier", "both"]).default("auto"),
  confidence_min: z.number().min(0).max(1).optional(),
  /**
   * Where the spaces are in the picture: a file of the contract `CameraView`. Left out: the view drawn on the
   * setup page, which is kept in the data folder and comes before this file.
   */
  bays: z.string().optional(),
  /** Camera bay id → space number; a bay that is not named has the same name as its space. */
  space_of_bay: z.record(z.string(), z.string()).default({}),
  /** Whether vehicles are followed from picture to picture. */
  tracking: z.boolean().default(true),
  /** The lane whose plates this camera reads; then spaces may be left out. */
  lane: identifier.optional(),
  /** The one space at which this camera looks: whose plate it reads there stands there. */
  plate_space: z.string().min(1).optional(),
  /** Finds plates, by its name or as a file; left out: what is installed, ours otherwise. */
  plate_detector: z.string().optional(),
  /** Reads plates, by its name or as a file; left out: what is installed, the one that ships otherwise. */
  plate_reader: z.string().optional(),
  /**
   * The countries most cars come from (ISO 3166, for example AT): look-alikes such as O and 0 are put right as
   * plates are written there. Left out: plates stand as they were read.
   */
  plate_countries: z
    .array(z.string().regex(/^[A-Z]{2}$/, "use two capital letters, for example AT"))
    .default([]),
  /** A vehicle that stands in the lane for so long without a readable plate is told to the attendant. */
  ask_after_s: z.number().positive().default(8),
});
export type CameraConfig = z.infer<typeof CameraConfig>;
