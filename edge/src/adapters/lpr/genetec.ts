import { z } from "zod";
import { evidenceOf, jpegInBase64 } from "./evidence.ts";
import { fitted, largestWithPictures, looseNumber, plateText, readJson } from "./json-body.ts";
import { instantOfWall } from "./local-time.ts";
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

const Read = z.object({
  CameraName: z.string().max(200).nullish(),
  Plate: plateText,
  State: z.string().max(20).nullish(),
  ConfidenceScore: looseNumber,
  ContextImage: z.string().nullish(),
  PlateImage: z.string().nullish(),
  DateUtc: z.string().max(40),
  TimeUtc: z.string().max(40),
  Attributes: z
    .object({
      "Confidence Score": looseNumber,
      "Vehicle Type": z.string().nullish(),
      "Vehicle Color": z.string().nullish().catch(undefined),
      "Relative Motion": z.string().nullish(),
    })
    .nullish(),
});

/** Genetec AutoVu's HTTP export: JSON with pictures inside, times in UTC to the second, no id. */
export const genetec = ({ readerId }: ReaderSite): PushFormat => ({
  make: "Genetec AutoVu HTTP",
  read: ({ bytes }: PushedBody): PushContent => {
    const read = fitted(Read, readJson(bytes, "json", largestWithPictures), "json");
    return { kind: "sightings", sightings: [sightingOf(read, readerId)] };
  },
});

function sightingOf(read: z.infer<typeof Read>, readerId: string): Sighting {
  const { CameraName, Plate, State, DateUtc, TimeUtc, Attributes: more } = read;
  const at = instantOfWall(`${isoDate(DateUtc)} ${TimeUtc}`, "UTC");
  if (at === undefined) throw new BadPush("DateUtc", "and TimeUtc are no 20/11/2026 and 13:22:33");
  return {
    readId: madeReadId(readerId, CameraName ?? "", DateUtc, TimeUtc, Plate),
    rawPlate: Plate,
    confidence: share((read.ConfidenceScore ?? more?.["Confidence Score"] ?? 0) / 100),
    candidates: [],
    ...(State ? { country: State } : {}),
    vehicleClass: vehicleClassOf(more?.["Vehicle Type"]),
    ...colourOf(more?.["Vehicle Color"]),
    direction: directionOf(more?.["Relative Motion"] ?? ""),
    at,
    retransmission: false,
    pictures: evidenceOf([
      ["plate", jpegInBase64(read.PlateImage)],
      ["overview", jpegInBase64(read.ContextImage)],
    ]),
  };
}

/** `dd/mm/yyyy`; other texts stay as they are. */
const isoDate = (date: string): string =>
  date.trim().replace(/^(\d\d)\/(\d\d)\/(\d{4})$/, "$3-$2-$1");

const directionOf = (motion: string): Sighting["direction"] =>
  /away/i.test(motion) ? "reverse" : /clos|toward|approach/i.test(motion) ? "forward" : "unknown";
