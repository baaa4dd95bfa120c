import { readFileSync } from "node:fs";
import { noTestData, testData } from "../../../../shared/test/test-data.ts";
import { describe, expect, test } from "vitest";
import { BadPayload } from "../../../src/adapters/sensor/codec.ts";
import { boschTps110 } from "../../../src/adapters/sensor/bosch-tps110.ts";
import { codecOf, sensorCodecs } from "../../../src/adapters/sensor/codecs.ts";
import { codecContract, survivesAnyBytes } from "./codec-contract.ts";

interface Vector {
  readonly fPort?: number;
  readonly hex: string;
  readonly expect: Readonly<Record<string, unknown>>;
}

const file = testData("formats/lorawan-parking-sensors.json");

const read = (model: string, hex: string, fPort?: number) => {
  const codec = codecOf(model);
  if (codec === undefined) throw new Error(`no codec ${model}`);
  return codec.read({ fPort, bytes: Buffer.from(hex, "hex") });
};

describe.skipIf(file === undefined)(`published frames (${file ?? noTestData})`, () => {
  const makes = file === undefined ? {} : (JSON.parse(readFileSync(file, "utf8")) as object);
  const vectors = Object.entries(makes).flatMap(([model, make]: [string, { vectors?: Vector[] }]) =>
    (make.vectors ?? []).map((vector) => ({ model, ...vector })),
  );

  test("each make of the published frames has its codec", () => {
    const named = new Set(vectors.map(({ model }) => model));
    expect(sensorCodecs.map(({ model }) => model).toSorted()).toEqual([...named].toSorted());
  });

  test.each(vectors)("$model reads $hex", ({ model, hex, fPort, expect: expected }) => {
    expect(read(model, hex, fPort).fields).toMatchObject(expected);
  });
});

codecContract(boschTps110, {
  reads: [
    // A heartbeat without a temperature still says whether a vehicle stands there.
    {
      hex: "00",
      fPort: 2,
      fields: { type: "heartbeat", occupied: false },
      word: { occupied: false },
    },
  ],
  refuses: [
    { hex: "01", fPort: 9, why: "fPort 9" },
    { hex: "01", why: "port is missing" },
    { hex: "", fPort: 1, why: "this one 0" },
    { hex: "0101", fPort: 1, why: "1 bytes, this one 2" },
    { hex: "2403", fPort: 3, why: "17 bytes, this one 2" },
  ],
});

test("Bosch firmware 0.23 numbers the causes of a reset from 0", () => {
  const { fields } = read("bosch_tps110", "0000000099020206006f00000017030200", 3);
  expect(fields).toMatchObject({ firmwareVersion: "0.23.3", resetCause: "system request" });
});

test("a Bosch sensor's reserved bits do not matter", () => {
  expect(read("bosch_tps110", "fe", 1).word.occupied).toBe(false);
  expect(read("bosch_tps110", "ff", 1).word.occupied).toBe(true);
});

test("a Libelium sensor that starts says nothing about its space", () => {
  const { fields, word } = read("libelium_smart_parking_v2_v3", "04001E0E7CF2D9F91E0DDF");
  expect(fields).toMatchObject({ type: "start1", firmwareVersion: 30 });
  expect(word.occupied).toBeUndefined();
});

test("a Libelium battery that must be changed is told with any frame", () => {
  const { word } = read("libelium_smart_parking_v2_v3", "C1C60014053300D90C80C8");
  expect(word).toMatchObject({ occupied: true, batteryLow: true });
});

test("what a newer firmware appends does not take away what came before", () => {
  const { fields, word } = read("pni_placepod", "1566010302015ecafebabe");
  expect(fields).toEqual({ occupied: true, battery: 3.5, unread: "cafebabe" });
  expect(word.occupied).toBe(true);
});

test("a PlacePod's count above 128 means that it has started anew", () => {
  expect(read("pni_placepod", "210081").fields).toEqual({ event: "reboot or recalibration" });
  expect(read("pni_placepod", "370020").fields).toEqual({ keepAlive: true, vehicleCount: 32 });
});

test("a radar counter of payload version 1 has its battery in per cent", () => {
  const { fields, word } = read(
    "parametric_tcr",
    "be02016412c218b800000000010600000000020b00000000011e000000000000",
    15,
  );
  expect(fields).toMatchObject({ solar_battery: 100, right_count: 4, right_avg: 14.5 });
  expect(word).toMatchObject({ counts: { left: 0, right: 4 }, batteryPercent: 100 });
});

test("a radar counter tells its settings after it has joined", () => {
  const { fields } = read(
    "parametric_tcr",
    "be020200010000000000000305a00000640000010708191a313278",
    190,
  );
  expect(fields).toMatchObject({
    device_type: "tcr_ls",
    firmware_version: "1.0.0",
    speed_class3_end: 120,
  });
});

test("a Dingtek parameter frame is no word about a space", () => {
  const { fields, word } = read(
    "dingtek_do200",
    "800002031100 0b18020a05a0003c000081".replace(" ", ""),
    3,
  );
  expect(fields).toMatchObject({
    firmware: "0.11",
    uploadInterval: 24,
    ultraDetectInterval: 2,
    magDetectInterval: 10,
    magThreshold: 60,
  });
  expect(word.occupied).toBeUndefined();
});

test("a tilted distance sensor says nothing about the space below it, and says why", () => {
  const { word } = read("milesight_em400_udl", "04824408050001");
  expect(word.distanceMm).toBeUndefined();
  expect(word.trouble).toContain("tilted");
});

test("an alarm of a distance sensor carries the same distance", () => {
  const { fields, word } = read("milesight_em400_udl", "848220030183670101 00".replace(" ", ""));
  expect(fields).toMatchObject({
    distance: 800,
    distanceAlarm: "threshold alarm",
    temperature: 25.7,
  });
  expect(word.distanceMm).toBe(800);
});

test.each([
  ["libelium_smart_parking_v2_v3", "006E0009", undefined, "11 bytes, this one 4"],
  ["libelium_smart_parking_v2_v3", "0f6E000900390000000000", undefined, "frame type 15"],
  ["pni_placepod", "", undefined, "empty"],
  ["pni_placepod", "cafebabe", undefined, "cafe are not known"],
  ["pni_placepod", "1566", undefined, "only 0 came"],
  ["pni_placepod", "15", undefined, "15 are not known"],
  ["pni_placepod", "156607", undefined, "neither 0 nor 1"],
  ["dingtek_do200", "800002011500000000016F0079FFB0FFF500000081", 4, "fPort 4"],
  ["dingtek_do200", "800002011500000000016F0079FFB0FFF5000000", 3, "from 80 to 81"],
  ["dingtek_do200", "800032011500000000016F0079FFB0FFF500000081", 3, "device 32"],
  ["dingtek_do200", "8000020116000000000000000000000000000000ff81", 3, "kind 01 with 22"],
  ["parametric_tcr", "be0203", 15, "payload version 3"],
  ["parametric_tcr", "be0202646412", 15, "33 bytes, not 6"],
  ["parametric_tcr", "be0202646412", 190, "27 bytes"],
  ["milesight_em400_udl", "9999", undefined, "9999 are not known"],
  ["milesight_em400_udl", "0482", undefined, "2 bytes, only 0"],
] as const)("%s refuses %s on port %s and says what is wrong", (model, hex, fPort, why) => {
  expect(() => read(model, hex, fPort)).toThrow(BadPayload);
  expect(() => read(model, hex, fPort)).toThrow(why);
});

survivesAnyBytes(sensorCodecs, 9000);
