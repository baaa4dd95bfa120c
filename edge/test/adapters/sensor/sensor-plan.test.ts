import { FacilityConfig } from "@gatehouse/shared/contracts/facility";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { DeviceConfigError } from "../../../src/adapters/device-config-error.ts";
import { planSensors } from "../../../src/adapters/sensor/sensor-plan.ts";
import { smallSite } from "../../flows/small-site.ts";

const own = (): string => {
  const folder = mkdtempSync(join(tmpdir(), "gh-profiles-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, "sensors"));
  return folder;
};
const plan = (sensors: object[], profiles = "/nowhere") =>
  planSensors(FacilityConfig.parse({ ...smallSite(4), sensors }), profiles);
const complaints = (sensors: object[], profiles?: string): string[] => {
  try {
    plan(sensors, profiles);
    return [];
  } catch (error) {
    if (!(error instanceof DeviceConfigError)) throw error;
    return error.complaints.map(({ path, message }) => `${path}: ${message}`);
  }
};

test("plain sensors of the zones come first, then those that are named; a DevEUI is lower case", () => {
  const [first, ...rest] = plan([{ id: "A81758FFFE0A1B2C", model: "bosch_tps110", space: "A001" }]);
  expect(first).toMatchObject({ id: "bay-A001", spaceId: "A001", reader: { kind: "plain" } });
  expect(rest.at(-1)).toMatchObject({
    id: "a81758fffe0a1b2c",
    make: "Bosch TPS110",
    spaceId: "A001",
    silentAfterH: 25,
  });
});

test("a make that is asked for what it cannot do is told so, all at once", () => {
  const eui = (index: number): string => `a81758fffe0a1b0${index}`;
  expect(
    complaints([
      { id: eui(1), model: "parametric_tcr", space: "A001" },
      { id: eui(2), model: "bosch_tps110" },
      { id: eui(3), model: "milesight_em400_udl", space: "A001" },
      { id: "front-left", model: "pni_placepod", space: "A001" },
      { id: eui(5), model: "flat-distance", space: "A002" },
      { id: eui(6), model: "bosch", space: "A002" },
    ]),
  ).toEqual([
    "sensors[0].counter: this make counts: write counter: { zone, into }",
    "sensors[1].space: write the number of the space that it watches",
    expect.stringContaining("sensors[2].occupied_below_mm: this sensor measures a distance"),
    expect.stringContaining("sensors[3].id: a LoRaWAN sensor is known by its DevEUI"),
    expect.stringContaining("sensors[4].occupied_below_mm"),
    expect.stringMatching(
      /^sensors\[5\]\.model: there is no model "bosch": write plain, bosch_tps110/,
    ),
  ]);
});

test("a site's own mapping comes before ours of the same name, and its mistakes are named", () => {
  const profiles = own();
  const file = join(profiles, "sensors/flat-json.json");
  const sensor = { id: "one", model: "flat-json", space: "A001" };
  writeFileSync(file, '{"make":"Ours","occupied":{"at":"/o","yes":[1],"no":[0]}}');
  expect(plan([sensor], profiles).at(-1)).toMatchObject({ make: "Ours" });
  writeFileSync(file, '{"make":"Ours"');
  expect(complaints([sensor], profiles)[0]).toMatch(
    /^sensors\[0\]\.model: .*flat-json.json is not JSON/,
  );
});
