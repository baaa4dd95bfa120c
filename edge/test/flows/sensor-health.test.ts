import { SeededRandom } from "@gatehouse/firmware-sim/seeded-random";
import { VirtualClock } from "@gatehouse/firmware-sim/virtual-clock";
import { spacesOf } from "@gatehouse/shared/contracts/facility";
import type { SensorHealth } from "@gatehouse/shared/ports/sensor-feed";
import { hours, minutes, seconds } from "@gatehouse/shared/time";
import { expect, test } from "vitest";
import { Counters } from "../../src/flows/counters.ts";
import { OccupancyFlow } from "../../src/flows/occupancy.ts";
import { SensorHealthFlow } from "../../src/flows/sensor-health.ts";
import { listOpenAlerts } from "../../src/store/alerts.ts";
import { Book } from "../../src/store/book.ts";
import { listSpaces } from "../../src/store/spaces.ts";
import { morning } from "./car-park.ts";
import { smallSite } from "./small-site.ts";

const deps = (book = new Book(":memory:")) => ({
  book,
  clock: new VirtualClock(morning),
  random: new SeededRandom(1),
  counters: new Counters(),
});
const health = (known: Partial<SensorHealth>): SensorHealth => ({
  sensorId: "a81758fffe0a1b2c",
  make: "Bosch TPS110",
  lastSeen: morning,
  lostFrames: 0,
  restarts: 0,
  ...known,
});
const opened = (book: Book) =>
  listOpenAlerts(book).map(({ alertType, subject }) => `${alertType} ${subject}`);

test("a battery that must be changed is one alert, which a new battery ends", async () => {
  const parts = deps();
  const flow = new SensorHealthFlow(parts);
  await flow.start();
  for (const batteryPercent of [12, 11, 10]) {
    flow.hear(health({ batteryPercent, batteryLow: true, space: "A001" }));
  }
  expect(opened(parts.book)).toEqual(["sensor-battery-low a81758fffe0a1b2c"]);
  expect(listOpenAlerts(parts.book)[0]?.details).toEqual({ space: "A001", battery_pct: 12 });
  flow.hear(health({ batteryPercent: 100, batteryLow: false }));
  expect(opened(parts.book)).toEqual([]);
});

test("after a restart the alert stands until the sensor speaks of its battery again", async () => {
  const parts = deps();
  const before = new SensorHealthFlow(parts);
  await before.start();
  before.hear(health({ batteryLow: true }));
  const after = new SensorHealthFlow(parts);
  await after.start();
  after.hear(health({}));
  expect(opened(parts.book)).toHaveLength(1);
  after.hear(health({ batteryLow: false }));
  expect(opened(parts.book)).toHaveLength(0);
});

test("a space's row tells battery, temperature and radio of its sensors", async () => {
  const parts = deps();
  const flow = new SensorHealthFlow(parts);
  const occupancy = new OccupancyFlow({
    ...parts,
    facilityId: "small",
    spaces: spacesOf(smallSite(4)),
    feeds: [],
    hold: seconds(0),
    stale: minutes(60),
    staleOf: new Map([["a81758fffe0a1b2c", hours(25)]]),
    healthOf: (id) => flow.of(id),
    changed: () => {},
  });
  await occupancy.start();
  flow.hear(health({ batteryVolts: 3.6, temperatureC: -2, rssi: -87, lostFrames: 3 }));
  occupancy.observe([
    {
      spaceId: "A001",
      source: "sensor",
      sourceId: "a81758fffe0a1b2c",
      boot: "b",
      sequence: 1,
      occupied: true,
      confidence: 0.97,
      at: morning,
    },
  ]);
  await parts.clock.advance(seconds(1));
  const space = listSpaces(parts.book).find(({ spaceId }) => spaceId === "A001");
  expect(space?.sensorData).toEqual({
    sources: ["a81758fffe0a1b2c"],
    sensors: {
      a81758fffe0a1b2c: { battery_v: 3.6, temperature_c: -2, rssi_dbm: -87, lost_frames: 3 },
    },
  });
  // Others are silent after an hour; a sensor that speaks once a day is not.
  await parts.clock.advance(hours(20));
  expect(occupancy.one("A001")?.status).toBe("occupied");
  await parts.clock.advance(hours(6));
  expect(occupancy.one("A001")?.status).toBe("unknown");
});
