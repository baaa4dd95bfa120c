import { expect, test } from "vitest";
import { Metrics } from "../../src/faces/metrics.ts";
import { CarPark } from "../flows/car-park.ts";

/** A line of Prometheus' text format 0.0.4: name, labels, value. */
const sample = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? (-?[0-9.e+-]+|NaN|[+-]Inf)$/;

test("a whole facility is told in Prometheus' text format, one type a name, no row twice", async () => {
  const park = await CarPark.open();
  await park.pass(130);
  const text = await new Metrics(park.facility).text();
  const lines = text.split("\n").filter((line) => line !== "");
  const types = lines
    .filter((line) => line.startsWith("# TYPE "))
    .map((line) => line.split(" ")[2]);
  expect(new Set(types).size).toBe(types.length);
  const rows = lines.filter((line) => !line.startsWith("#"));
  for (const row of rows) expect(row).toMatch(sample);
  const keys = rows.map((row) => row.slice(0, row.lastIndexOf(" ")));
  expect(new Set(keys).size).toBe(keys.length);

  const valueOf = (key: string): number =>
    Number(rows.find((row) => row.startsWith(`${key} `))?.slice(key.length + 1));
  expect(valueOf('gatehouse_lane_phase{lane_id="entry-1",phase="idle"}')).toBe(1);
  expect(valueOf('gatehouse_alerts{severity="critical"}')).toBe(0);
  expect(valueOf('gatehouse_devices{kind="bay-sensor",state="online"}')).toBe(10);
  const sensor = '{device_id="bay-A001",kind="bay-sensor"}';
  expect(valueOf(`gatehouse_device_up${sensor}`)).toBe(1);
  expect(valueOf(`gatehouse_device_last_seen_age_seconds${sensor}`)).toBeGreaterThanOrEqual(0);
  expect(valueOf("gatehouse_sync_queue_length")).toBeGreaterThanOrEqual(0);
});

test("of very many devices a bounded number has rows of its own; all of them are counted", async () => {
  const park = await CarPark.open({ spaces: 900 });
  await park.pass(70);
  const rows = park.facility.metrics();
  const up = rows.filter(({ name }) => name === "device_up");
  expect(up).toHaveLength(500);
  expect(up.map(({ labels }) => labels["device_id"])).toContain("camera-entry-1");
  const counted = rows.filter(({ name }) => name === "devices");
  expect(counted.reduce((sum, { value }) => sum + value, 0)).toBeGreaterThan(900);
});
