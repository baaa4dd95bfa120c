import { complaintsOf } from "@gatehouse/shared/contracts/problem";
import { instantOf } from "@gatehouse/shared/time";
import type { VehicleClass } from "@gatehouse/shared/vehicle";
import { z } from "zod";
import { isMultipart, readMultipart } from "./multipart.ts";
import {
  BadPush,
  decodeText,
  longestPlate,
  type PushContent,
  type PushedBody,
  type PushFormat,
  share,
  type Sighting,
} from "./push-format.ts";
import { madeReadId } from "./read-id.ts";

const resultsMax = 32;
const candidatesMax = 20;

const plateText = z.string().max(longestPlate);
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
 * Plate Recognizer Stream's webhook: multipart with the field `json` and pictures, or the bare JSON.
 * The pictures are not kept. Its `direction` is an angle in the picture, which says nothing without the
 * camera's mounting, so the direction stays unknown.
 */
export const plateRecognizer: PushFormat = {
  make: "Plate Recognizer webhook",
  read(body: PushedBody, readerId: string): PushContent {
    const value = readJson(documentOf(body));
    const hooked = AnyPush.safeParse(value);
    if (hooked.success && hooked.data.hook.event !== "recognition") {
      return { kind: "other", event: hooked.data.hook.event.slice(0, 40) };
    }
    const push = Push.safeParse(value);
    if (!push.success) {
      const [first, ...more] = complaintsOf(push.error);
      throw new BadPush(first?.path ?? "json", first?.message ?? "is not understood", more);
    }
    const { data } = push.data;
    const sightings = data.results.map((result, index) =>
      sightingOf(data, result, index, readerId),
    );
    return { kind: "sightings", sightings };
  },
};

function documentOf({ contentType, bytes }: PushedBody): Buffer {
  if (!isMultipart(contentType)) return bytes;
  const document = readMultipart(bytes, contentType).find(({ name }) => name === "json");
  if (document !== undefined) return document.body;
  throw new BadPush("body", "no part named json");
}

function readJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(decodeText(bytes, "json"));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new BadPush("json", "is not JSON");
  }
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
    vehicleClass: vehicleTypes.get((result.vehicle?.type ?? "").toLowerCase()) ?? "unknown",
    direction: "unknown",
    at,
    retransmission: false,
  };
}

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

const vehicleTypes: ReadonlyMap<string, VehicleClass> = new Map<string, VehicleClass>([
  ["sedan", "car"],
  ["suv", "car"],
  ["pickup truck", "car"],
  ["van", "van"],
  ["big truck", "truck"],
  ["bus", "bus"],
  ["motorcycle", "motorcycle"],
]);
