import { readFileSync } from "node:fs";
import { instantOf } from "@gatehouse/shared/time";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { noTestData, testData } from "../../../../shared/test/test-data.ts";
import { readEnvelope } from "../../../src/adapters/sensor/envelope.ts";

interface Published {
  readonly [server: string]: Readonly<Record<string, unknown>>;
}

const file = testData("formats/lorawan-envelopes.json");

describe.skipIf(file === undefined)(`published envelopes (${file ?? noTestData})`, () => {
  const published = file === undefined ? {} : (JSON.parse(readFileSync(file, "utf8")) as Published);
  const { vectors = [] } = published as unknown as {
    vectors?: { from: string; expect: Record<string, unknown> | null }[];
  };
  const exampleOf = (from: string): unknown => {
    const [server = "", part = "example"] = from.split(".");
    const example = published[server]?.[part] as { json?: unknown };
    return example.json ?? example;
  };

  /** What the example says of its radio frame, as its vector is written; null: it is no frame. */
  const frameOf = (from: string): object | null => {
    const envelope = readEnvelope(exampleOf(from));
    if (envelope.kind !== "uplink") return null;
    const { bytes, ...rest } = envelope.uplink;
    return { ...rest, hex: bytes.toString("hex") };
  };

  const ofFrames = vectors.filter((vector) => vector.expect !== null);
  test.each(ofFrames)("$from", ({ from, expect: expected }) => {
    expect(frameOf(from)).toMatchObject(expected ?? {});
  });

  test.each(vectors.filter((vector) => vector.expect === null))("$from is no frame", ({ from }) => {
    expect(frameOf(from)).toBeNull();
  });
});

const chirpStack = (change: object) =>
  readEnvelope({
    deduplicationId: "9ffbc7be-916a-4597-9d64-0713a3d5e030",
    time: "2026-03-01T08:48:38.863512345+00:00",
    deviceInfo: { devEui: "A81758FFFE0A1B2C" },
    devAddr: "01ab23cd",
    fCnt: 3,
    fPort: 1,
    data: "AQ==",
    rxInfo: [
      { rssi: -103, snr: -4.2 },
      { rssi: -87, snr: 9.5 },
    ],
    ...change,
  });
const thingsStack = (change: object, uplink: object = {}) =>
  readEnvelope({
    end_device_ids: { device_id: "bay-017", dev_eui: "A81758FFFE0A1B2C", dev_addr: "01AB23CD" },
    received_at: "2026-03-01T08:48:38.912Z",
    uplink_message: { f_port: 1, f_cnt: 3, frm_payload: "AQ==", ...uplink },
    ...change,
  });

test("the gateway that heard best tells how well, and the time keeps its milliseconds", () => {
  expect(chirpStack({})).toMatchObject({
    kind: "uplink",
    uplink: {
      devEui: "a81758fffe0a1b2c",
      rssi: -87,
      snr: 9.5,
      at: instantOf("2026-03-01T08:48:38.863Z"),
    },
  });
});

test("ChirpStack 4 and The Things Stack name the same session of a device alike", () => {
  expect(chirpStack({})).toMatchObject({ uplink: { session: "01ab23cd" } });
  expect(thingsStack({})).toMatchObject({ uplink: { session: "01ab23cd" } });
});

test("what is 0 may be left out", () => {
  const { fPort: _port, ...rest } = { fPort: undefined, fCnt: undefined };
  expect(chirpStack({ ...rest })).toMatchObject({ uplink: { fCnt: 0, fPort: 1 } });
  expect(thingsStack({}, { f_cnt: undefined })).toMatchObject({ uplink: { fCnt: 0 } });
});

test("port 0 is the network's own: it measures nothing", () => {
  const envelopes = [
    chirpStack({ fPort: 0 }),
    chirpStack({ fPort: undefined }),
    thingsStack({}, { f_port: undefined }),
  ];
  for (const envelope of envelopes) {
    expect(envelope).toMatchObject({ kind: "uplink", uplink: { bytes: Buffer.alloc(0) } });
  }
});

test("missing, null and empty data are proof of life", () => {
  for (const data of [undefined, null, ""]) {
    expect(chirpStack({ data })).toMatchObject({ uplink: { bytes: Buffer.alloc(0) } });
  }
});

test("what somebody typed into the server's console moves no space", () => {
  expect(thingsStack({ simulated: true })).toEqual({
    kind: "other",
    devEui: "a81758fffe0a1b2c",
    what: "simulated",
  });
});

test("a join is told by its topic, by its members, and by The Things Stack's own word", () => {
  const header = { deviceInfo: { devEui: "a81758fffe0a1b2c" }, devAddr: "01ab23cd" };
  expect(readEnvelope(header, "join")).toEqual({ kind: "join", devEui: "a81758fffe0a1b2c" });
  expect(readEnvelope(header)).toMatchObject({ kind: "join" });
  expect(thingsStack({ uplink_message: undefined, join_accept: {} })).toMatchObject({
    kind: "join",
  });
});

test("a status carries the battery, unless the device does not know it", () => {
  const told = { deviceInfo: { devEui: "a81758fffe0a1b2c" }, margin: 12, batteryLevel: 71.5 };
  expect(readEnvelope(told)).toMatchObject({ kind: "status", batteryPercent: 71.5 });
  expect(readEnvelope({ ...told, batteryLevelUnavailable: true }, "status")).toMatchObject({
    batteryPercent: undefined,
  });
});

test("a Milesight gateway that leaves out port and count is still read", () => {
  expect(readEnvelope({ devEUI: "24e124136b502217", data: "A2fqAA==" })).toMatchObject({
    kind: "uplink",
    uplink: { fPort: undefined, fCnt: undefined },
  });
});

test.each([
  [null, "no JSON object"],
  [[], "no JSON object"],
  ["up", "no JSON object"],
  [{}, "DevEUI"],
  [{ devEUI: "bay-17" }, "DevEUI"],
  [{ devEUI: "24e124136b502217", data: "A2fqA" }, "base64"],
  [{ devEUI: "24e124136b502217", data: "_w==" }, "base64"],
  [{ devEUI: "24e124136b502217", data: "A".repeat(400) }, "255 bytes"],
  [{ devEUI: "24e124136b502217", fPort: 300, data: "AQ==" }, "fPort"],
  [{ devEUI: "24e124136b502217", fCnt: -1, data: "AQ==" }, "fCnt"],
  [{ devEUI: "24e124136b502217", data: "AQ==", joinServerContext: {} }, "encrypted"],
  [{ end_device_ids: { device_id: "bay-017" } }, "dev_eui"],
])("%j is refused, and the answer says why", (value, why) => {
  const envelope = readEnvelope(value);
  expect(envelope.kind).toBe("refused");
  expect(envelope).toMatchObject({ why: expect.stringContaining(why) });
});

test("no JSON at all makes reading an envelope fail", () => {
  const members = fc.constantFrom(
    "deviceInfo",
    "devEUI",
    "devEui",
    "data",
    "fCnt",
    "fPort",
    "rxInfo",
    "time",
    "objectJSON",
    "end_device_ids",
    "dev_eui",
    "uplink_message",
    "frm_payload",
  );
  const json = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.constant("a81758fffe0a1b2c"),
      fc.constant("AQ=="),
      fc.jsonValue(),
      fc.dictionary(members, tie("value")),
    ),
  })).value;
  const isSaid = fc.property(json, (value) => {
    const envelope = readEnvelope(value);
    return envelope.kind !== "refused" || envelope.why !== "";
  });
  expect(fc.check(isSaid, { numRuns: 5000 }).failed).toBe(false);
});
