import { greyPicture } from "@gatehouse/firmware-sim/wire/multipart-body";
import { describe, expect, test } from "vitest";
import { axis } from "../../../src/adapters/lpr/axis.ts";
import { dahua } from "../../../src/adapters/lpr/dahua.ts";
import { gateQuery } from "../../../src/adapters/lpr/gate-query.ts";
import { genetec } from "../../../src/adapters/lpr/genetec.ts";
import { hikvision } from "../../../src/adapters/lpr/hikvision.ts";
import { plateRecognizer } from "../../../src/adapters/lpr/platerecognizer.ts";
import type { PushContent, PushFormat, Sighting } from "../../../src/adapters/lpr/push-format.ts";
import { rekor } from "../../../src/adapters/lpr/rekor.ts";
import { verkada } from "../../../src/adapters/lpr/verkada.ts";
import { alertXml, formBody, jsonBody, site } from "./push-bodies.ts";

const one = (content: PushContent): Sighting => {
  expect(content.kind).toBe("sightings");
  const [sighting] = content.kind === "sightings" ? content.sightings : [];
  return sighting as Sighting;
};
const readOf = (format: PushFormat, value: unknown, path = ""): Sighting =>
  one(format.read(jsonBody(value, path)));
const image = greyPicture.toString("base64");

describe("Axis", () => {
  const event = {
    packetCounter: "11890300",
    capture_timestamp: "1623405938252",
    datetime: "20210611 130538252",
    plateText: "RLE11684",
    plateUTF8: "RLE11684",
    plateCountry: "POL",
    plateConfidence: "0.719034",
    carState: "lost",
    imageType: "plate",
    carMoveDirection: "in",
    carID: "1144696",
    camera_info: { SerialNumber: "ACCC8ED3290D" },
  };

  test("numbers are texts, and the time is that of the capture", () => {
    expect(readOf(axis(site), event)).toMatchObject({
      rawPlate: "RLE11684",
      confidence: 0.719034,
      country: "POL",
      direction: "forward",
      at: 1_623_405_938_252,
    });
  });

  test("a car is one read, however often it is told of; after a camera's restart its number is another car", () => {
    const format = axis(site);
    const later = (ms: number, over: object = {}) => ({
      ...event,
      capture_timestamp: String(1_623_405_938_252 + ms),
      ...over,
    });
    const ids = [
      later(0, { carState: "new" }),
      later(800, { carState: "update", plateUTF8: "RLE11634" }),
      later(2000, { carState: "lost" }),
      later(3000, { carID: "1144697" }),
      later(3_600_000),
    ].map((each) => readOf(format, each).readId);
    expect(new Set(ids.slice(0, 3)).size).toBe(1);
    expect(new Set(ids).size).toBe(3);
  });

  test("the plate in UTF-8 comes before one with broken letters, and its picture is kept", async () => {
    const value = { ...event, plateText: "Ð\u0090Ð\u0091", plateUTF8: "АБ1234" };
    const body = await formBody([
      { name: "event", text: JSON.stringify(value) },
      { name: "image", fileName: "lp.jpg", text: greyPicture },
    ]);
    const sighting = one(axis(site).read(body));
    expect(sighting.rawPlate).toBe("АБ1234");
    expect(sighting.pictures).toMatchObject([{ kind: "plate" }]);
  });

  test.each([
    ["out", "reverse"],
    ["unknown", "unknown"],
    ["", "unknown"],
  ])("a car that moves %s drives %s", (told, direction) => {
    expect(readOf(axis(site), { ...event, carMoveDirection: told }).direction).toBe(direction);
  });
});

describe("Dahua", () => {
  const tollgate = (snap: object = {}, plate: object = {}, vehicle: object = {}) => ({
    Picture: {
      NormalPic: { Content: image, PicName: "a.jpg" },
      Plate: { Confidence: 88, IsExist: true, PlateNumber: "BAB1234", UploadNum: 1, ...plate },
      Vehicle: { VehicleType: "SaloonCar", ...vehicle },
      SnapInfo: {
        AccurateTime: "2026-07-01 14:22:33.123",
        DeviceID: "d-1",
        TimeZone: 8,
        ...snap,
      },
    },
  });

  test("its clock shows the site's time, in summer and in winter", () => {
    const at = (time: string): number => readOf(dahua(site), tollgate({ AccurateTime: time })).at;
    expect(at("2026-07-01 14:22:33.123")).toBe(Date.parse("2026-07-01T14:22:33.123+02:00"));
    expect(at("2026-12-01 14:22:33")).toBe(Date.parse("2026-12-01T14:22:33+01:00"));
    expect(at("2026-12-01T14:22:33")).toBe(Date.parse("2026-12-01T14:22:33+01:00"));
    // Passed twice in autumn: the earlier one.
    expect(at("2026-10-25 02:30:00")).toBe(Date.parse("2026-10-25T02:30:00+02:00"));
  });

  test("a repeat with another count of uploads is the same read", () => {
    const ids = [1, 2, 3].map(
      (UploadNum) => readOf(dahua(site), tollgate({}, { UploadNum })).readId,
    );
    expect(new Set(ids).size).toBe(1);
  });

  test.each([
    [{ IsExist: false, PlateNumber: "X" }, ""],
    [{ PlateNumber: "Unlicensed" }, ""],
    [{ PlateNumber: "unknown" }, ""],
    [{ PlateNumber: null }, ""],
    [{ PlateNumber: "粤B12345" }, "粤B12345"],
  ])("a plate %j is %j", (plate, rawPlate) => {
    expect(readOf(dahua(site), tollgate({}, plate)).rawPlate).toBe(rawPlate);
  });

  test("heartbeats and device facts are no reads, on any prefix and on none", () => {
    for (const path of ["NotificationInfo/KeepAlive", "BNotificationInfo/DeviceInfo"]) {
      expect(dahua(site).read(jsonBody({ Active: "keepAlive" }, path)).kind).toBe("other");
    }
    expect(dahua(site).read(jsonBody({ Active: "keepAlive" })).kind).toBe("other");
    expect(readOf(dahua(site), tollgate(), "AnyPrefix/TollgateInfo").confidence).toBe(0.88);
  });

  test("a picture that is no JPEG is left out, and the read counts", () => {
    const value = tollgate();
    value.Picture.NormalPic.Content = Buffer.alloc(500, "x").toString("base64");
    expect(readOf(dahua(site), value).pictures).toEqual([]);
    expect(readOf(dahua(site), tollgate()).pictures).toMatchObject([{ kind: "overview" }]);
  });
});

describe("Rekor", () => {
  const group = {
    version: 2,
    data_type: "alpr_group",
    epoch_start: 1_700_000_000_000,
    epoch_end: 1_700_000_002_500,
    camera_id: 1,
    best_uuid: "uuid-1",
    best_plate_number: "A13709",
    best_confidence: 92.1,
    best_region: "us-ca",
    best_plate: {
      plate: "A13709",
      candidates: [
        { plate: "A13709", confidence: 92.1, matches_template: 0 },
        { plate: "A137O9", confidence: 83.3, matches_template: 0 },
        { plate: "A3709", confidence: 77.4, matches_template: 0 },
      ],
      plate_crop_jpeg: image,
    },
    is_preview: false,
    is_parked: false,
    vehicle: {
      body_type: [
        { name: "sedan-compact", confidence: 20 },
        { name: "tractor-trailer", confidence: 70 },
      ],
    },
  };

  test("a group is a read, with what else it may be", () => {
    expect(readOf(rekor(), group)).toMatchObject({
      readId: "uuid-1",
      rawPlate: "A13709",
      confidence: 0.9209999999999999,
      candidates: [{ plate: "A13709" }, { plate: "A137O9", confidence: 0.833 }, { plate: "A3709" }],
      country: "us",
      vehicleClass: "truck",
      at: 1_700_000_002_500,
      pictures: [{ kind: "plate" }],
    });
  });

  test.each([
    ["a preview", { ...group, is_preview: true }],
    ["a parked vehicle", { ...group, is_parked: true }],
    ["single results", { data_type: "alpr_results", uuid: "u", results: [] }],
    ["a vehicle", { data_type: "vehicle" }],
  ])("%s is none", (_what, value) => {
    expect(rekor().read(jsonBody(value)).kind).toBe("other");
  });

  test("a heartbeat tells of cameras without pictures and of a long queue", () => {
    const heartbeat = (fps: number, queue: number) =>
      rekor().read(
        jsonBody({
          data_type: "heartbeat",
          video_streams: [{ camera_name: "north", fps }],
          processing_queue: queue,
        }),
      );
    expect(heartbeat(0, 0)).toMatchObject({ detail: "no pictures from north" });
    expect(heartbeat(25, 500)).toMatchObject({ detail: "500 pictures wait to be looked at" });
    expect(heartbeat(25, 0)).toEqual({ kind: "other", event: "heartbeat" });
  });
});

test("Genetec: the day stands first, the time is UTC, and what drives away is told", () => {
  const read = {
    CameraName: "north",
    Plate: "ABC123",
    State: "QC",
    ConfidenceScore: "87",
    ContextImage: image,
    DateUtc: "03/07/2026",
    TimeUtc: "12:22:33",
    Attributes: { "Vehicle Type": "Truck", "Relative Motion": "Moving Away" },
  };
  expect(readOf(genetec(site), read)).toMatchObject({
    rawPlate: "ABC123",
    confidence: 0.87,
    country: "QC",
    vehicleClass: "truck",
    direction: "reverse",
    at: Date.parse("2026-07-03T12:22:33Z"),
    pictures: [{ kind: "overview" }],
  });
});

test.each([
  ["bare", (seen: object) => seen],
  ["in its envelope", (seen: object) => ({ webhook_type: "lpr", org_id: "o", data: seen })],
])("Verkada %s", (_how, wrap) => {
  const seen = {
    camera_id: "c",
    created: 1_700_000_000,
    confidence: 0.7,
    license_plate_number: "ABC123",
  };
  expect(readOf(verkada(site), wrap(seen))).toMatchObject({
    rawPlate: "ABC123",
    confidence: 0.7,
    at: 1_700_000_000_000,
  });
  expect(verkada(site).read(jsonBody({ webhook_type: "motion", data: {} })).kind).toBe("other");
});

test("a controller's question is a read by the site's clock, sure of itself", () => {
  const question = {
    ParkID: "7",
    Plate: "粤B12345",
    ChannelName: "east",
    ChannelNo: 2,
    IsIn: true,
    IoTime: "2026-11-20 14:22:33",
    InPicUrl: "",
  };
  const sighting = readOf(gateQuery(site), question);
  expect(sighting).toMatchObject({
    rawPlate: "粤B12345",
    confidence: 1,
    at: Date.parse("2026-11-20T14:22:33+01:00"),
  });
  expect(readOf(gateQuery(site), { ...question, Plate: "" }).confidence).toBe(0);
  expect(readOf(gateQuery(site), question).readId).toBe(sighting.readId);
});

test("Plate Recognizer in vehicle mode: a vehicle without a plate is one all the same", () => {
  const value = {
    hook: { event: "recognition" },
    data: {
      camera_id: "c",
      timestamp: "2026-11-20T13:22:33.606935Z",
      results: [
        { plate: { score: 0.9, props: { plate: [{ value: "pl8rec", score: 0.8 }], region: [] } } },
        { plate: null, vehicle: { type: "Bus" } },
      ],
    },
  };
  const content = plateRecognizer(site).read(jsonBody(value));
  expect(content.kind === "sightings" && content.sightings).toMatchObject([
    { rawPlate: "pl8rec", confidence: 0.8 },
    { rawPlate: "", vehicleClass: "bus" },
  ]);
});

test("Hikvision: pictures are known by their names, whatever they are called in their heads", async () => {
  const body = await formBody([
    { name: "xml_file", fileName: "anpr.xml", text: alertXml() },
    { name: "licensePlatePicture.jpg", fileName: "licensePlatePicture.jpg", text: greyPicture },
    { name: "detectionPicture.jpg", fileName: "detectionPicture.jpg", text: greyPicture },
    { name: "vehiclePicture.jpg", fileName: "vehiclePicture.jpg", text: "no picture" },
  ]);
  const { pictures } = one(hikvision(site).read(body));
  expect(pictures?.map(({ kind }) => kind)).toEqual(["plate", "overview"]);
});
