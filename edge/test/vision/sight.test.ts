import { CameraConfig } from "@gatehouse/shared/contracts/camera";
import type { Instant } from "@gatehouse/shared/time";
import { expect, test } from "vitest";
import type { Looked } from "../../src/vision/messages.ts";
import { examinedPicture, sightOf } from "../../src/vision/sight.ts";

const config = CameraConfig.parse({
  id: "north",
  source: { kind: "pushed" },
  space_of_bay: { "bay-1": "A001", "bay-2": "A002" },
});
const box = { left: 1, top: 2, right: 3, bottom: 4 };
const car = { vehicle: "car", score: 0.9, box } as const;
const size = { width: 128, height: 96 };

test("a sight tells spaces, not bays, wherever a bay is named", () => {
  const outcome = {
    kind: "seen",
    size,
    words: [
      { bay: "bay-1", occupied: true, confidence: 0.9 },
      { bay: "A007", occupied: false, confidence: 0.8 },
    ],
    vehicles: [{ ...car, track: 4, bay: "bay-1" }, car],
    flow: [
      {
        kind: "space-change",
        track: 4,
        vehicle: "car",
        score: 0.9,
        position: [2, 4] as [number, number],
        bay: "bay-2",
        fromBay: "bay-1",
      },
    ],
    plates: [],
  } satisfies Looked["outcome"];
  const at = 1_000_000 as Instant;
  const looked: Looked = { kind: "looked", camera: "north", at, tookMs: 9, outcome };
  expect(sightOf(config, "boot-1", looked, outcome)).toEqual({
    cameraId: "north",
    boot: "boot-1",
    at,
    size,
    spaces: [
      { spaceId: "A001", occupied: true, confidence: 0.9 },
      { spaceId: "A007", occupied: false, confidence: 0.8 },
    ],
    vehicles: [
      { vehicleClass: "car", confidence: 0.9, box, trackId: 4, spaceId: "A001" },
      { vehicleClass: "car", confidence: 0.9, box },
    ],
    flow: [
      {
        kind: "space-change",
        trackId: 4,
        vehicleClass: "car",
        confidence: 0.9,
        position: [2, 4],
        spaceId: "A002",
        fromSpaceId: "A001",
      },
    ],
    isTracking: true,
  });
});

test("an examined picture keeps the bays as drawn, each with what its judges said", () => {
  const words = [
    { bay: "bay-1", occupied: true, confidence: 0.9 },
    { bay: "bay-2", occupied: false, confidence: 0.7 },
  ];
  const examined = examinedPicture({
    kind: "seen",
    picture: "/cameras/north/examined.jpg",
    size,
    words,
    vehicles: [{ ...car, bay: "bay-1" }],
    judges: [
      { bay: "bay-1", detector: 0.8, classifier: 0.95 },
      { bay: "bay-2", detector: 0.1 },
    ],
    stages: { decode: 4 },
  });
  expect(examined.bays).toEqual([
    { ...words[0], detector: 0.8, classifier: 0.95 },
    { ...words[1], detector: 0.1 },
  ]);
  expect(examined.vehicles).toEqual([{ vehicleClass: "car", confidence: 0.9, box, bay: "bay-1" }]);
});
