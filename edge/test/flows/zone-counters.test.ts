import { VirtualClock } from "@gatehouse/firmware-sim/virtual-clock";
import type { VehicleCount } from "@gatehouse/shared/ports/sensor-feed";
import { instantOf, type Instant, later, minutes } from "@gatehouse/shared/time";
import { expect, test } from "vitest";
import { Counters } from "../../src/flows/counters.ts";
import { ZoneCounters } from "../../src/flows/zone-counters.ts";
import { Book } from "../../src/store/book.ts";

const began = instantOf("2026-03-01T08:20:00Z") as Instant;

async function radar() {
  const book = new Book(":memory:");
  const clock = new VirtualClock(began);
  const counters = new Counters();
  const zone = { occupied: 10 };
  const flow = new ZoneCounters({
    book,
    clock,
    counters,
    zoneIds: ["west"],
    occupiedIn: () => zone.occupied,
  });
  await flow.start();
  let sequence = 0;
  const count = (into: number, out: number, change: Partial<VehicleCount> = {}): VehicleCount => ({
    sensorId: "a81758fffe0a1b2d",
    zoneId: "west",
    sequence: ++sequence,
    into,
    out,
    at: clock.now(),
    ...change,
  });
  return { flow, clock, counters, zone, count };
}

test("each hour says how far the counter is from the spaces of its zone", async () => {
  const { flow, clock, zone, count } = await radar();
  await clock.advance(minutes(45)); // 09:05: the hour from 09:00 is watched from its beginning.
  flow.take([count(5, 1)]);
  zone.occupied = 12;
  await clock.advance(minutes(50));
  flow.take([count(3, 2)]);
  await clock.advance(minutes(20));
  const [ninth, eighth] = flow.latest();
  expect(ninth).toMatchObject({ hour: instantOf("2026-03-01T09:00:00Z"), into: 8, out: 3 });
  expect(ninth?.occupiedChange).toBe(2);
  expect(eighth).toMatchObject({ into: 0, out: 0, occupiedChange: null });
});

test("a message that comes twice counts once, one that comes ten minutes late still counts", async () => {
  const { flow, clock, counters, count } = await radar();
  await clock.advance(minutes(45));
  const once = count(4, 0);
  flow.take([once]);
  flow.take([once]);
  await clock.advance(minutes(58)); // 10:03
  flow.take([count(2, 0, { at: later(clock.now(), minutes(0)) }), count(1, 0, { at: once.at })]);
  await clock.advance(minutes(10));
  expect(flow.latest()[0]).toMatchObject({ hour: instantOf("2026-03-01T09:00:00Z"), into: 5 });
  const counted = counters.all().filter(({ name }) => name === "vehicles_counted_total");
  expect(counted.find(({ labels }) => labels["way"] === "in")?.value).toBe(7);
});
