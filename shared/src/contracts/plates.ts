import { z } from "zod";

const moment = z.iso.datetime();
const reason = z.string().trim().min(1, "say why").max(200);
/** As a person writes it: gaps and dashes go, small letters become capitals. */
const typedPlate = z.string().trim().min(1).max(20);
const requestId = z.string().min(8).max(64);

/** One read; its picture, where there is one, is at `GET /api/reads/{reader_id}/{read_id}/picture`. */
export const ReadView = z.object({
  reader_id: z.string(),
  read_id: z.string(),
  at: moment,
  /** As received; as the characters alone; as what it was taken for. */
  raw_plate: z.string(),
  read_plate: z.string(),
  corrected_plate: z.string(),
  /** 0–1. */
  confidence: z.number(),
});
export type ReadView = z.infer<typeof ReadView>;

/** A session as somebody sees it who looks for one. */
export const SessionView = z.object({
  session_id: z.string(),
  /** What its plate is taken for; null when nobody could read one. */
  plate: z.string().nullable(),
  raw_plate: z.string(),
  vehicle_class: z.string(),
  /** In the camera's word; null where none was told. */
  vehicle_colour: z.string().nullable(),
  status: z.string(),
  entry_at: moment,
  entry_lane_id: z.string(),
  has_permit: z.boolean(),
  paid_minor: z.number().int(),
  /** The read at its entry; null for one that came in without. */
  entry_read: ReadView.nullable(),
  /** Where it stands, and since when; missing: nobody knows. */
  place: z.object({ space_id: z.string(), from: moment }).optional(),
  /** The space that is kept for it; missing: none. */
  kept_space_id: z.string().optional(),
});
export type SessionView = z.infer<typeof SessionView>;

/** A plate that is written down at the facility, and for what. */
export const NamedPlate = z.object({
  plate: z.string(),
  kind: z.enum(["permit", "visitor", "reservation", "allow-list", "deny-list"]),
  /** Its holder, the visitor, or why it stands on the list; null where nobody said. */
  name: z.string().nullable(),
  /** How unlike the plates are: 0 the very same. */
  distance: z.number().nonnegative(),
});
export type NamedPlate = z.infer<typeof NamedPlate>;

/** `GET /api/lanes/{lane_id}/candidates`: whose vehicle may stand at a lane, likeliest first. */
export const CandidatesData = z.object({
  lane_id: z.string(),
  /** Which way the lane is used now. */
  direction: z.enum(["entry", "exit"]),
  /** Of the vehicle that stands there; null where none was read. */
  read: ReadView.extend({
    vehicle_class: z.string(),
    vehicle_colour: z.string().nullable(),
  }).nullable(),
  /** At an entry: whose right or listing it may be. Empty at an exit. */
  named: z.array(NamedPlate),
  /** Who is inside; at an entry only those under a plate like the one that was read. */
  candidates: z.array(
    SessionView.extend({
      /** How unlike the plates are: 0 the very same; null where none was read. */
      distance: z.number().nonnegative().nullable(),
      /** With everything else that speaks against it; what the order follows. */
      cost: z.number().nonnegative().nullable(),
      /** Whether the class of the vehicle fits. */
      class_fits: z.boolean(),
      /** Whether both cameras told the same colour, or one of them none. */
      colour_fits: z.boolean(),
    }),
  ),
});
export type CandidatesData = z.infer<typeof CandidatesData>;

/** Why none of them is it. */
export const noSessionReasons = ["lost-ticket", "not-among-them", "came-in-unseen"] as const;

/**
 * `POST /api/lanes/{lane_id}/choose`; the same `request_id` twice is one choice. At an exit: the session, or why there
 * is none. At an entry: what its plate truly is, which then decides as if it had been read so, or that it is turned
 * away.
 */
export const ChooseRequest = z.union([
  z.object({ request_id: requestId, session_id: z.string().min(1).max(64) }),
  z.object({ request_id: requestId, none: z.enum(noSessionReasons) }),
  z.object({ request_id: requestId, plate: typedPlate, reason }),
  z.object({ request_id: requestId, turn_away: reason }),
]);
export type ChooseRequest = z.infer<typeof ChooseRequest>;

export const ChooseAnswer = z.object({
  decision_id: z.string(),
  session_id: z.string().nullable(),
  sentence: z.string(),
});
export type ChooseAnswer = z.infer<typeof ChooseAnswer>;

/** `POST /api/sessions/{session_id}/plate` */
export const CorrectRequest = z.object({ plate: typedPlate, reason });
export type CorrectRequest = z.infer<typeof CorrectRequest>;

export const CorrectAnswer = z.object({
  session_id: z.string(),
  /** What it was taken for before. */
  from: z.string(),
  to: z.string(),
  sentence: z.string(),
});
export type CorrectAnswer = z.infer<typeof CorrectAnswer>;

/** `GET /api/sessions?plate=`: who is inside, by a part of the plate. */
export const SessionsData = z.object({
  plate: z.string(),
  sessions: z.array(SessionView),
  /** There are more than these. */
  has_more: z.boolean(),
});
export type SessionsData = z.infer<typeof SessionsData>;

/** `GET /api/reviews`: vehicles that came in under a plate that was inside already. */
export const ReviewsData = z.object({
  reviews: z.array(
    z.object({
      /** The alert that asks for it. */
      review_id: z.string(),
      kind: z.enum(["two-under-one-plate", "session-assumed-closed"]),
      at: moment,
      /** Who was inside first. */
      earlier: SessionView,
      later: SessionView,
    }),
  ),
});
export type ReviewsData = z.infer<typeof ReviewsData>;

/**
 * `POST /api/reviews/{review_id}`. `merge`: both are of one vehicle, which has been inside since the earlier entry;
 * `keep-both`: they are as they are.
 */
export const ReviewRequest = z.object({ action: z.enum(["merge", "keep-both"]) });
export type ReviewRequest = z.infer<typeof ReviewRequest>;

export const ReviewAnswer = z.object({ review_id: z.string(), sentence: z.string() });
export type ReviewAnswer = z.infer<typeof ReviewAnswer>;
