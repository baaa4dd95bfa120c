import { z } from "zod";
import { identifier } from "./topics.ts";

/** Which way the arrow of a display points, as a driver sees it. */
export const arrows = ["left", "right", "ahead", "back"] as const;

const place = {
  id: identifier,
  /** It shows how many spaces of this zone are free. */
  zone: identifier.optional(),
  /** It stands at this lane and shows what the lane says. Neither zone nor lane: the free count of the whole facility. */
  lane: identifier.optional(),
  /** What stands above the number on a page; the zone's or the facility's name when left out. */
  title: z.string().min(1).max(40).optional(),
  arrow: z.enum(arrows, { error: `write ${arrows.join(", ")}` }).optional(),
};

const text = {
  ...place,
  /** File name in edge/profiles/signs, or in the data folder's profiles/signs, without `.json`. */
  profile: z.string(),
};

/** One display. A lane's `sign` may name it; a name that stands nowhere here is a plain MQTT display. */
export const SignConfig = z.discriminatedUnion(
  "kind",
  [
    z.strictObject({ kind: z.literal("mqtt"), ...place }),
    /** A browser that shows /sign/ID. */
    z.strictObject({ kind: z.literal("browser"), ...place }),
    z.strictObject({
      kind: z.literal("serial"),
      ...text,
      path: z.string(),
      baud: z.number().int().positive().default(9600),
    }),
    z.strictObject({
      kind: z.literal("tcp"),
      ...text,
      host: z.string(),
      port: z.number().int().min(1).max(65_535),
    }),
  ],
  { error: "write kind: mqtt, browser, serial or tcp" },
);
export type SignConfig = z.infer<typeof SignConfig>;

/** What a browser sign shows now: `GET /sign/:id/state`, and each message of its live socket. */
export const SignView = z.object({
  sign_id: z.string(),
  title: z.string(),
  arrow: z.enum(arrows).nullable(),
  lines: z.array(z.string()),
  /** Free places; null where it is not a number that is shown. */
  free: z.number().int().nonnegative().nullable(),
  tone: z.enum(["neutral", "go", "stop", "attention"]),
  /** When this was said; null before anything was. */
  at: z.iso.datetime().nullable(),
});
export type SignView = z.infer<typeof SignView>;
