import { SeededRandom } from "@gatehouse/firmware-sim/seeded-random";
import { greyPicture, multipartBody } from "@gatehouse/firmware-sim/wire/multipart-body";
import { isPushMake } from "@gatehouse/firmware-sim/wire/plate-camera";
import { describe, expect, test } from "vitest";
import { junctionsIn, junctionSighting } from "../../../src/adapters/lpr/dahua-event.ts";
import { readFrigate } from "../../../src/adapters/lpr/frigate.ts";
import { hikvisionList } from "../../../src/adapters/lpr/hikvision-list.ts";
import { lilin } from "../../../src/adapters/lpr/lilin.ts";
import type { Sighting } from "../../../src/adapters/lpr/push-format.ts";
import { MultipartStream } from "../../../src/adapters/lpr/multipart-stream.ts";
import { type PushFormatName, pushFormats } from "../../../src/adapters/lpr/push-formats.ts";
import { alertXml, outcomeOf, site } from "./push-bodies.ts";

/** Of all formats together; the environment asks for more. */
const runs = Number(process.env["GATEHOUSE_FUZZ_RUNS"] ?? 50_000);

const image = greyPicture.toString("base64");
const formType = "multipart/form-data; boundary=b0undary";
const form = (name: string, text: string): Buffer =>
  multipartBody(
    [
      { name, type: "application/json", body: Buffer.from(text) },
      { name: "image", fileName: "a.jpg", type: "image/jpeg", body: greyPicture },
    ],
    "b0undary",
  );
const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));

const tollgate = {
  Picture: {
    NormalPic: { Content: image },
    Plate: { IsExist: true, PlateNumber: "BAB1234", Confidence: 90 },
    SnapInfo: { AccurateTime: "2026-11-20 14:22:33.123", Direction: "Obverse", DeviceID: "d" },
  },
};
const axisEvent = { capture_timestamp: "1623405938252", plateUTF8: "RLE11684", carID: "1144696" };
const group = {
  data_type: "alpr_group",
  epoch_start: 1_700_000_000_000,
  best_uuid: "uuid-1",
  best_plate_number: "A13709",
  best_plate: { candidates: [{ plate: "A137O9", confidence: 83.3 }], plate_crop_jpeg: image },
};
const stream = {
  data: {
    camera_id: "c",
    timestamp: "2026-11-20T13:22:33.606935Z",
    results: [{ plate: "pl8rec", score: 0.9, candidates: [{ plate: "pl8rec" }] }],
  },
};

/** A good message of each, and its content type. */
const pushed: Readonly<Record<PushFormatName, readonly [Buffer, string]>> = {
  hikvision: [form("anpr.xml", alertXml()), formType],
  platerecognizer: [form("json", JSON.stringify(stream)), formType],
  dahua: [json(tollgate), "application/json"],
  axis: [form("event", JSON.stringify(axisEvent)), formType],
  rekor: [json(group), "application/json"],
  genetec: [
    json({ Plate: "ABC123", DateUtc: "03/07/2026", TimeUtc: "12:22:33", ContextImage: image }),
    "application/json",
  ],
  verkada: [
    json({ data: { camera_id: "c", created: 1_700_000_000, license_plate_number: "A1" } }),
    "application/json",
  ],
  "gate-query": [json({ Plate: "A1", IoTime: "2026-11-20 14:22:33" }), "application/json"],
};

const other: Readonly<Record<string, readonly [Buffer, (bytes: Buffer) => unknown]>> = {
  "hikvision-pull": [
    Buffer.from(
      "<Plates><Plate><captureTime>20200424T1616270000</captureTime><plateNumber>A1</plateNumber><picName>202004241616278800</picName></Plate></Plates>",
    ),
    (bytes) => hikvisionList(site, 1).read(bytes),
  ],
  lilin: [
    json({ INFORMATION: [{ TS: "1523329437899288", LPR: "30U9874", THRESHOLD: "0.79" }] }),
    (bytes) => lilin().read(bytes),
  ],
  "dahua-events": [
    Buffer.from(
      "Events[0].Code=TrafficJunction\r\nEvents[0].UTC=1670842479\r\nEvents[0].TrafficCar.PlateNumber=A1",
    ),
    (bytes) => junctionsIn(bytes).map((fields) => junctionSighting(fields, site, "local")),
  ],
  "dahua-events as JSON": [
    Buffer.from(
      'Code=TrafficJunction;action=Pulse;index=0;data={"UTC":1670842479,"TrafficCar":{"PlateNumber":"A1"}}',
    ),
    (bytes) => junctionsIn(bytes).map((fields) => junctionSighting(fields, site, "utc")),
  ],
  "a stream's parts": [
    Buffer.from("--b\r\nContent-Type: text/plain\r\nContent-Length: 9\r\n\r\nHeartbeat\r\n--b\r\n"),
    (bytes) => new MultipartStream("b").feed(bytes),
  ],
  frigate: [
    json({
      type: "update",
      after: { id: "1", camera: "n", recognized_license_plate: "A1", frame_time: 1 },
    }),
    (bytes) => readFrigate("frigate/events", bytes),
  ],
};

const nasty = (
  '\0 \r\n\r\n --b0undary --b0undary-- " { [ } ] < > ]]> null NaN 1e999 -1 \\ud800 <!DOCTYPE &a; ' +
  "__proto__ Ā = ;"
)
  .split(" ")
  .map((text) => Buffer.from(text));

/** One to four damages: a byte, a piece lost, doubled or put in, the end cut off. */
function damaged(whole: Buffer, random: SeededRandom): Buffer {
  let bytes: Buffer = Buffer.from(whole);
  const upTo = (most: number): number => Math.floor(random.fraction() * most);
  for (let left = 1 + upTo(4); left > 0; left -= 1) {
    const at = upTo(bytes.length);
    const end = at + upTo(Math.min(200, bytes.length - at));
    const [before, piece, after] = [
      bytes.subarray(0, at),
      bytes.subarray(at, end),
      bytes.subarray(end),
    ];
    const ways = [
      () => Buffer.concat([before, Buffer.from([upTo(256)]), bytes.subarray(at + 1)]),
      () => Buffer.concat([before, after]),
      () => Buffer.concat([before, piece, piece, after]),
      () => Buffer.concat([before, nasty[upTo(nasty.length)] ?? piece, after]),
      () => before,
    ];
    bytes = ways[upTo(ways.length)]?.() ?? bytes;
  }
  return bytes;
}

/** Whatever arrives: what goes on to the lane is what the lane can bear. */
const isSane = ({ readId, rawPlate, confidence, at, candidates }: Sighting): boolean =>
  readId !== "" &&
  readId.length <= 200 &&
  rawPlate.length <= 32 &&
  confidence >= 0 &&
  confidence <= 1 &&
  Number.isSafeInteger(at) &&
  candidates.length <= 20;

const each = Math.ceil(runs / (Object.keys(pushed).length + Object.keys(other).length));

function tried(seed: number, whole: Buffer, read: (bytes: Buffer) => unknown) {
  const random = new SeededRandom(seed);
  const counts = { read: 0, refused: 0 };
  for (let run = 0; run < each; run += 1) {
    const bytes = damaged(whole, random);
    counts[outcomeOf(() => read(bytes))] += 1;
  }
  return counts;
}

describe("damaged messages are read or refused, never more", () => {
  test.each(Object.entries(pushed))("%s", (name, [whole, contentType]) => {
    expect(isPushMake(name)).toBe(true);
    const format = pushFormats[name as PushFormatName](site);
    const counts = tried(1, whole, (bytes) => {
      const content = format.read({ contentType, bytes, path: "x" });
      const sightings = content.kind === "sightings" ? content.sightings : [];
      expect(sightings.filter((sighting) => !isSane(sighting))).toEqual([]);
    });
    expect(counts.refused).toBeGreaterThan(0);
    expect(counts.read + counts.refused).toBe(each);
  });

  test.each(Object.entries(other))("%s", (_name, [whole, read]) => {
    const counts = tried(2, whole, read);
    expect(counts.read + counts.refused).toBe(each);
  });
});
