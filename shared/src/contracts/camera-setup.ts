import { z } from "zod";
import { vehicleClasses } from "../vehicle.ts";
import { CameraView } from "./camera-view.ts";

const share = z.number().min(0).max(1);
const moment = z.iso.datetime();

/** How a calibration stands: what came of the last one since the daemon started. */
export const CalibrationState = z.object({
  state: z.enum(["none", "running", "done", "refused", "failed"]),
  from: z.enum(["empty", "first-frames"]).nullable(),
  /** Who asked for it. */
  by: z.string().nullable(),
  at: moment.nullable(),
  /** In words: who decides about spaces from now on, and why; or why nothing was learnt. */
  report: z.array(z.string()),
});
export type CalibrationState = z.infer<typeof CalibrationState>;

/** Who saved the drawing, and when; unknown for one that came with the configuration. */
export const ViewSaved = z.object({ by: z.string(), at: moment });
export type ViewSaved = z.infer<typeof ViewSaved>;

/** One camera in the list of the setup page. */
export const CameraCard = z.object({
  camera_id: z.string(),
  state: z.enum(["online", "stale", "offline", "unknown"]),
  last_seen: moment.nullable(),
  detail: z.string().nullable(),
  /** What to do about its fault, at the camera. */
  hint: z.string().nullable(),
  lane_id: z.string().nullable(),
  /** Numbers of the facility's spaces that are drawn on its picture. */
  spaces: z.array(z.string()),
  /** Where the drawing comes from; `unusable`: there is a file, and it cannot be read. */
  drawing: z.enum(["saved", "configured", "none", "unusable"]),
  saved: ViewSaved.nullable(),
  /** Whether something learnt is kept for this camera. */
  is_calibrated: z.boolean(),
});
export type CameraCard = z.infer<typeof CameraCard>;

/** `GET /api/cameras` */
export const CamerasData = z.object({ now: moment, cameras: z.array(CameraCard) });
export type CamerasData = z.infer<typeof CamerasData>;

/**
 * `GET /api/cameras/{camera_id}/view`. The answer's ETag names this drawing; `PUT` to the same address with
 * `If-Match` replaces it, and is refused when somebody else has saved one meanwhile.
 */
export const ViewAnswer = z.object({
  tag: z.string(),
  /** Missing: nothing is drawn yet. */
  view: CameraView.optional(),
  saved: ViewSaved.nullable(),
  /** Why the file that holds the drawing cannot be read. */
  trouble: z.string().nullable(),
  /** Bay id as drawn → space number, where they differ. */
  space_of_bay: z.record(z.string(), z.string()),
});
export type ViewAnswer = z.infer<typeof ViewAnswer>;

/** The answer to a drawing that was saved. */
export const ViewKept = z.object({ tag: z.string(), saved: ViewSaved });
export type ViewKept = z.infer<typeof ViewKept>;

/** What each judge says of one space: 0–1 for occupied; missing where it was not asked. */
export const JudgedSpace = z.object({
  /** As drawn. */
  bay: z.string(),
  /** Its number in the facility. */
  space: z.string(),
  occupied: z.boolean(),
  confidence: share,
  detector: share.optional(),
  classifier: share.optional(),
});
export type JudgedSpace = z.infer<typeof JudgedSpace>;

export const ExaminedVehicle = z.object({
  vehicle_class: z.enum(vehicleClasses),
  confidence: share,
  /** Left, top, right, bottom in pixels of the picture. */
  box: z.tuple([z.number(), z.number(), z.number(), z.number()]),
  track_id: z.number().int().optional(),
  bay: z.string().optional(),
});
export type ExaminedVehicle = z.infer<typeof ExaminedVehicle>;

/** Surer than this a box is taken for a vehicle; one that fills a space is one however faint. */
const vehicleFrom = 0.3;

/** The detector tells whatever it thought of, however faint; a person wants the vehicles. */
export const isVehicle = ({ bay, confidence }: ExaminedVehicle): boolean =>
  bay !== undefined || confidence >= vehicleFrom;

/** `POST /api/cameras/{camera_id}/examine`: everything about one picture, which is fetched by its tag. */
export const Examination = z.object({
  camera_id: z.string(),
  at: moment,
  /** Names the picture: `GET /api/cameras/{camera_id}/picture?tag=…` */
  tag: z.string(),
  width: z.number().int().positive(),
  height: z.number().int().positive(),
  spaces: z.array(JudgedSpace),
  vehicles: z.array(ExaminedVehicle),
  /** Milliseconds by stage. */
  stages: z.record(z.string(), z.number()),
});
export type Examination = z.infer<typeof Examination>;

/** The longest a camera may learn from its pictures as they come. */
export const mostFirstFrames = 500;

/** `POST /api/cameras/{camera_id}/calibrate` with JSON; with a picture as its body: that one shows the empty lot. */
export const CalibrateRequest = z.discriminatedUnion("by", [
  /** The picture that was examined last shows the empty lot. */
  z.object({ by: z.literal("shown"), tag: z.string() }),
  z.object({
    by: z.literal("first-frames"),
    frames: z.number().int().min(1).max(mostFirstFrames),
  }),
]);
export type CalibrateRequest = z.infer<typeof CalibrateRequest>;
