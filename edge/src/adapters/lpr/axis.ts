import type { Instant } from "@gatehouse/shared/time";
import { z } from "zod";
import { evidenceOf, jpegIn } from "./evidence.ts";
import { documentNamed, fitted, looseNumber, plateText, readJson, someId } from "./json-body.ts";
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

const Event = z.object({
  capture_timestamp: looseNumber,
  plateUTF8: plateText.nullish(),
  plateUnicode: plateText.nullish(),
  plateASCII: plateText.nullish(),
  plateText: plateText.nullish(),
  plateCountry: z.string().max(20).nullish(),
  plateConfidence: looseNumber,
  carState: z.string().max(20).nullish(),
  carID: someId,
  carMoveDirection: z.string().max(20).nullish(),
  imageType: z.string().max(20).nullish(),
  camera_info: z.object({ SerialNumber: z.string().max(100).nullish() }).nullish(),
});
type Event = z.infer<typeof Event>;

/** The camera counts its cars anew after each start: so long the same number is the same car. */
const sameCarMs = 10 * 60_000;
const carsMax = 200;

/**
 * Axis License Plate Verifier: multipart with the parts `event` and `image`, or the bare JSON. All numbers are texts.
 * It tells of a car when it comes, changes and is lost: the first telling counts, the others are the same read.
 */
export function axis(site: ReaderSite): PushFormat {
  const cars = new Map<string, { readonly readId: string; readonly at: number }>();
  const readIdOf = (event: Event, at: Instant): string => {
    const car = `${event.camera_info?.SerialNumber ?? ""}/${event.carID}`;
    const known = cars.get(car);
    if (known !== undefined && Math.abs(at - known.at) < sameCarMs) return known.readId;
    const readId = madeReadId(site.readerId, car, String(at));
    cars.delete(car);
    cars.set(car, { readId, at });
    for (const oldest of cars.keys()) {
      if (cars.size <= carsMax) break;
      cars.delete(oldest);
    }
    return readId;
  };
  return {
    make: "Axis License Plate Verifier",
    read: (body: PushedBody): PushContent => {
      const event = fitted(Event, readJson(documentNamed("event", body), "event"), "event");
      const at = momentOf(event);
      return { kind: "sightings", sightings: [sightingOf(event, at, readIdOf(event, at), body)] };
    },
  };
}

function momentOf({ capture_timestamp: told }: Event): Instant {
  if (told !== undefined && told > 0 && told < 1e14) return Math.floor(told) as Instant;
  throw new BadPush("event.capture_timestamp", "is no number of milliseconds since 1970");
}

/** `plateText` may hold each byte of UTF-8 as a character of its own, so it comes last. */
function sightingOf(event: Event, at: Instant, readId: string, body: PushedBody): Sighting {
  const { plateUTF8, plateUnicode, plateASCII, plateText: text, plateCountry } = event;
  return {
    readId,
    rawPlate: plateUTF8 || plateUnicode || plateASCII || text || "",
    confidence: share(event.plateConfidence ?? 0),
    candidates: [],
    ...(plateCountry ? { country: plateCountry } : {}),
    vehicleClass: "unknown",
    direction: directions.get(event.carMoveDirection ?? "") ?? "unknown",
    at,
    retransmission: false,
    pictures: evidenceOf([[event.imageType === "plate" ? "plate" : "overview", imageIn(body)]]),
  };
}

const directions: ReadonlyMap<string, Sighting["direction"]> = new Map([
  ["in", "forward"],
  ["out", "reverse"],
]);

function imageIn({ contentType, bytes }: PushedBody): Buffer | undefined {
  if (!isMultipart(contentType)) return undefined;
  const image = readMultipart(bytes, contentType).find(({ name }) => name === "image");
  return image === undefined ? undefined : jpegIn(image.body);
}
