import { type Instant, isoOf } from "@gatehouse/shared/time";
import { expect, test } from "vitest";
import { quietUntil } from "../../../src/domain/notify/quiet-hours.ts";

const at = (iso: string): Instant => Date.parse(iso) as Instant;
const end = (
  iso: string,
  from: string,
  until: string,
  zone = "Europe/Berlin",
): string | undefined => {
  const moment = quietUntil(at(iso), { from, until }, zone);
  return moment === undefined ? undefined : isoOf(moment);
};

test.each([
  ["in the evening, until the next morning", "2026-11-20T22:00:00Z", "2026-11-21T05:30:00.000Z"],
  [
    "in the small hours, until the same morning",
    "2026-11-21T03:00:00Z",
    "2026-11-21T05:30:00.000Z",
  ],
  ["from its very first minute", "2026-11-20T21:00:00Z", "2026-11-21T05:30:00.000Z"],
  ["no longer at its end", "2026-11-21T05:30:00Z", undefined],
  ["not by day", "2026-11-20T12:00:00Z", undefined],
])("a night from ten to half past six is quiet %s", (_, iso, expected) => {
  expect(end(iso, "22:00", "06:30")).toBe(expected);
});

test("quiet hours by day are those of one day", () => {
  expect(end("2026-11-20T11:30:00Z", "12:00", "13:00")).toBe("2026-11-20T12:00:00.000Z");
  expect(end("2026-11-20T12:30:00Z", "12:00", "13:00")).toBeUndefined();
});

test("the night in which summer time ends is an hour longer", () => {
  expect(end("2026-10-24T21:00:00Z", "22:00", "06:30")).toBe("2026-10-25T05:30:00.000Z");
  expect(end("2026-10-24T21:00:00Z", "22:00", "06:30", "UTC")).toBeUndefined();
});

test("two times that are the same are no quiet hours", () => {
  expect(end("2026-11-20T12:00:00Z", "08:00", "08:00")).toBeUndefined();
});
