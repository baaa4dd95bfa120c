import { z } from "zod";
import { SessionView } from "./plates.ts";

/** What a vehicle's place is known by: a person's word, a plate read of a camera that looks there, a space given to it. */
export const placeWitnesses = ["person", "camera", "assignment"] as const;
export type PlaceWitness = (typeof placeWitnesses)[number];

/** Why a vehicle is known to stand in a space no longer; of `corrected` and `taken-back` it never stood there. */
export const placeEnds = [
  "moved",
  "space-free",
  "another-vehicle",
  "gone",
  "session-ended",
  "corrected",
  "taken-back",
] as const;
export type PlaceEnd = (typeof placeEnds)[number];

const requestId = z.string().min(8).max(64);
const note = z.string().trim().max(200).optional();

/**
 * `POST /api/spaces/{space_id}/vehicle`: whose vehicle stands there; the same `request_id` twice is one word. A plate
 * must be that of a vehicle that is inside.
 */
export const SpaceVehicleRequest = z.union([
  z.object({ request_id: requestId, session_id: z.string().min(1).max(64), note }),
  z.object({ request_id: requestId, plate: z.string().trim().min(1).max(20), note }),
]);
export type SpaceVehicleRequest = z.infer<typeof SpaceVehicleRequest>;

/** `POST /api/spaces/{space_id}/vehicle/end`. `gone`: it has left the space; `taken-back`: it never stood there. */
export const SpaceEndRequest = z.object({
  request_id: requestId,
  as: z.enum(["gone", "taken-back"]),
  note,
});
export type SpaceEndRequest = z.infer<typeof SpaceEndRequest>;

export const SpaceVehicleAnswer = z.object({
  space_id: z.string(),
  session_id: z.string(),
  sentence: z.string(),
});
export type SpaceVehicleAnswer = z.infer<typeof SpaceVehicleAnswer>;

/** `GET /api/spaces/{space_id}/vehicle` */
export const SpaceVehicleData = z.object({
  space_id: z.string(),
  /** Who stands there, as far as anybody knows, since when, and who or what said so. */
  vehicle: z
    .object({
      session: SessionView,
      from: z.iso.datetime(),
      said_at: z.iso.datetime(),
      witness: z.enum(placeWitnesses),
      /** The person, the camera. */
      by: z.string(),
    })
    .nullable(),
});
export type SpaceVehicleData = z.infer<typeof SpaceVehicleData>;

/** What the control socket is asked about spaces. */
const ofSpace = { space_id: z.string().min(1).max(64), actor: z.string().min(1).max(64) };
export const spaceRequests = [
  z.object({ verb: z.literal("space-show"), space_id: ofSpace.space_id }),
  z.object({
    verb: z.literal("space-vehicle"),
    ...ofSpace,
    request_id: requestId,
    plate: z.string().min(1).max(20),
    note,
  }),
  z.object({ verb: z.literal("space-end"), ...ofSpace, ...SpaceEndRequest.shape }),
] as const;
