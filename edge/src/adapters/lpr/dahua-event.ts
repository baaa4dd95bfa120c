import { isoOf, type Instant } from "@gatehouse/shared/time";
import { dahuaDirection, dahuaPlate } from "./dahua.ts";
import { readJson } from "./json-body.ts";
import { instantOfWall } from "./local-time.ts";
import {
  BadPush,
  decodeText,
  longestPlate,
  type ReaderSite,
  share,
  type Sighting,
} from "./push-format.ts";
import { madeReadId } from "./read-id.ts";
import { colourOf, vehicleClassOf } from "./vehicle-words.ts";

/** An event's fields by their path, for example `TrafficCar.PlateNumber`. */
export type EventFields = ReadonlyMap<string, string>;

const fieldsMax = 2000;
const eventsMax = 16;

/**
 * Reads one text part of Dahua's event stream: lines `Events[0].TrafficCar.PlateNumber=…` (snapManager), or
 * `Code=TrafficJunction;action=Pulse;index=0;data={…}` (eventManager).
 *
 * @returns one a plate event; none for a heartbeat or another event
 * @throws BadPush
 */
export function junctionsIn(bytes: Buffer): EventFields[] {
  const text = decodeText(bytes, "event");
  const code = /^\s*Code=([^;\r\n]+);/.exec(text)?.[1];
  if (code !== undefined) {
    const dataAt = text.indexOf("data=");
    const isNews = code === junction && !/action=(Stop|Start)\b/i.test(text.slice(0, dataAt));
    if (!isNews || dataAt === -1) return [];
    const data = text.slice(dataAt + "data=".length).trim();
    return [flattened(readJson(Buffer.from(data), "event.data"))];
  }
  const events = new Map<string, Map<string, string>>();
  for (const line of text.split(/\r?\n/)) {
    const [, index, path, value] =
      /^(?:Return)?Events\[(\d{1,4})\]\.([^=]{1,200})=(.*)$/.exec(line) ?? [];
    if (index === undefined || path === undefined || value === undefined) continue;
    const fields = events.get(index) ?? new Map<string, string>();
    events.set(index, fields);
    if (events.size > eventsMax || fields.size > fieldsMax)
      throw new BadPush("event", "is too long");
    fields.set(path, value.trim());
  }
  return [...events.values()].filter(
    (fields) => (fields.get("Code") ?? fields.get("EventBaseInfo.Code")) === junction,
  );
}

const junction = "TrafficJunction";

/** @param clock `local`: the firmware counts `UTC` from local midnight. @throws BadPush */
export function junctionSighting(
  fields: EventFields,
  { readerId, timezone }: ReaderSite,
  clock: "utc" | "local",
): Sighting {
  const text = (...paths: readonly string[]): string | undefined =>
    paths.map((path) => fields.get(path)).find((value) => value !== undefined && value !== "");
  const told = Number(text("UTC", "TrafficCar.UTC"));
  const ms = Number(text("UTCMS") ?? 0);
  if (!(told > 0 && told < 1e11) || !(ms >= 0 && ms < 1000)) {
    throw new BadPush("event.UTC", "is no number of seconds since 1970");
  }
  const counted = Math.floor(told * 1000 + ms) as Instant;
  const at = clock === "utc" ? counted : instantOfWall(isoOf(counted).slice(0, 23), timezone);
  const plate = dahuaPlate(text("TrafficCar.PlateNumber", "Object.Text"));
  if (plate.length > longestPlate) {
    throw new BadPush("event.TrafficCar.PlateNumber", `is longer than ${longestPlate} characters`);
  }
  const country = text("TrafficCar.Country", "Object.Country");
  return {
    readId: madeReadId(readerId, String(told), String(ms), text("EventID", "GroupID") ?? "", plate),
    rawPlate: plate,
    confidence: plate === "" ? 0 : confidenceOf(text("TrafficCar.Confidence", "Object.Confidence")),
    candidates: [],
    ...(country === undefined ? {} : { country: country.slice(0, 20) }),
    vehicleClass: vehicleClassOf(text("TrafficCar.VehicleType", "Vehicle.Category")),
    ...colourOf(text("TrafficCar.VehicleColor")),
    direction: dahuaDirection(text("JunctionDirection")),
    at: at ?? counted,
    retransmission: false,
  };
}

/** 0–100 on some firmwares and 0–255 on others; untold by most, whose plates then count whole. */
function confidenceOf(told: string | undefined): number {
  const value = Number(told);
  if (told === undefined || !Number.isFinite(value)) return 1;
  return share(value > 100 ? value / 255 : value / 100);
}

function flattened(value: unknown): EventFields {
  const fields = new Map<string, string>();
  const open: (readonly [path: string, value: unknown])[] = [["", value]];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [path, inner] = next;
    if (typeof inner === "object" && inner !== null) {
      if (open.length + fields.size > fieldsMax) throw new BadPush("event.data", "is too long");
      for (const [key, each] of Object.entries(inner))
        open.push([path ? `${path}.${key}` : key, each]);
    } else if (inner !== null) fields.set(path, `${inner as string | number | boolean}`);
  }
  return fields;
}
