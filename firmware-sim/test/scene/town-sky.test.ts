import type { Instant } from "@gatehouse/shared/time";
import { sunOver } from "../../src/scene/sun-path.ts";
import { TownHeaven } from "../../src/scene/town-sky.ts";
import { describe, expect, test } from "vitest";

const at = (iso: string): Instant => Date.parse(iso) as Instant;
const berlin = { latitude: 52.52, longitude: 13.4 };
const degrees = (radians: number): number => (radians * 180) / Math.PI;

describe("the sun", () => {
  // Heights from the almanac: 90° − latitude ± 23.4° at noon of the solstices.
  test.each([
    ["Berlin at midsummer noon", berlin, "2026-06-21T11:08:00Z", 60.9],
    ["Berlin at midwinter noon", berlin, "2026-12-21T11:04:00Z", 14],
    ["Berlin at an equinox noon", berlin, "2026-03-20T11:14:00Z", 37.5],
    ["the equator at an equinox noon", { latitude: 0, longitude: 0 }, "2026-03-20T12:07:00Z", 90],
    ["Berlin at midsummer midnight", berlin, "2026-06-21T23:08:00Z", -14.1],
  ])("stands as high as it does over %s", (_, site, iso, height) => {
    const { height: found, towards } = sunOver(site, at(iso));
    expect(Math.abs(degrees(found) - height)).toBeLessThan(1.5);
    expect(Math.hypot(...towards)).toBeCloseTo(1, 9);
  });

  test("rises in the east, stands in the south and sets in the west", () => {
    const [east, south, west] = ["05:00", "11:08", "18:00"].map(
      (time) => sunOver(berlin, at(`2026-06-21T${time}:00Z`)).towards,
    );
    expect(east?.[0]).toBeGreaterThan(0.5);
    expect(south?.[1]).toBeLessThan(-0.4);
    expect(west?.[0]).toBeLessThan(-0.5);
  });
});

describe("the town's sky", () => {
  const heaven = new TownHeaven(berlin, 7, [[0, 0, 6]]);

  test("lights the lamps at night and puts them out by day", () => {
    expect(heaven.skyAt(at("2026-06-21T23:00:00Z"))).toMatchObject({ lightName: "night" });
    expect(heaven.skyAt(at("2026-06-21T23:00:00Z")).light.lamps).toHaveLength(1);
    expect(heaven.skyAt(at("2026-06-21T11:00:00Z")).light.lamps).toHaveLength(0);
  });

  test("is the same for the same seed, and goes over from one weather to the next", () => {
    const again = new TownHeaven(berlin, 7, []);
    const other = new TownHeaven(berlin, 8, []);
    const moments = Array.from(
      { length: 48 },
      (_, i) => at("2026-06-21T00:00:00Z") + i * 1_800_000,
    );
    const clouds = (of: TownHeaven) =>
      moments.map((moment) => of.weatherAt(moment as Instant).cloud);
    expect(clouds(again)).toEqual(clouds(heaven));
    expect(clouds(other)).not.toEqual(clouds(heaven));
    const steps = clouds(heaven).map((cloud, i, all) => Math.abs(cloud - (all[i - 1] ?? cloud)));
    // Half an hour is a sixth of the way to the next weather.
    expect(Math.max(...steps)).toBeLessThan(0.18);
  });

  test("brings snow in winter and rain in summer", () => {
    const falls = (month: string, what: "rain" | "snow"): number =>
      Array.from({ length: 240 }, (_, i) => at(`2026-${month}-01T00:00:00Z`) + i * 3 * 3_600_000)
        .map((moment) => heaven.weatherAt(moment as Instant)[what])
        .reduce((sum, amount) => sum + amount, 0);
    expect(falls("01", "snow")).toBeGreaterThan(1);
    expect(falls("07", "rain")).toBeGreaterThan(1);
    expect(falls("07", "snow")).toBe(0);
  });
});
