import { describe, expect, test } from "vitest";
import { junctionsIn, junctionSighting } from "../../../src/adapters/lpr/dahua-event.ts";
import { readFrigate } from "../../../src/adapters/lpr/frigate.ts";
import { hikvisionList } from "../../../src/adapters/lpr/hikvision-list.ts";
import { lilin } from "../../../src/adapters/lpr/lilin.ts";
import { boundaryIn, MultipartStream } from "../../../src/adapters/lpr/multipart-stream.ts";
import { BadPush } from "../../../src/adapters/lpr/push-format.ts";
import { site } from "./push-bodies.ts";

describe("Hikvision's list", () => {
  const list = hikvisionList(site, 1);
  const plates = (...entries: string[]): Buffer =>
    Buffer.from(
      `<Plates xmlns="http://www.isapi.org/ver20/XMLSchema">${entries.join("")}</Plates>`,
    );

  test("keeps a picture's name as it is: it has more digits than a number", () => {
    const entry = `<Plate><captureTime>20200424T1616270000</captureTime><plateNumber>AB12CDE</plateNumber><picName>202004241616278800</picName><country>GBR</country><laneNo>1</laneNo><direction>forward</direction></Plate>`;
    expect(list.read(plates(entry))).toMatchObject([
      {
        place: "202004241616278800",
        sighting: {
          readId: "202004241616278800",
          rawPlate: "AB12CDE",
          country: "GBR",
          direction: "forward",
          at: Date.parse("2020-04-24T16:16:27+02:00"),
        },
      },
    ]);
    expect(list.ask("202004241616278800").body).toContain("<picTime>202004241616278800</picTime>");
  });

  test.each([
    ["<Plate><picName>soon</picName></Plate>"],
    ["<Plate><plateNumber>A1</plateNumber></Plate>"],
    ["<Plate><picName>20200424161627</picName><captureTime>never</captureTime></Plate>"],
  ])("refuses %s", (entry) => {
    expect(() => list.read(plates(entry))).toThrow(BadPush);
  });

  test("an answer without anything is none", () => {
    expect(list.read(Buffer.alloc(0))).toEqual([]);
    expect(list.read(plates())).toEqual([]);
  });
});

test("LILIN counts microseconds, in texts", () => {
  const log = {
    LPR_COUNT: 1,
    INFORMATION: [
      {
        INDEX: 1,
        TS: "1523329437899288",
        CAR_ID: "44",
        LPR: "30U9874",
        ACT_PARAM: "denial",
        THRESHOLD: "0.795461475849152",
        COUNTRY: "TUR",
      },
    ],
  };
  expect(lilin().read(Buffer.from(JSON.stringify(log)))).toMatchObject([
    {
      place: "1523329437899288",
      sighting: {
        rawPlate: "30U9874",
        confidence: 0.795461475849152,
        country: "TUR",
        at: Date.parse("2018-04-10T03:03:57.899Z"),
      },
    },
  ]);
});

describe("Dahua's events", () => {
  const lines = (...more: string[]): Buffer =>
    Buffer.from(
      [
        "Events[0].Code=TrafficJunction",
        "Events[0].UTC=1670842479",
        "Events[0].UTCMS=123",
        "Events[0].JunctionDirection=Reverse",
        "Events[0].TrafficCar.PlateNumber=AC00003",
        ...more,
      ].join("\r\n"),
    );
  const sightingIn = (bytes: Buffer, clock: "utc" | "local" = "utc") => {
    const [fields] = junctionsIn(bytes);
    return junctionSighting(fields ?? new Map(), site, clock);
  };

  test("as lines of keys and values", () => {
    expect(sightingIn(lines())).toMatchObject({
      rawPlate: "AC00003",
      direction: "reverse",
      confidence: 1,
      at: 1_670_842_479_123,
    });
    expect(sightingIn(lines("Events[0].Object.Confidence=204")).confidence).toBe(0.8);
  });

  test("as JSON in one line", () => {
    const data = {
      TrafficCar: { PlateNumber: "AC00003" },
      UTC: 1_670_842_479,
      JunctionDirection: "Obverse",
    };
    const text = `Code=TrafficJunction;action=Pulse;index=0;data=${JSON.stringify(data, null, 1)}`;
    expect(sightingIn(Buffer.from(text))).toMatchObject({
      rawPlate: "AC00003",
      direction: "forward",
    });
  });

  test("where the camera counts from local midnight, the configuration says so", () => {
    const counted = Date.parse("2026-07-01T14:22:33Z") / 1000;
    const event = Buffer.from(
      `Events[0].EventBaseInfo.Code=TrafficJunction\nEvents[0].UTC=${counted}\nEvents[0].TrafficCar.PlateNumber=A1`,
    );
    expect(sightingIn(event, "local").at).toBe(Date.parse("2026-07-01T14:22:33+02:00"));
  });

  test.each([
    ["Heartbeat"],
    ["Events[0].Code=VideoMotion\r\nEvents[0].TrafficCar.PlateNumber=A1"],
    ["Code=TrafficJunction;action=Stop;index=0"],
    ["Code=VideoMotion;action=Start;index=0;data={}"],
    [""],
  ])("%j is no read", (text) => {
    expect(junctionsIn(Buffer.from(text))).toEqual([]);
  });

  test("one without a time, and JSON that is none, are refused", () => {
    expect(() => sightingIn(Buffer.from("Events[0].Code=TrafficJunction"))).toThrow(BadPush);
    const broken = Buffer.from("Code=TrafficJunction;action=Pulse;index=0;data={broken");
    expect(() => junctionsIn(broken)).toThrow(BadPush);
  });
});

describe("a stream of parts", () => {
  const whole = Buffer.from(
    "\r\n--myboundary\r\nContent-Type: text/plain\r\nContent-Length: 9\r\n\r\nHeartbeat\r\n" +
      "--myboundary\r\nContent-Type: image/jpeg\r\n\r\njpeg--bytes\r\n--myboundary\r\nContent-Type: text/plain\r\n\r\nx",
  );

  test.each([1, 2, 3, 7, 64, 10_000])("comes whole in pieces of %d bytes", (size) => {
    const stream = new MultipartStream("myboundary");
    const parts = [];
    for (let at = 0; at < whole.length; at += size) {
      parts.push(...stream.feed(whole.subarray(at, at + size)));
    }
    expect(parts.map(({ type, body }) => [type, body.toString()])).toEqual([
      ["text/plain", "Heartbeat"],
      ["image/jpeg", "jpeg--bytes"],
    ]);
  });

  test("that has no end is given up, not kept", () => {
    const stream = new MultipartStream("b");
    stream.feed(Buffer.from("--b\r\nContent-Type: image/jpeg\r\n\r\n"));
    const chunk = Buffer.alloc(1024 * 1024);
    expect(() => {
      for (let each = 0; each < 10; each += 1) stream.feed(chunk);
    }).toThrow(BadPush);
    expect(() =>
      new MultipartStream("b").feed(Buffer.from("--b\r\nContent-Length: 99999999\r\n\r\n")),
    ).toThrow(BadPush);
  });

  test("is one by its content type", () => {
    expect(boundaryIn("multipart/x-mixed-replace; boundary=myboundary")).toBe("myboundary");
    expect(boundaryIn('multipart/x-mixed-replace;boundary="--b"')).toBe("--b");
    expect(boundaryIn("text/html")).toBeUndefined();
  });
});

describe("Frigate", () => {
  const event = (type: string, after: object) =>
    readFrigate(
      "frigate/events",
      Buffer.from(
        JSON.stringify({ type, before: {}, after: { id: "1.2-abc", camera: "north", ...after } }),
      ),
    );

  test("an update of a plate, and the vehicle's own events", () => {
    const update = { type: "lpr", id: "1.2-abc", plate: "AB1", score: 0.9, camera: "north" };
    const payload = Buffer.from(JSON.stringify({ ...update, timestamp: 1_700_000_000.5 }));
    expect(readFrigate("frigate/tracked_object_update", payload)).toMatchObject({
      id: "1.2-abc",
      plate: { text: "AB1", score: 0.9, at: 1_700_000_000_500 },
    });
    expect(
      event("update", { label: "car", current_zones: ["lane"], entered_zones: ["street"] }),
    ).toMatchObject({ zones: ["lane", "street"], plate: undefined, isOver: false });
    expect(
      event("end", { recognized_license_plate: ["AB1", 0.8], frame_time: 1_700_000_000 }),
    ).toMatchObject({ plate: { text: "AB1", score: 0.8 }, isOver: true });
  });

  test("other topics, descriptions and false positives tell of no vehicle", () => {
    expect(readFrigate("frigate/north/car", Buffer.from("2"))).toBeUndefined();
    expect(event("new", { false_positive: true })).toBeUndefined();
    const face = Buffer.from(JSON.stringify({ type: "face", id: "1", name: "x" }));
    expect(readFrigate("frigate/tracked_object_update", face)).toBeUndefined();
    expect(() => readFrigate("frigate/events", Buffer.from("{"))).toThrow(BadPush);
  });
});
