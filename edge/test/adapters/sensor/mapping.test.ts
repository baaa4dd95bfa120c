import { instantOf } from "@gatehouse/shared/time";
import fc from "fast-check";
import { expect, test } from "vitest";
import { parseProfile, profileNames, loadProfile } from "../../../src/adapters/profiles.ts";
import { readMapped, SensorMapping, valueAt } from "../../../src/adapters/sensor/mapping.ts";

const mapping = (change: object = {}): SensorMapping =>
  SensorMapping.parse({
    make: "Some sensor",
    occupied: { at: "/slots/0/busy", yes: ["X"], no: ["-"] },
    battery_v: { at: "power.mv", scale: 0.001 },
    temperature_c: { at: "t" },
    counter: { at: "/n" },
    time: { at: "when", unit: "s" },
    ...change,
  });

test("every mapping that ships is complete", () => {
  const names = profileNames("sensors");
  const makes = names.map((name) => loadProfile("sensors", name, SensorMapping).make);
  expect(makes).toHaveLength(names.length);
  expect(names).toContain("flat-json");
});

test("values are found by pointer or by path, scaled, and told in our words", () => {
  const message = {
    slots: [{ busy: "X" }],
    power: { mv: 3580 },
    t: "-4.5",
    n: 17,
    when: 1_772_352_000,
  };
  expect(readMapped(mapping(), message)).toEqual({
    word: { occupied: true, batteryVolts: 3.58, temperatureC: -4.5, counter: 17 },
    at: instantOf("2026-03-01T08:00:00Z"),
  });
});

test("what only describes the sensor may be missing or wrong; a word about the space may not", () => {
  expect(readMapped(mapping(), { slots: [{ busy: "-" }], t: "warm", when: "soon" })).toEqual({
    word: { occupied: false },
    at: undefined,
  });
  expect(readMapped(mapping(), { slots: [] })).toEqual({ refused: "at /slots/0/busy is nothing" });
  expect(readMapped(mapping(), { slots: [{ busy: "?" }] })).toEqual({
    refused: 'at /slots/0/busy is "?", neither yes nor no',
  });
});

test("a distance is one of the two ways to tell of a space", () => {
  const distance = mapping({ occupied: undefined, distance_mm: { at: "d[1]", scale: 10 } });
  expect(readMapped(distance, { d: [0, 83] })).toMatchObject({ word: { distanceMm: 830 } });
  expect(readMapped(distance, { d: [0, 0] })).toEqual({ refused: "at d[1] is no distance" });
});

test("a mapping with mistakes names each place and what to write", () => {
  const text = JSON.stringify({ make: "x", occupied: { at: "a..b", yes: [1], no: [0] }, hum: 1 });
  expect(() => parseProfile("ours.json", text, SensorMapping)).toThrow(
    /occupied.at: write a JSON pointer/,
  );
  expect(() => parseProfile("ours.json", '{"make":"x"}', SensorMapping)).toThrow(
    /say where it tells of its space/,
  );
});

test("a path never leads to what a message does not hold itself", () => {
  for (const path of ["/constructor/name", "__proto__", "toString", "/0/length"]) {
    expect(valueAt({}, path)).toBeUndefined();
  }
  const anything = fc.property(fc.jsonValue(), (value) => {
    const read = readMapped(mapping(), value);
    return "refused" in read ? read.refused !== "" : true;
  });
  expect(fc.check(anything, { numRuns: 2000 }).failed).toBe(false);
});
