import { readFileSync } from "node:fs";
import { noTestData, testData } from "../../../../shared/test/test-data.ts";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hikvision } from "../../../src/adapters/lpr/hikvision.ts";
import { BadPush, type Sighting } from "../../../src/adapters/lpr/push-format.ts";
import { type AlertTags, alertXml, formBody, outcomeOf, site, xmlBody } from "./push-bodies.ts";

const sightings = (xml: string): readonly Sighting[] => {
  const content = hikvision(site).read(xmlBody(xml));
  return content.kind === "sightings" ? content.sightings : [];
};
const sighting = (tags: AlertTags = {}): Sighting | undefined => sightings(alertXml(tags))[0];

const sample = testData("formats", "hikvision-anpr-push.xml");

test.skipIf(sample === undefined)(
  `a camera's own push is read whole (${sample === undefined ? noTestData : "sample"})`,
  async () => {
    const xml = readFileSync(sample ?? "", "utf8");
    const body = await formBody([
      { name: "anpr.xml", fileName: "anpr.xml", text: xml },
      { name: "licensePlatePicture.jpg", fileName: "licensePlatePicture.jpg", text: "jpeg" },
      { name: "detectionPicture.jpg", fileName: "detectionPicture.jpg", text: "jpeg" },
    ]);
    expect(hikvision(site).read(body)).toEqual({
      kind: "sightings",
      sightings: [
        {
          readId: "2024011911172144900FlERIduqg06eKsYuvLX072NugIxaHw22mHG5D5KBmWqX",
          rawPlate: "PECT600",
          confidence: 0.97,
          characterConfidences: Array.from({ length: 7 }, () => 0.99),
          candidates: [],
          vehicleClass: "car",
          vehicleColour: "white",
          direction: "reverse",
          at: Date.parse("2024-01-19T03:17:19.654Z"),
          retransmission: false,
          pictures: [],
        },
      ],
    });
  },
);

describe("the document is found", () => {
  test.each([
    ["as part anpr.xml", "anpr.xml", undefined],
    ["as part xml_file", "xml_file", undefined],
    ["by its file name", "event", "anpr.xml"],
  ])("%s, after the pictures too", async (_name, name, fileName) => {
    const body = await formBody([
      { name: "vehiclePicture.jpg", fileName: "vehiclePicture.jpg", text: "jpeg" },
      { name, text: alertXml(), ...(fileName !== undefined && { fileName }) },
    ]);
    expect(hikvision(site).read(body)).toMatchObject({
      sightings: [{ rawPlate: "BAB1234", readId: "uuid-1" }],
    });
  });

  test("or not, which is said", async () => {
    const body = await formBody([{ name: "picture.jpg", fileName: "picture.jpg", text: "jpeg" }]);
    expect(() => hikvision(site).read(body)).toThrow(/anpr\.xml or xml_file/);
  });
});

describe("firmwares differ", () => {
  test.each([
    "http://www.hikvision.com/ver20/XMLSchema",
    "http://www.isapi.org/ver20/XMLSchema",
    "http://www.std-cgi.com/ver10/XMLSchema",
  ])("in the namespace %s", (namespace) => {
    const xml = alertXml().replace("http://www.isapi.org/ver20/XMLSchema", namespace);
    expect(sightings(xml)).toMatchObject([{ rawPlate: "BAB1234" }]);
  });

  test("by a prefix that a recorder adds, declared or not", () => {
    const prefixed = alertXml().replaceAll(/<(\/?)(?=[a-zA-Z])/g, "<$1ns1:");
    expect(prefixed).toContain("<ns1:licensePlate>");
    expect(sightings(prefixed)).toMatchObject([{ rawPlate: "BAB1234", confidence: 0.97 }]);
  });

  test.each([
    ["plate", ""],
    ["plateNumber", ""],
    ["plate", "<eventType>ANPR</eventType>"],
  ])("in the old tag %s", (tag, eventType) => {
    const root = `<${tag}>BAB1234</${tag}><UUID>uuid-1</UUID>`;
    expect(sighting({ anpr: "", root, eventType })).toMatchObject({ rawPlate: "BAB1234" });
  });

  test("in the encoding of an old camera", () => {
    const xml = alertXml({ anpr: "<licensePlate>@@A12345</licensePlate>" });
    const [before = "", after = ""] = xml.replace("UTF-8", "GB2312").split("@@");
    const bytes = Buffer.concat([
      Buffer.from(before),
      Buffer.from([0xbe, 0xa9]),
      Buffer.from(after),
    ]);
    const content = hikvision(site).read({ contentType: "text/xml", bytes, path: "" });
    expect(content).toMatchObject({ sightings: [{ rawPlate: "京A12345" }] });
  });
});

describe("what the camera says", () => {
  test.each<[string, string, Partial<Sighting>]>([
    ["no plate", "<licensePlate>unknown</licensePlate>", { rawPlate: "" }],
    ["a missing plate", "<confidenceLevel>90</confidenceLevel>", { rawPlate: "" }],
    [
      "a fraction as confidence",
      "<licensePlate>A1</licensePlate><confidenceLevel>87.5</confidenceLevel>",
      { confidence: 0.875 },
    ],
    [
      "too much confidence",
      "<licensePlate>A1</licensePlate><confidenceLevel>250</confidenceLevel>",
      { confidence: 1 },
    ],
    ["no confidence", "<licensePlate>A1</licensePlate>", { confidence: 0 }],
    [
      "confidence for characters only",
      "<licensePlate>A1</licensePlate><plateCharBelieve>99,61</plateCharBelieve>",
      { confidence: 0.61, characterConfidences: [0.99, 0.61] },
    ],
    [
      "that it drives away",
      "<licensePlate>A1</licensePlate><direction>reverse</direction>",
      { direction: "reverse" },
    ],
    [
      "that it comes",
      "<licensePlate>A1</licensePlate><direction>forward</direction>",
      { direction: "forward" },
    ],
    ["no direction", "<licensePlate>A1</licensePlate>", { direction: "unknown" }],
    [
      "a bus",
      "<licensePlate>A1</licensePlate><vehicleType>bus</vehicleType>",
      { vehicleClass: "bus" },
    ],
    [
      "an SUV",
      "<licensePlate>A1</licensePlate><vehicleType>SUVMPV</vehicleType>",
      { vehicleClass: "car" },
    ],
    [
      "two wheels",
      "<licensePlate>A1</licensePlate><twoWheelVehicle>yes</twoWheelVehicle>",
      { vehicleClass: "motorcycle" },
    ],
    [
      "something new",
      "<licensePlate>A1</licensePlate><vehicleType>hovercraft</vehicleType>",
      { vehicleClass: "unknown" },
    ],
    [
      "the plate in its own script",
      "<licensePlate>A1</licensePlate><originalLicensePlate>京A1</originalLicensePlate><confidenceLevel>90</confidenceLevel>",
      { candidates: [{ plate: "京A1", confidence: 0.9 }] },
    ],
  ])("%s is taken as that", (_name, anpr, expected) => {
    expect(sighting({ anpr })).toMatchObject(expected);
  });

  test("of its characters is left out when it does not fit the plate", () => {
    const anpr = "<licensePlate>A123</licensePlate><plateCharBelieve>99,99</plateCharBelieve>";
    expect(sighting({ anpr })).not.toHaveProperty("characterConfidences");
  });

  test("of an old event after an outage is kept", () => {
    const root = "<UUID>u</UUID><isDataRetransmission>true</isDataRetransmission>";
    expect(sighting({ root })).toMatchObject({ readId: "u", retransmission: true });
  });

  test("of the country is kept where it says one", () => {
    const country = (code: string) => `<countryAbbreviation>${code}</countryAbbreviation>`;
    expect(sighting({ root: country("DEU") })).toMatchObject({ country: "DEU" });
    expect(sighting({ root: country("NON") })).not.toHaveProperty("country");
  });

  test.each([
    ["2026-11-20T14:22:33+01:00", "2026-11-20T13:22:33.000Z"],
    ["2026-11-20T13:22:33Z", "2026-11-20T13:22:33.000Z"],
    ["2026-11-20T13:22:33.250Z", "2026-11-20T13:22:33.250Z"],
  ])("of the time %s is the moment %s", (told, moment) => {
    const dateTime = `<dateTime>${told}</dateTime>`;
    expect(sighting({ dateTime })?.at).toBe(Date.parse(moment));
  });

  test("of milliseconds counts only when it is of the same second", () => {
    const picture = (time: string) =>
      `<licensePlate>A1</licensePlate><pictureInfoList><pictureInfo><absTime>${time}</absTime></pictureInfo></pictureInfoList>`;
    const second = Date.parse("2026-11-20T13:22:33Z");
    expect(sighting({ anpr: picture("20261120142233654") })?.at).toBe(second + 654);
    expect(sighting({ anpr: picture("20261120142232654") })?.at).toBe(second);
  });
});

test("a camera without ids gets one, the same for the same read", () => {
  const first = sighting({ root: "" })?.readId;
  expect(first).toMatch(/^[0-9a-f]{32}$/);
  expect(sighting({ root: "" })?.readId).toBe(first);
  const otherTime = "<dateTime>2026-11-20T14:22:34+01:00</dateTime>";
  expect(sighting({ root: "", dateTime: otherTime })?.readId).not.toBe(first);
});

test.each(["VMD", "heartBeat", "videoloss"])("an event %s is no read and no error", (event) => {
  const xml = alertXml({ eventType: `<eventType>${event}</eventType>`, anpr: "" });
  expect(hikvision(site).read(xmlBody(xml))).toEqual({ kind: "other", event });
});

const billionLaughs = `<?xml version="1.0"?>
<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;">]>
<EventNotificationAlert><eventType>ANPR</eventType><ANPR><licensePlate>&lol2;</licensePlate></ANPR></EventNotificationAlert>`;

describe("a document is refused that", () => {
  test.each([
    ["is empty", ""],
    ["is no XML", "not XML at all"],
    ["is cut", alertXml().slice(0, -20)],
    ["has crossed tags", "<EventNotificationAlert><a><b></a></b></EventNotificationAlert>"],
    ["is another one", "<html><body>no</body></html>"],
    ["laughs a billion times", billionLaughs],
    ["has a document type, though it is not used", alertXml().replace("?>", "?><!DOCTYPE a []>")],
    ["reads a file", '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'],
    [
      "uses an entity that nobody declared",
      alertXml({ anpr: "<licensePlate>&lol;</licensePlate>" }),
    ],
    ["is nested too deep", `${"<a>".repeat(100)}${"</a>".repeat(100)}`],
    ["has too many elements", `<a>${"<b/>".repeat(5000)}</a>`],
    ["is too long", alertXml({ root: `<x>${"x".repeat(300_000)}</x>` })],
    ["has no time zone", alertXml({ dateTime: "<dateTime>2026-11-20T14:22:33</dateTime>" })],
    ["has no time", alertXml({ dateTime: "" })],
    ["has no event type and no plate", alertXml({ eventType: "", anpr: "" })],
    [
      "has a plate as long as a page",
      alertXml({ anpr: `<licensePlate>${"A".repeat(33)}</licensePlate>` }),
    ],
    ["has an id as long as a page", alertXml({ root: `<UUID>${"A".repeat(201)}</UUID>` })],
    ["declares an encoding that nobody knows", alertXml().replace("UTF-8", "martian")],
  ])("%s", (_name, xml) => {
    expect(() => hikvision(site).read(xmlBody(xml))).toThrow(BadPush);
  });

  test("is not in the encoding it declares", () => {
    const bytes = Buffer.concat([Buffer.from(alertXml()), Buffer.from([0xff, 0xfe])]);
    expect(() => hikvision(site).read({ contentType: "text/xml", bytes, path: "" })).toThrow(
      BadPush,
    );
  });
});

test("a complaint never repeats what it could not read, which may be a plate", () => {
  const xml = alertXml({ anpr: "<licensePlate>SECRET42</licensePlate", root: "" });
  const refusal = (): unknown => hikvision(site).read(xmlBody(xml));
  expect(refusal).toThrow(BadPush);
  expect(refusal).not.toThrow(/SECRET42/);
});

test("a document with any one byte damaged is read or refused, never more", () => {
  const whole = Buffer.from(alertXml());
  const at = fc.integer({ min: 0, max: whole.length - 1 });
  fc.assert(
    fc.property(at, fc.integer({ min: 0, max: 255 }), (index, byte) => {
      const bytes = Buffer.from(whole);
      bytes[index] = byte;
      const body = { contentType: "text/xml", bytes, path: "" };
      expect(outcomeOf(() => hikvision(site).read(body))).toMatch(/read|refused/);
    }),
    { numRuns: 1000 },
  );
});
