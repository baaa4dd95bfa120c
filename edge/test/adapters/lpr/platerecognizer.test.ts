import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { plateRecognizer } from "../../../src/adapters/lpr/platerecognizer.ts";
import { BadPush, type Sighting } from "../../../src/adapters/lpr/push-format.ts";
import { formBody, jsonBody, outcomeOf, site } from "./push-bodies.ts";

const box = { xmin: 460, ymin: 57, xmax: 557, ymax: 82 };
const result = {
  box,
  plate: "9jub11",
  region: { code: "gb", score: 0.413 },
  score: 0.839,
  candidates: [{ plate: "9jub11", score: 0.839 }, { plate: "sju88y" }],
  dscore: 0.441,
  vehicle: { score: 0.267, type: "Big Truck", box },
  direction: "",
  source_url: "/user-data/lane.mp4",
  position_sec: 4,
};
const objectResult = {
  plate: {
    type: "Plate",
    score: 0.9,
    box,
    props: {
      plate: [
        { value: "pl8rec", score: 0.902 },
        { value: "pi8rec", score: 0.7 },
      ],
      region: [{ value: "us-ca", score: 0.179 }],
    },
  },
  vehicle: { type: "Sedan", score: 0.7, props: { color: [{ value: "red", score: 0.7 }] }, box },
  direction: 210,
};

const push = (results: unknown, over: object = {}): object => ({
  hook: { target: "url", id: "camera-1", event: "recognition", filename: "x.jpg" },
  data: {
    camera_id: "camera-1",
    filename: "x.jpg",
    timestamp: "2021-09-29T05:56:13.606935Z",
    timestamp_local: "2021-09-29 05:56:13.606935+00:00",
    results,
    ...over,
  },
});
const sightings = (value: unknown): readonly Sighting[] => {
  const content = plateRecognizer(site).read(jsonBody(value));
  return content.kind === "sightings" ? content.sightings : [];
};

test("a push with its pictures is read whole", async () => {
  const body = await formBody([
    { name: "json", text: JSON.stringify(push([result])) },
    { name: "upload", fileName: "x.jpg", text: "jpeg" },
  ]);
  expect(plateRecognizer(site).read(body)).toEqual({
    kind: "sightings",
    sightings: [
      {
        readId: expect.stringMatching(/^[0-9a-f]{32}$/),
        rawPlate: "9jub11",
        confidence: 0.839,
        candidates: [
          { plate: "9jub11", confidence: 0.839 },
          { plate: "sju88y", confidence: 0 },
        ],
        country: "gb",
        vehicleClass: "truck",
        direction: "unknown",
        at: Date.parse("2021-09-29T05:56:13.606Z"),
        retransmission: false,
        pictures: [],
      },
    ],
  });
});

test("a plate as an object is read like one as a text", () => {
  expect(sightings(push([objectResult]))).toMatchObject([
    {
      rawPlate: "pl8rec",
      confidence: 0.902,
      candidates: [
        { plate: "pl8rec", confidence: 0.902 },
        { plate: "pi8rec", confidence: 0.7 },
      ],
      country: "us",
      vehicleClass: "car",
    },
  ]);
});

test("several vehicles are several reads with ids of their own, the same at every repeat", () => {
  const results = [result, objectResult, { vehicle: { type: "Bus" } }, { plate: null }];
  const first = sightings(push(results));
  expect(first.map(({ rawPlate }) => rawPlate)).toEqual(["9jub11", "pl8rec", "", ""]);
  expect(new Set(first.map(({ readId }) => readId)).size).toBe(4);
  expect(sightings(push(results))).toEqual(first);
  const elsewhere = plateRecognizer({ ...site, readerId: "cam-2" }).read(jsonBody(push(results)));
  expect(elsewhere).not.toMatchObject({ sightings: [{ readId: first[0]?.readId }] });
});

test("no vehicle is no read", () => {
  expect(plateRecognizer(site).read(jsonBody(push([])))).toEqual({
    kind: "sightings",
    sightings: [],
  });
});

test("an event that is no recognition is ignored, whatever its data", () => {
  const heartbeat = { hook: { event: "heartbeat" }, data: { up: true } };
  expect(plateRecognizer(site).read(jsonBody(heartbeat))).toEqual({
    kind: "other",
    event: "heartbeat",
  });
});

test("a reading without a score counts nothing", () => {
  const { score: _score, ...unscored } = result;
  expect(sightings(push([unscored]))).toMatchObject([{ confidence: 0 }]);
});

describe("a push is refused with the path of what is wrong:", () => {
  test.each<[string, unknown, string]>([
    ["no results", push(undefined), "data.results"],
    ["a plate that is a number", push([{ ...result, plate: 7 }]), "data.results[0].plate"],
    [
      "a plate as long as a page",
      push([{ ...result, plate: "a".repeat(33) }]),
      "data.results[0].plate",
    ],
    ["too many vehicles", push(Array.from({ length: 33 }, () => result)), "data.results"],
    [
      "a time that names no moment",
      push([result], { timestamp: "2021-09-29 05:56:13" }),
      "data.timestamp",
    ],
    ["no camera", push([result], { camera_id: undefined }), "data.camera_id"],
    ["no object", "text", "json"],
  ])("%s", (_name, value, path) => {
    expect(() => sightings(value)).toThrow(
      expect.objectContaining({
        complaints: expect.arrayContaining([expect.objectContaining({ path })]),
      }),
    );
  });

  test.each(["", "{", '{"data":', "\u0000"])("text that is no JSON: %j", (text) => {
    const body = { contentType: "application/json", bytes: Buffer.from(text), path: "" };
    expect(() => plateRecognizer(site).read(body)).toThrow(BadPush);
  });

  test("a form without the part json", async () => {
    const body = await formBody([{ name: "upload", fileName: "x.jpg", text: "jpeg" }]);
    expect(() => plateRecognizer(site).read(body)).toThrow(/no part named json/);
  });
});

test("whatever JSON comes is read or refused", () => {
  const value = fc.oneof(
    fc.jsonValue(),
    fc.jsonValue().map((results) => push(results)),
    fc.jsonValue().map((plate) => push([{ ...result, plate }])),
  );
  fc.assert(
    fc.property(value, (any) => {
      const outcome = outcomeOf(() => plateRecognizer(site).read(jsonBody(any)));
      expect(outcome).toMatch(/read|refused/);
    }),
    { numRuns: 500 },
  );
});
