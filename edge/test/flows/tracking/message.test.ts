import { readFrame } from "@gatehouse/shared/contracts/tracking";
import { type Instant, instantOf } from "@gatehouse/shared/time";
import { describe, expect, test } from "vitest";
import { type MessageScene, readSight } from "../../../src/flows/tracking/message.ts";
import { frameOf, guideExample } from "../guide-example.ts";

const arrived = instantOf("2026-01-07T11:30:46Z") as Instant;
const scene = (known: Partial<MessageScene> = {}): MessageScene => ({
  timezone: "Europe/Berlin",
  spaceOfBay: {},
  isSpace: () => false,
  arrived,
  ...known,
});

const read = (change: object, known: Partial<MessageScene> = {}) =>
  readSight(frameOf({ ...guideExample.metadata, ...change }), scene(known));
const [car] = guideExample.metadata.detections;

describe("the tracking guide's own example", () => {
  test("is understood: its lists are right, its counts are not", () => {
    const sight = readSight(frameOf(guideExample), scene());
    expect(sight.vehicles).toEqual([
      {
        vehicleClass: "car",
        confidence: 0.87,
        box: { left: 100, top: 200, right: 250, bottom: 300 },
        trackId: 42,
        spaceId: "space_1",
      },
    ]);
    expect(sight.spaces).toMatchObject([
      { spaceId: "space_1", name: "A1", occupied: true, confidence: 0.87 },
    ]);
    expect([...sight.flaws].toSorted()).toEqual(["occupied-count", "space-count", "vehicle-count"]);
  });

  test("has a time without a zone: it is the facility's", () => {
    const { at, flaws } = readSight(frameOf(guideExample), scene());
    expect(at).toBe(instantOf("2026-01-07T11:30:45.123Z"));
    expect(flaws).not.toContain("clock");
  });

  test("may come as its metadata alone", () => {
    const alone = readSight(frameOf(guideExample.metadata), scene());
    expect(alone).toEqual(readSight(frameOf(guideExample), scene()));
  });
});

describe("a message", () => {
  test.each([
    ["a year old", "2025-01-07T12:00:00Z"],
    ["of next year", "2027-01-07T12:00:00Z"],
    ["of 1970", "1970-01-01T00:00:00"],
  ])("%s comes from a worker without a clock: its arrival counts", (_name, timestamp) => {
    const { at, flaws } = read({ timestamp });
    expect(at).toBe(arrived);
    expect(flaws).toContain("clock");
  });

  test("of a clock that is a little ahead is from now", () => {
    const { at, flaws } = read({ timestamp: "2026-01-07T11:30:50Z" });
    expect(at).toBe(arrived);
    expect(flaws).not.toContain("clock");
  });

  test("may call a space by the number painted on it, or as the configuration says", () => {
    const isSpace = (id: string): boolean => ["A1", "A001"].includes(id);
    expect(read({}, { isSpace }).vehicles[0]?.spaceId).toBe("A1");
    expect(read({}, { isSpace, spaceOfBay: { space_1: "A001" } }).spaces[0]?.spaceId).toBe("A001");
  });

  test("that names a track twice means the surer vehicle", () => {
    const { vehicles, flaws } = read({ detections: [car, { ...car, confidence: 0.95 }] });
    expect(vehicles.map(({ confidence }) => confidence)).toEqual([0.95]);
    expect(flaws).toContain("track-twice");
  });

  test("that puts two vehicles into a space leaves the surer one there", () => {
    const other = { ...car, track_id: 7, confidence: 0.5 };
    const { vehicles, flaws } = read({
      detections: [car, other],
      matched_detections: [
        { detection: other, space_id: "space_1" },
        { detection: car, space_id: "space_1" },
      ],
    });
    expect(vehicles.map(({ trackId, spaceId }) => [trackId, spaceId])).toEqual([
      [42, "space_1"],
      [7, undefined],
    ]);
    expect(flaws).toContain("space-twice");
  });

  test("that puts a vehicle into two spaces means the first", () => {
    const { vehicles, flaws } = read({
      matched_detections: [
        { detection: car, space_id: "space_1" },
        { detection: car, space_id: "space_2" },
      ],
    });
    expect(vehicles[0]?.spaceId).toBe("space_1");
    expect(flaws).toContain("track-twice");
  });

  test("may match a vehicle that it does not list", () => {
    const { vehicles, flaws } = read({ detections: [] });
    expect(vehicles).toMatchObject([{ trackId: 42, spaceId: "space_1" }]);
    expect(flaws).toContain("match-unlisted");
  });

  test("without tracking knows vehicles by where they are", () => {
    const untracked = { ...car, track_id: null };
    const { vehicles } = read({
      tracking_enabled: false,
      detections: [untracked],
      matched_detections: [{ detection: untracked, space_id: "space_1" }],
    });
    expect(vehicles).toMatchObject([{ spaceId: "space_1" }]);
    expect(vehicles[0]).not.toHaveProperty("trackId");
  });

  test("may use its own words: a person is no vehicle, a delivery van is a van, percent are shares", () => {
    const { vehicles, flaws } = read({
      detections: [
        { ...car, class: "person", track_id: 1 },
        { ...car, class: "Delivery van", track_id: 2, confidence: 93 },
        { ...car, class: "vehicle", track_id: 3 },
      ],
      matched_detections: [],
    });
    expect(vehicles.map(({ vehicleClass, confidence }) => [vehicleClass, confidence])).toEqual([
      ["van", 0.93],
      ["unknown", 0.87],
    ]);
    expect(flaws).toContain("no-vehicle");
  });
});

describe("what is no message is refused, and where it is wrong is said", () => {
  const wrong: readonly (readonly [string, unknown, string])[] = [
    ["nothing", null, ""],
    ["a list", [], ""],
    ["a negative count", { ...guideExample.metadata, vehicle_count: -1 }, "vehicle_count"],
    [
      "a day that is none",
      { ...guideExample.metadata, timestamp: "2026-02-30T12:00" },
      "timestamp",
    ],
    ["a time in words", { ...guideExample.metadata, timestamp: "noon" }, "timestamp"],
    [
      "a box of three",
      { ...guideExample.metadata, detections: [{ ...car, bbox: [1, 2, 3] }] },
      "detections[0].bbox",
    ],
    [
      "a share above one",
      {
        ...guideExample.metadata,
        space_occupancy: [
          { space_id: "a", is_occupied: true, bbox: { x: 2, y: 0, width: 0, height: 0 } },
        ],
      },
      "space_occupancy[0].bbox.x",
    ],
    [
      "too many vehicles",
      { ...guideExample.metadata, detections: Array.from({ length: 1001 }, () => car) },
      "detections",
    ],
    ["another camera's", { ...guideExample, camera_id: "CAM2" }, "camera_id"],
    [
      "a whole message with a wrong part",
      { ...guideExample, metadata: { ...guideExample.metadata, total_spaces: "4" } },
      "metadata.total_spaces",
    ],
  ];
  test.each(wrong)("%s", (_name, value, path) => {
    const answer = readFrame("CAM1", value);
    if (answer.kind === "frame") throw new RangeError("it was accepted");
    expect(answer.errors.map((error) => error.path)).toContain(path);
  });
});
