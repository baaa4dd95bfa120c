import { instantOf } from "@gatehouse/shared/time";
import { z } from "zod";
import { type EvidencePicture, evidenceOf, jpegIn } from "./evidence.ts";
import { documentNamed, fitted, plateText, readJson } from "./json-body.ts";
import { isMultipart, readMultipart } from "./multipart.ts";
import {
  BadPush,
  type PushContent,
  type PushedBody,
  type PushFormat,
  type ReaderSite,
  share,
  type Sighting,
} from "./push-format.ts";
import { madeReadId } from "./read-id.ts";
import { colourOf, vehicleClassOf } from "./vehicle-words.ts";

const resultsMax = 32;
const candidatesMax = 20;

const score = z.number().nullish();

/** With `detection_mode: vehicle` the plate is an object, and absent on a vehicle without one. */
const PlateObject = z.object({
  score,
  props: z
    .object({
      plate: z.array(z.object({ value: plateText, score })).default([]),
      region: z.array(z.object({ value: z.string().max(20), score })).default([]),
    })
    .nullish(),
});

const Result = z.object({
  plate: z.union([plateText, PlateObject]).nullish(),
  score,
  region: z.object({ code: z.string().max(20).nullish() }).nullish(),
  candidates: z.array(z.object({ plate: plateText, score })).nullish(),
  vehicle: z.object({ type: z.string().nullish() }).nullish(),
  color: z
    .array(z.object({ color: z.string(), score }))
    .nullish()
    .catch(undefined),
});

const Push = z.object({
  hook: z.object({ event: z.string().nullish() }).nullish(),
  data: z.object({
    camera_id: z.string().max(200),
    timestamp: z.string().max(64),
    results: z.array(Result).max(resultsMax),
  }),
});

/** Heartbeats and other events are no recognition; they need not have its data. */
const AnyPush = z.object({ hook: z.object({ event: z.string() }) });

/**
 * Plate Recognizer Stream's webhook: multipart with the field `json` and pictures, or the bare JSON. Its `direction` is
 * an angle in the picture, which says nothing without the camera's mounting, so the direction stays unknown.
 */
export const plateRecognizer = ({ readerId }: ReaderSite): PushFormat => ({
  make: "Plate Recognizer webhook",
  read: (body: PushedBody): PushContent => {
    const value = readJson(documentNamed("json", body), "json");
    const hooked = AnyPush.safeParse(value);
    if (hooked.success && hooked.data.hook.event !== "recognition") {
      return { kind: "other", event: hooked.data.hook.event.slice(0, 40) };
    }
    const { data } = fitted(Push, value, "json");
    const pictures = picturesIn(body);
    const sightings = data.results.map((result, index) => ({
      ...sightingOf(data, result, index, readerId),
      // The pictures show one vehicle: that of the first result.
      ...(index === 0 ? { pictures } : {}),
    }));
    return { kind: "sightings", sightings };
  },
});

function picturesIn({ contentType, bytes }: PushedBody): EvidencePicture[] {
  const parts = isMultipart(contentType) ? readMultipart(bytes, contentType) : [];
  const named = (name: string): Buffer | undefined => {
    const part = parts.find((each) => each.name === name);
    return part === undefined ? undefined : jpegIn(part.body);
  };
  return evidenceOf([
    ["plate", named("plate_img")],
    ["vehicle", named("upload")],
  ]);
}

type Data = z.infer<typeof Push>["data"];
type Result = z.infer<typeof Result>;

function sightingOf(
  { camera_id, timestamp }: Data,
  result: Result,
  index: number,
  readerId: string,
): Sighting {
  const at = instantOf(timestamp);
  if (at === undefined) throw new BadPush("data.timestamp", "is no time with an offset or Z");
  const { plate, confidence, candidates, region } = readingOf(result);
  return {
    readId: madeReadId(readerId, camera_id, timestamp, String(index), plate),
    rawPlate: plate,
    confidence,
    candidates: candidates.slice(0, candidatesMax),
    ...(region !== undefined && { country: region }),
    vehicleClass: vehicleClassOf(result.vehicle?.type),
    ...colourOf(likeliest(result.color ?? [])?.color),
    direction: "unknown",
    at,
    retransmission: false,
  };
}

const likeliest = <Guess extends { readonly score?: number | null | undefined }>(
  guesses: readonly Guess[],
): Guess | undefined => guesses.toSorted((a, b) => (b.score ?? 0) - (a.score ?? 0))[0];

/** Both shapes of a result as one; a reading without a score counts nothing. */
function readingOf({ plate, score: whole, candidates, region }: Result) {
  if (typeof plate !== "object" || plate === null) {
    return {
      plate: plate ?? "",
      confidence: share(whole ?? 0),
      candidates: (candidates ?? []).map((each) => ({
        plate: each.plate,
        confidence: share(each.score ?? 0),
      })),
      region: countryOf(region?.code),
    };
  }
  const readings = (plate.props?.plate ?? []).map(({ value, score: each }) => ({
    plate: value,
    confidence: share(each ?? 0),
  }));
  return {
    plate: readings[0]?.plate ?? "",
    confidence: readings[0]?.confidence ?? 0,
    candidates: readings,
    region: countryOf(plate.props?.region[0]?.value),
  };
}

/** `us-ca` is a region of `us`. */
const countryOf = (region: string | null | undefined): string | undefined =>
  region?.split("-")[0] || undefined;
