import { PacedClock, SystemStopwatch } from "@gatehouse/shared/paced-clock";
import type { PlateRead, ReadOutcome } from "@gatehouse/shared/ports/credential-reader";
import { Fault } from "@gatehouse/shared/fault";
import type { Instant } from "@gatehouse/shared/time";
import { expect, test } from "vitest";
import { LaneReader } from "../../../src/vision/plate/lane-reader.ts";

const at = 1_790_000_000_000 as Instant;
const plate = {
  id: `${at}-1`,
  text: "RK896A0",
  corrected: "RK896AO",
  country: "AT",
  confidence: 0.8,
  characterConfidences: [0.9, 0.9, 0.9, 0.9, 0.9, 0.9, 0.8],
  candidates: [{ text: "RK896AO", confidence: 0.7 }],
  vehicle: "car",
  direction: "forward",
  box: { left: 0, top: 0, right: 10, bottom: 5 },
} as const;

function readerFor(listener: (read: PlateRead) => ReadOutcome): LaneReader {
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  const reader = new LaneReader({
    cameraId: "eye-1",
    laneId: "entry-1",
    clock: new PacedClock(),
    stopwatch: new SystemStopwatch(),
    log,
  });
  reader.onRead(listener);
  return reader;
}

const seen = () => ({
  ...plate,
  characterConfidences: [...plate.characterConfidences],
  candidates: [...plate.candidates],
});

test("what the camera read, and what it takes it for, arrive as two things", () => {
  const reads: PlateRead[] = [];
  readerFor((read) => {
    reads.push(read);
    return { kind: "ignore", reason: "test" };
  }).hear(seen(), at);
  expect(reads[0]).toMatchObject({
    readId: plate.id,
    readerId: "eye-1",
    laneId: "entry-1",
    rawPlate: "RK896A0",
    correctedPlate: "RK896AO",
    candidates: [{ plate: "RK896AO", confidence: 0.7 }],
    country: "AT",
    vehicleClass: "car",
    direction: "forward",
    at,
    retransmission: false,
  });
});

test("a vehicle without a readable plate is counted, and told with an empty one", () => {
  const reads: PlateRead[] = [];
  const reader = readerFor((read) => {
    reads.push(read);
    return { kind: "ask", decisionId: "1" };
  });
  reader.hear({ ...seen(), text: "", corrected: undefined }, at);
  expect(reads[0]?.rawPlate).toBe("");
  expect(reads[0]?.correctedPlate).toBeUndefined();
  expect(reader.report()[0]).toMatchObject({
    id: "eye-1-plates",
    laneId: "entry-1",
    state: "online",
    counters: { reads: 1, without_plate: 1 },
  });
});

test("a read that cannot be kept is counted, and the camera goes on", () => {
  const reader = readerFor(() => {
    throw new Fault("disk-full", "full");
  });
  reader.hear(seen(), at);
  expect(reader.report()[0]?.counters).toMatchObject({ reads: 1, not_durable: 1 });
});
