import type { Instant } from "@gatehouse/shared/time";
import fc from "fast-check";
import { expect, test } from "vitest";
import { readBayState } from "../../../src/adapters/sensor/plain-json.ts";

const arrivedAt = Date.parse("2026-11-20T08:00:00Z") as Instant;
const read = (payload: string | Uint8Array): ReturnType<typeof readBayState> =>
  readBayState(
    {
      clientId: "bay-A001",
      topic: "bays/bay-A001/state",
      payload: Buffer.from(payload),
      at: arrivedAt,
    },
    "A001",
  );
const said = { boot: "b1", seq: 7, occupied: true };

test("a plain message becomes an observation of its space", () => {
  const at = "2026-11-20T08:59:58.250+01:00";
  expect(read(JSON.stringify({ ...said, at, confidence: 0.9, battery_pct: 81 }))).toEqual({
    message: {
      spaceId: "A001",
      source: "sensor",
      sourceId: "bay-A001",
      boot: "b1",
      sequence: 7,
      occupied: true,
      confidence: 0.9,
      at: Date.parse("2026-11-20T07:59:58.250Z"),
      batteryPercent: 81,
    },
    word: { batteryPercent: 81 },
  });
});

test.each([
  ["without a time", {}, arrivedAt],
  ["from 1970", { at: "1970-01-01T00:00:12Z" }, arrivedAt],
  ["from next year", { at: "2027-11-20T08:00:00Z" }, arrivedAt],
  ["that waited an hour in the sensor", { at: "2026-11-20T07:00:00Z" }, arrivedAt - 3_600_000],
])("a message %s has its moment", (_what, more, at) => {
  expect(read(JSON.stringify({ ...said, ...more }))).toMatchObject({ message: { at } });
});

test.each([
  ["nothing", "", "not_json"],
  ["a word", "occupied", "not_json"],
  ["half a message", '{"boot":"b1","seq":7', "not_json"],
  ["bytes that are no text", Uint8Array.of(0x22, 0xff, 0xfe, 0x22), "not_json"],
  ["a message within a list", "[".repeat(1000) + "]".repeat(1000), "schema"],
  ["null", "null", "schema"],
  ["no sequence", '{"boot":"b1","occupied":true}', "schema"],
  ["a negative sequence", '{"boot":"b1","seq":-1,"occupied":true}', "schema"],
  ["a word for a truth", '{"boot":"b1","seq":1,"occupied":"yes"}', "schema"],
  ["a time without a zone", JSON.stringify({ ...said, at: "2026-11-20T08:00:00" }), "schema"],
  ["a confidence of seven", JSON.stringify({ ...said, confidence: 7 }), "schema"],
  ["an endless boot", JSON.stringify({ ...said, boot: "b".repeat(65) }), "schema"],
  ["a whole book", JSON.stringify({ ...said, book: "b".repeat(3000) }), "schema"],
])("%s is refused, with its reason", (_what, payload, reason) => {
  expect(read(payload)).toEqual({ refused: reason });
});

test("whatever bytes come, the answer is a message or a reason", () => {
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array(), fc.json()), (payload) => {
      const answer = read(payload);
      expect("message" in answer || "refused" in answer).toBe(true);
    }),
  );
});
