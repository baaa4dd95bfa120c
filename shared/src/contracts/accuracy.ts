import { z } from "zod";

const count = z.number().int().nonnegative();
const moment = z.iso.datetime();

/** So many spaces in one count; nobody walks past more. */
const mostSpaces = 2000;

const SeenSpace = z.object({
  space_id: z.string().min(1).max(64),
  /** What is true. */
  occupied: z.boolean(),
  /** When it was looked at, in the facility's time. */
  at: moment,
});

/**
 * `POST /api/spot-counts`: what a person found who walked past spaces; the same `count_id` twice is one count.
 */
export const SpotCountRequest = z.object({
  count_id: z.string().min(8).max(64),
  scope: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("zone"), id: z.string() }),
    z.object({ kind: z.literal("camera"), id: z.string() }),
  ]),
  found: z.discriminatedUnion("method", [
    /** Each space that was looked at. */
    z.object({ method: z.literal("each"), spaces: z.array(SeenSpace).min(1).max(mostSpaces) }),
    /** Only those that the system had wrong; all others of the scope are as it says. */
    z.object({ method: z.literal("wrong-ones"), spaces: z.array(SeenSpace).max(mostSpaces) }),
    /** Only how many of the scope's spaces are occupied. */
    z.object({ method: z.literal("total"), occupied: count }),
  ]),
});
export type SpotCountRequest = z.infer<typeof SpotCountRequest>;

export const SpotCountAnswer = z.object({
  count_id: z.string(),
  /** Spaces that could be judged, and how many of them were published wrong. */
  spaces: count,
  wrong: count,
  sentence: z.string(),
});
export type SpotCountAnswer = z.infer<typeof SpotCountAnswer>;

/** How right one source was: `zone_id` null is the whole facility. */
export const AccuracyScore = z.object({
  source: z.enum(["fused", "sensor", "camera"]),
  camera_id: z.string().nullable(),
  zone_id: z.string().nullable(),
  right: count,
  wrong: count,
  /** It said nothing of the space when it was looked at; not part of `accuracy`. */
  silent: count,
  /** right ÷ (right + wrong) with its 95 % interval (Wilson); null when nothing was judged. */
  accuracy: z.number().min(0).max(1).nullable(),
  low: z.number().min(0).max(1).nullable(),
  high: z.number().min(0).max(1).nullable(),
});
export type AccuracyScore = z.infer<typeof AccuracyScore>;

/** `GET /api/accuracy`, and `data` of the control socket's answer to `accuracy`. */
export const AccuracyData = z.object({
  now: moment,
  windows: z.array(z.object({ days: z.number(), scores: z.array(AccuracyScore) })),
  /** The counts of last, newest first. */
  counts: z.array(
    z.object({
      count_id: z.string(),
      at: moment,
      by: z.string(),
      method: z.enum(["each", "wrong-ones", "total"]),
      zone_id: z.string().nullable(),
      camera_id: z.string().nullable(),
      spaces: count,
      occupied: count,
      /** How many spaces were published as occupied; null where something was unknown. */
      said: count.nullable(),
      wrong: count,
    }),
  ),
  cameras: z.array(
    z.object({
      camera_id: z.string(),
      /** The spaces that it has spoken of. */
      space_ids: z.array(z.string()),
      /** Worse than is allowed, or than it was. */
      drift: z.enum(["below-limit", "below-past"]).nullable(),
    }),
  ),
});
export type AccuracyData = z.infer<typeof AccuracyData>;
