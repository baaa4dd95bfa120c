import { instantOf, later, milliseconds, type Instant } from "@gatehouse/shared/time";
import type { VehicleClass } from "@gatehouse/shared/vehicle";
import { type EvidencePicture, evidenceOf, jpegIn } from "./evidence.ts";
import { type FormPart, isMultipart, readMultipart } from "./multipart.ts";
import {
  BadPush,
  decodeText,
  longestPlate,
  longestReadId,
  type PushContent,
  type PushedBody,
  type PushFormat,
  type ReaderSite,
  share,
  type Sighting,
} from "./push-format.ts";
import { madeReadId } from "./read-id.ts";
import { colourOf, vehicleClassOf } from "./vehicle-words.ts";
import { elementAt, readXml, textAt, type XmlElement } from "./xml-tree.ts";

/** Hikvision's ANPR push (ISAPI "HTTP listening"): multipart with an XML part and pictures, or the bare XML. */
export const hikvision = ({ readerId }: ReaderSite): PushFormat => ({
  make: "Hikvision ANPR push",
  read: (body: PushedBody): PushContent => {
    const parts = isMultipart(body.contentType)
      ? readMultipart(body.bytes, body.contentType)
      : undefined;
    const alert = readXml(decodeXml(parts === undefined ? body.bytes : documentOf(parts)), "xml");
    if (alert.name !== "EventNotificationAlert") {
      throw new BadPush("xml", "the document is no EventNotificationAlert");
    }
    const event = textAt(alert, "eventType") ?? (hasPlate(alert) ? "ANPR" : undefined);
    if (event === undefined) throw new BadPush("xml.eventType", "is missing");
    if (event.toUpperCase() !== "ANPR") return { kind: "other", event: event.slice(0, 40) };
    const pictures = picturesIn(parts ?? []);
    return { kind: "sightings", sightings: [{ ...sightingOf(alert, readerId), pictures }] };
  },
});

/** `anpr.xml` on most firmwares, `xml_file` on others; the name may stand as the part's or the file's. */
const documentNames = /^(anpr\.xml|xml_file|.*\.xml)$/i;

function documentOf(parts: readonly FormPart[]): Buffer {
  const document = parts.find(
    ({ name, fileName }) => documentNames.test(name) || documentNames.test(fileName ?? ""),
  );
  if (document !== undefined) return document.body;
  throw new BadPush("body", "no part named anpr.xml or xml_file");
}

/** By name: old firmwares call them `application/octet-stream`. */
function picturesIn(parts: readonly FormPart[]): EvidencePicture[] {
  const named = (name: RegExp): Buffer | undefined => {
    const part = parts.find((each) => name.test(each.name) || name.test(each.fileName ?? ""));
    return part === undefined ? undefined : jpegIn(part.body);
  };
  return evidenceOf([
    ["plate", named(/licensePlatePicture/i)],
    ["vehicle", named(/vehiclePicture/i)],
    ["overview", named(/detectionPicture/i)],
  ]);
}

/** Old firmwares for China declare GB2312; the declaration itself is always ASCII. */
function decodeXml(bytes: Buffer): string {
  const declared = /^\s*<\?xml[^>]*encoding=["']([\w-]+)["']/.exec(
    bytes.toString("latin1", 0, 200),
  );
  return decodeText(bytes, "xml", declared?.[1]);
}

/** Tags of the plate, from today's to those of old firmwares. */
const plateTags = ["licensePlate", "plateNumber", "plate"];

function plateOf(alert: XmlElement): string | undefined {
  const places = [elementAt(alert, "ANPR"), alert].filter((place) => place !== undefined);
  return places.flatMap((place) => plateTags.map((tag) => textAt(place, tag))).find(Boolean);
}

const hasPlate = (alert: XmlElement): boolean => plateOf(alert) !== undefined;

function sightingOf(alert: XmlElement, readerId: string): Sighting {
  const told = plateOf(alert) ?? "";
  if (told.length > longestPlate) {
    throw new BadPush("xml.ANPR.licensePlate", `is longer than ${longestPlate} characters`);
  }
  const rawPlate = /^unknown$/i.test(told) ? "" : told;
  const at = timeOf(alert);
  const uuid = textAt(alert, "UUID");
  if (uuid !== undefined && uuid.length > longestReadId) {
    throw new BadPush("xml.UUID", `is longer than ${longestReadId} characters`);
  }
  const characterConfidences = believed(textAt(alert, "ANPR", "plateCharBelieve"), rawPlate);
  const confidence = confidenceOf(alert, characterConfidences);
  const native = textAt(alert, "ANPR", "originalLicensePlate");
  const country = textAt(alert, "countryAbbreviation");
  return {
    readId: uuid ?? madeReadId(readerId, textAt(alert, "channelID") ?? "", String(at), rawPlate),
    rawPlate,
    confidence,
    ...(characterConfidences !== undefined && { characterConfidences }),
    candidates: isOther(native, rawPlate) ? [{ plate: native, confidence }] : [],
    ...(country !== undefined && !/^(NON|unknown)$/i.test(country) && { country }),
    vehicleClass: classOf(alert),
    ...colourOf(textAt(alert, "ANPR", "vehicleInfo", "color")),
    direction: directionOf(textAt(alert, "ANPR", "direction")),
    at,
    retransmission: textAt(alert, "isDataRetransmission") === "true",
  };
}

/** The plate in its own script, when the camera tells it beside a transcription. */
const isOther = (native: string | undefined, rawPlate: string): native is string =>
  native !== undefined &&
  rawPlate !== "" &&
  native !== rawPlate &&
  native.length <= longestPlate &&
  !/^unknown$/i.test(native);

/**
 * The event's time has whole seconds; where a picture of the same second tells its milliseconds, they are added.
 *
 * @throws BadPush when there is no time with an offset: it would name no moment
 */
function timeOf(alert: XmlElement): Instant {
  const told = textAt(alert, "dateTime");
  const at = told === undefined ? undefined : instantOf(told);
  if (told === undefined || at === undefined) {
    throw new BadPush(
      "xml.dateTime",
      "is no time with an offset: set the camera's time zone, for example 2026-11-20T14:22:33+01:00",
    );
  }
  const picture = textAt(alert, "ANPR", "pictureInfoList", "pictureInfo", "absTime") ?? "";
  const [, second, fraction] = /^(\d{14})(\d{3})$/.exec(picture) ?? [];
  const isWholeSecond = /T\d\d:\d\d:\d\d[Z+-]/.test(told);
  if (!isWholeSecond || second !== told.slice(0, 19).replaceAll(/\D/g, "")) return at;
  return later(at, milliseconds(Number(fraction)));
}

/** `99,99,61,…` as shares, when there is one for each character. */
function believed(list: string | undefined, rawPlate: string): number[] | undefined {
  const shares = (list ?? "").split(",").map((each) => Number(each) / 100);
  const fits = shares.length === Array.from(rawPlate).length && shares.every(Number.isFinite);
  return rawPlate !== "" && fits ? shares.map(share) : undefined;
}

/** A plate counts as little as its weakest character where the camera tells no whole; untold counts nothing. */
function confidenceOf(alert: XmlElement, characters: readonly number[] | undefined): number {
  const told = textAt(alert, "ANPR", "confidenceLevel");
  const level = told === undefined ? Number.NaN : Number(told) / 100;
  if (Number.isFinite(level)) return share(level);
  return characters === undefined ? 0 : Math.min(...characters);
}

const classOf = (alert: XmlElement): VehicleClass =>
  textAt(alert, "ANPR", "twoWheelVehicle") === "yes"
    ? "motorcycle"
    : vehicleClassOf(textAt(alert, "ANPR", "vehicleType"));

const directionOf = (told: string | undefined): Sighting["direction"] =>
  told === "forward" || told === "reverse" ? told : "unknown";
