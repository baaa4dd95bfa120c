import { expect, test } from "vitest";
import { dahua } from "../../../src/adapters/lpr/dahua.ts";
import { genetec } from "../../../src/adapters/lpr/genetec.ts";
import { hikvision } from "../../../src/adapters/lpr/hikvision.ts";
import { plateRecognizer } from "../../../src/adapters/lpr/platerecognizer.ts";
import type { PushContent } from "../../../src/adapters/lpr/push-format.ts";
import { rekor } from "../../../src/adapters/lpr/rekor.ts";
import { colourOf } from "../../../src/adapters/lpr/vehicle-words.ts";
import { alertXml, jsonBody, site, xmlBody } from "./push-bodies.ts";

const colourIn = (content: PushContent): string | undefined =>
  content.kind === "sightings" ? content.sightings[0]?.vehicleColour : "no read";

test.each([
  ["White", "white"],
  ["gray", "grey"],
  ["silver-gray", "silver"],
  ["unknown", undefined],
  ["other", undefined],
  ["", undefined],
  [undefined, undefined],
])("the colour %j is %j", (told, ours) => {
  expect(colourOf(told).vehicleColour).toBe(ours);
});

test("a colour in a shape that nobody knows takes no read away", () => {
  const group = { data_type: "alpr_group", epoch_start: 1_700_000_000_000, best_uuid: "uuid-1" };
  const read = rekor().read(jsonBody({ ...group, vehicle: { color: "red" } }));
  expect(read).toMatchObject({ kind: "sightings", sightings: [{ readId: "uuid-1" }] });
  expect(colourIn(read)).toBeUndefined();
});

test("each make tells the colour of the vehicle in its own place", () => {
  const anpr =
    "<licensePlate>BAB1234</licensePlate><vehicleInfo><color>black</color></vehicleInfo>";
  expect(colourIn(hikvision(site).read(xmlBody(alertXml({ anpr }))))).toBe("black");

  const picture = {
    Plate: { IsExist: true, PlateNumber: "BAB1234", Confidence: 88 },
    Vehicle: { VehicleType: "Car", VehicleColor: "Red" },
    SnapInfo: { AccurateTime: "2026-11-20 14:22:33.123", TimeZone: 1 },
  };
  expect(colourIn(dahua(site).read(jsonBody({ Picture: picture })))).toBe("red");

  const group = {
    data_type: "alpr_group",
    epoch_start: 1_700_000_000_000,
    best_uuid: "uuid-1",
    best_plate_number: "A13709",
    vehicle: {
      color: [
        { name: "gold-beige", confidence: 10 },
        { name: "silver-gray", confidence: 80 },
      ],
    },
  };
  expect(colourIn(rekor().read(jsonBody(group)))).toBe("silver");

  const results = [
    {
      plate: "bab1234",
      score: 0.9,
      color: [
        { color: "red", score: 0.3 },
        { color: "blue", score: 0.6 },
      ],
    },
  ];
  const data = { camera_id: "cam", timestamp: "2026-11-20T13:22:33Z", results };
  expect(colourIn(plateRecognizer(site).read(jsonBody({ data })))).toBe("blue");

  const read = {
    Plate: "ABC123",
    DateUtc: "20/11/2026",
    TimeUtc: "13:22:33",
    Attributes: { "Vehicle Color": "Green" },
  };
  expect(colourIn(genetec(site).read(jsonBody(read)))).toBe("green");
});
