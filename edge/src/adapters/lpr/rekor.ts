import type { Instant } from "@gatehouse/shared/time";
import { z } from "zod";
import { evidenceOf, jpegInBase64 } from "./evidence.ts";
import { fitted, largestWithPictures, plateText, readJson } from "./json-body.ts";
import {
  longestReadId,
  type PushContent,
  type PushedBody,
  type PushFormat,
  share,
  type Sighting,
} from "./push-format.ts";
import { colourOf, vehicleClassOf } from "./vehicle-words.ts";

const candidatesMax = 20;
const moment = z.number().positive().max(1e14);
const confidence = z.number().nullish();
const guesses = z.array(z.object({ name: z.string(), confidence })).nullish();

const AnyPush = z.object({ data_type: z.string().max(40) });

const Group = z.object({
  epoch_start: moment,
  epoch_end: moment.nullish(),
  best_uuid: z.string().min(1).max(longestReadId),
  best_plate_number: plateText.nullish(),
  best_confidence: confidence,
  best_region: z.string().max(20).nullish(),
  best_plate: z
    .object({
      plate: plateText.nullish(),
      confidence,
      region: z.string().max(20).nullish(),
      candidates: z
        .array(z.object({ plate: plateText, confidence }))
        .max(500)
        .nullish(),
      plate_crop_jpeg: z.string().nullish(),
    })
    .nullish(),
  is_preview: z.boolean().nullish(),
  is_parked: z.boolean().nullish(),
  vehicle: z.object({ body_type: guesses, color: guesses.catch(undefined) }).nullish(),
  vehicle_crop_jpeg: z.string().nullish(),
});

const Heartbeat = z.object({
  video_streams: z
    .array(z.object({ camera_name: z.string().max(100).nullish(), fps: z.number().nullish() }))
    .max(100)
    .nullish(),
  processing_queue: z.number().nullish(),
  beanstalk_queue_size: z.number().nullish(),
  cpu_usage_percent: z.number().nullish(),
});

/**
 * Rekor Scout, formerly OpenALPR. A car is told as single results, previews and, when it has gone by, as one group:
 * only that counts. Its time is when the plate was seen last. A heartbeat each minute tells how the cameras are.
 */
export const rekor = (): PushFormat => ({
  make: "Rekor Scout (OpenALPR)",
  read: ({ bytes }: PushedBody): PushContent => {
    const value = readJson(bytes, "json", largestWithPictures);
    const { data_type: kind } = fitted(AnyPush, value, "json");
    if (kind === "heartbeat") return healthOf(fitted(Heartbeat, value, "json"));
    if (kind !== "alpr_group") return { kind: "other", event: kind };
    const group = fitted(Group, value, "json");
    if (group.is_preview === true) return { kind: "other", event: "alpr_group preview" };
    if (group.is_parked === true) return { kind: "other", event: "parked vehicle" };
    return { kind: "sightings", sightings: [sightingOf(group)] };
  },
});

function sightingOf(group: z.infer<typeof Group>): Sighting {
  const best = group.best_plate;
  const region = group.best_region || best?.region;
  return {
    readId: group.best_uuid,
    rawPlate: group.best_plate_number || best?.plate || "",
    confidence: share((group.best_confidence ?? best?.confidence ?? 0) / 100),
    candidates: (best?.candidates ?? []).slice(0, candidatesMax).map((each) => ({
      plate: each.plate,
      confidence: share((each.confidence ?? 0) / 100),
    })),
    ...(region ? { country: countryOf(region) } : {}),
    vehicleClass: vehicleClassOf(likeliest(group.vehicle?.body_type ?? [])),
    ...colourOf(likeliest(group.vehicle?.color ?? [])),
    direction: "unknown",
    at: Math.floor(group.epoch_end ?? group.epoch_start) as Instant,
    retransmission: false,
    pictures: evidenceOf([
      ["plate", jpegInBase64(best?.plate_crop_jpeg)],
      ["vehicle", jpegInBase64(group.vehicle_crop_jpeg)],
    ]),
  };
}

/** `us-ca` is a region of `us`, `eu-de` the country `de`. */
function countryOf(region: string): string {
  const [first = "", second] = region.split("-");
  return first === "eu" && second !== undefined ? second : first;
}

const likeliest = (
  guesses: readonly { name: string; confidence?: number | null | undefined }[],
): string | undefined =>
  guesses.toSorted((a, b) => (b.confidence ?? 0) - (a.confidence ?? 0))[0]?.name;

function healthOf(heartbeat: z.infer<typeof Heartbeat>): PushContent {
  const slow = (heartbeat.video_streams ?? []).filter(({ fps }) => (fps ?? 1) < 1);
  const queue = heartbeat.processing_queue ?? heartbeat.beanstalk_queue_size ?? 0;
  const says = [
    ...(slow.length > 0
      ? [`no pictures from ${slow.map((each) => each.camera_name ?? "a camera").join(", ")}`]
      : []),
    ...(queue > longQueue ? [`${queue} pictures wait to be looked at`] : []),
  ];
  return {
    kind: "other",
    event: "heartbeat",
    ...(says.length > 0 ? { detail: says.join("; ") } : {}),
  };
}

const longQueue = 100;
