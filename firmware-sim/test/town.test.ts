import { minorUnits } from "@gatehouse/shared/money";
import type { PlateRead } from "@gatehouse/shared/ports/credential-reader";
import { type Duration, hours, type Instant, minutes } from "@gatehouse/shared/time";
import { describe, expect, test } from "vitest";
import type { Habits } from "../src/cars.ts";
import { buildMemorySite, type MemoryLane, type MemorySite } from "../src/devices/memory-site.ts";
import { SeededRandom } from "../src/seeded-random.ts";
import { Town } from "../src/town.ts";
import { VirtualClock } from "../src/virtual-clock.ts";

const halfPastSeven = Date.UTC(2026, 0, 5, 6, 30) as Instant;
const plain: Habits = {
  misreads: 0,
  backOuts: 0,
  tailgates: 0,
  declinedCards: 0,
  cancelledCards: 0,
};
const everyday: Habits = {
  misreads: 0.04,
  backOuts: 0.02,
  tailgates: 0.004,
  declinedCards: 0.03,
  cancelledCards: 0.01,
};

interface Scene {
  readonly seed?: number;
  readonly habits?: Habits;
  readonly demand?: number;
  readonly from?: Instant;
  readonly keeper?: (site: MemorySite, lane: MemoryLane, read: PlateRead) => Promise<void>;
}

/** A car park whose keeper opens for everyone and takes 2.50 at the exit. */
function carPark({
  seed = 1,
  habits = everyday,
  demand = 1,
  from = halfPastSeven,
  keeper = open,
}: Scene) {
  const clock = new VirtualClock(from);
  const random = new SeededRandom(seed);
  const site = buildMemorySite({
    clock,
    townClock: clock,
    random: random.fork("devices"),
    lanes: [
      { laneId: "entry-1", direction: "entry" },
      { laneId: "entry-2", direction: "entry" },
      { laneId: "exit-1", direction: "exit" },
      { laneId: "exit-2", direction: "exit" },
    ],
    spaces: Array.from({ length: 120 }, (_, index) => ({
      spaceId: `A${String(index + 1).padStart(3, "0")}`,
      type: index < 6 ? ("motorcycle" as const) : ("standard" as const),
    })),
  });
  for (const lane of site.lanes) {
    lane.reader.onRead((read) => {
      void keeper(site, lane, read);
      return { kind: "open", decisionId: read.readId };
    });
    void lane.reader.start();
  }
  const help: string[] = [];
  const town = new Town({
    clock,
    random: random.fork("town"),
    lanes: site.lanes.map(({ site: laneSite }) => laneSite),
    bays: site.bays,
    timeZone: "Europe/Berlin",
    demand,
    habits,
    stay: { median: minutes(12), sigma: 0.55 },
    onHelp: ({ site: { laneId } }) => help.push(laneId),
  });
  return { clock, site, town, help };
}

async function open(_site: MemorySite, lane: MemoryLane, read: PlateRead): Promise<void> {
  if (lane.terminal !== undefined) {
    const request = { paymentId: read.readId, amount: minorUnits(250), currency: "EUR" };
    for (let tries = 0; tries < 3; tries++) {
      const answer = await lane.terminal.charge(request, () => {}).catch(() => undefined);
      if (answer === undefined) return;
      if (answer.kind === "captured") break;
    }
  }
  await lane.gate.open(read.readId);
}

const forty = minutes(40);

describe("forty minutes from half past seven", () => {
  test.each([1, 2, 3, 4, 5])("bring at least 110 cars in and 70 out (seed %i)", async (seed) => {
    const { clock, town } = carPark({ seed });
    town.open();
    await clock.advance(forty);
    expect(town.truth.carsIn).toBeGreaterThanOrEqual(110);
    expect(town.truth.carsOut).toBeGreaterThanOrEqual(70);
    expect(town.truth.inside).toHaveLength(town.truth.carsIn - town.truth.carsOut);
  });

  test("are the same for the same seed and others for another", async () => {
    const visits = async (seed: number) => {
      const { clock, town } = carPark({ seed });
      town.open();
      await clock.advance(forty);
      return [...town.truth.ended, ...town.truth.inside];
    };
    const first = await visits(7);
    expect(await visits(7)).toEqual(first);
    expect(await visits(8)).not.toEqual(first);
  });
});

test("stays have a median of about twelve minutes, and cars of all four classes come", async () => {
  const { clock, town } = carPark({ habits: plain });
  town.open();
  await clock.advance(hours(12));
  const stays = town.truth.ended.map(
    ({ enteredSteady, leftSteady }) => ((leftSteady ?? 0) - enteredSteady) as Duration,
  );
  const median = stays.toSorted((a, b) => a - b)[Math.floor(stays.length / 2)] ?? 0;
  expect(stays.length).toBeGreaterThan(1000);
  expect(median).toBeGreaterThan(minutes(12));
  expect(median).toBeLessThan(minutes(16));
  const classes = new Set(town.truth.ended.map(({ vehicleClass }) => vehicleClass));
  expect([...classes].toSorted()).toEqual(["bus", "car", "motorcycle", "truck"]);
});

test("nights are quiet: rush hour follows the civil time of the place", async () => {
  const night = carPark({ from: Date.UTC(2026, 0, 5, 1, 0) as Instant });
  night.town.open();
  await night.clock.advance(hours(1));
  const rush = carPark({});
  rush.town.open();
  await rush.clock.advance(hours(1));
  expect(night.town.truth.arrived).toBeLessThan(20);
  expect(rush.town.truth.arrived).toBeGreaterThan(150);
});

test("money at the terminals is what the drivers paid, and every free space is free", async () => {
  const { clock, site, town } = carPark({ habits: plain });
  town.open();
  await clock.advance(hours(3));
  town.drain();
  await clock.advance(hours(12));
  const booked = site.lanes.flatMap(({ terminal }) => [...(terminal?.booked.values() ?? [])]);
  expect(town.truth.carsIn).toBeGreaterThan(400);
  expect(town.truth.carsOut).toBe(town.truth.carsIn);
  expect(booked).toHaveLength(town.truth.carsOut);
  expect(booked.every((amount) => amount === 250)).toBe(true);
  expect(town.bays.takenCount).toBe(0);
  expect(town.queued).toBe(0);
});

test("a car drives over arming and safety loop in the order of its body", async () => {
  const { clock, site, town } = carPark({ habits: plain, demand: 0.05 });
  const entry = site.lanes[0];
  if (entry === undefined) throw new Error("no lane");
  const seen: string[] = [];
  entry.inputs.onInput(({ input, active }) => seen.push(`${input} ${active ? "on" : "off"}`));
  await entry.inputs.start();
  town.open();
  await clock.advance(hours(1));
  const drives = seen.slice(seen.indexOf("arming on"));
  const loops = drives.filter((change) => /^(arming|safety)/.test(change));
  expect(loops.slice(0, 4)).toEqual(["arming on", "safety on", "arming off", "safety off"]);
  expect(loops.length % 4).toBe(0);
});

test("without a keeper drivers ask for help, turn back, and nobody gets in", async () => {
  const { clock, town, help } = carPark({ habits: plain, keeper: async () => {} });
  town.open();
  await clock.advance(forty);
  expect(town.truth.carsIn).toBe(0);
  expect(town.truth.turnedBack["gave-up"]).toBeGreaterThan(5);
  expect(town.truth.droveOn).toBeGreaterThan(50);
  expect(help.length).toBeGreaterThan(5);
});

test("some drivers back out, some follow another car, and both are known to the truth", async () => {
  const { clock, town } = carPark({ habits: { ...everyday, tailgates: 0.1, backOuts: 0.1 } });
  town.open();
  await clock.advance(hours(3));
  expect(town.truth.turnedBack["backed-out"]).toBeGreaterThan(20);
  const tailgated = [...town.truth.ended, ...town.truth.inside].filter(
    (visit) => visit.tailgatedIn,
  );
  expect(tailgated.length).toBeGreaterThan(3);
});
