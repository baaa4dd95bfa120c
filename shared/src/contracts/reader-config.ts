import { z } from "zod";
import { identifier } from "./topics.ts";

const address = z.url({
  protocol: /^https?$/,
  error: "write the camera's address, for example http://10.0.0.21",
});

/** A camera that can hold a list of plates and opens for them by itself when nobody else does. */
const Mirror = z.strictObject({
  kind: z.enum(["dahua", "hikvision"]),
  url: address,
  channel: z.number().int().min(1).default(1),
});

const everyReader = {
  id: identifier,
  /** `any`: a camera that looks at the vehicles' rear tells of all of them that they drive away. */
  direction: z.enum(["checked", "any"]).default("checked"),
  /** Where the plates of permits and of the allow list are kept too. */
  mirror: Mirror.optional(),
};

const pull = { ...everyReader, url: address, channel: z.number().int().min(1).default(1) };

/** What reads the plates of a lane. User and password stand in `secrets.json`, under `cameras` and the reader's id. */
export const ReaderConfig = z.discriminatedUnion(
  "format",
  [
    z.strictObject({
      ...everyReader,
      format: z.enum(["hikvision", "platerecognizer", "axis", "rekor", "genetec", "verkada"]),
    }),
    z.strictObject({
      ...everyReader,
      format: z.literal("dahua"),
      /** The camera's own address, where it can send no token: then it must come from there. */
      from: z.union([z.ipv4(), z.ipv6()]).optional(),
      /** The first part of the path on which it pushes, where several cameras share an address. */
      path: z.string().default("NotificationInfo"),
    }),
    z.strictObject({
      ...everyReader,
      /** A controller that asks "may this vehicle pass?" and waits for the answer. */
      format: z.literal("gate-query"),
      /** Who raises the barrier after a yes: we, or the controller that has asked. */
      opens: z.enum(["gatehouse", "controller"]).default("gatehouse"),
    }),
    z.strictObject({
      ...pull,
      format: z.enum(["hikvision-pull", "lilin"]),
      every_s: z.number().min(0.2).max(60).default(1),
    }),
    z.strictObject({
      ...pull,
      format: z.literal("dahua-events"),
      /** `snap`: events with pictures (snapManager); `event`: without, for models that lack it (eventManager). */
      stream: z.enum(["snap", "event"]).default("snap"),
      /** Some firmwares count `UTC` from local midnight. */
      clock: z.enum(["utc", "local"]).default("utc"),
    }),
    z.strictObject({
      ...everyReader,
      format: z.literal("frigate"),
      /** Client id of Frigate on our broker. */
      client: identifier.default("frigate"),
      /** Frigate's name of the camera. */
      camera: z.string().min(1).max(64),
      /** Frigate's zones that are this lane; left out: the whole picture. */
      zones: z.array(z.string().min(1).max(64)).default([]),
    }),
  ],
  {
    error:
      "write format: hikvision, dahua, platerecognizer, axis, rekor, genetec, verkada, gate-query, " +
      "hikvision-pull, lilin, dahua-events or frigate",
  },
);
export type ReaderConfig = z.infer<typeof ReaderConfig>;
/** What a reader's `format` may be. */
export type ReaderFormat = ReaderConfig["format"];
