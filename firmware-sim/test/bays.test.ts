import { expect, test } from "vitest";
import { type Bay, Bays } from "../src/bays.ts";
import { SeededRandom } from "../src/seeded-random.ts";

function floor() {
  const told: string[] = [];
  const bay = (spaceId: string, type: Bay["type"]): Bay => ({
    spaceId,
    type,
    sensor: { set: (occupied) => void told.push(`${spaceId} ${occupied ? "taken" : "free"}`) },
  });
  const all = [bay("A1", "standard"), bay("M1", "motorcycle"), bay("O1", "oversize")];
  return { bays: new Bays(all), all, told, random: new SeededRandom(1) };
}

test("each class finds its own kind of space first", () => {
  const { bays, random } = floor();
  expect(bays.choose(random, "motorcycle")?.spaceId).toBe("M1");
  expect(bays.choose(random, "truck")?.spaceId).toBe("O1");
});

test("when its kind is taken a driver takes what fits, and never a motorcycle's space with a car", () => {
  const { bays, all, random } = floor();
  for (const bay of all) if (bay.spaceId !== "M1") bays.set(bay, true);
  expect(bays.choose(random, "car")).toBeUndefined();
  expect(bays.choose(random, "motorcycle")?.spaceId).toBe("M1");
  for (const bay of all) bays.set(bay, bay.spaceId === "M1");
  expect(bays.choose(random, "motorcycle")).toBeDefined();
});

test("the truth is told before the sensor knows", () => {
  const { bays, all, told } = floor();
  bays.onChange((spaceId, occupied) => told.push(`truth ${spaceId} ${String(occupied)}`));
  for (const bay of all.slice(0, 1)) bays.set(bay, true);
  expect(told).toEqual(["truth A1 true", "A1 taken"]);
  expect(bays.isTaken("A1")).toBe(true);
  expect(bays.takenCount).toBe(1);
});
