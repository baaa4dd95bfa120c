import { Fault } from "@gatehouse/shared/fault";
import type { SpaceObservation } from "@gatehouse/shared/ports/space-feed";
import { type Instant, minutes, seconds } from "@gatehouse/shared/time";
import { expect, test } from "vitest";
import { LaneInputsSim } from "../../src/devices/lane-inputs-sim.ts";
import { ReaderSim } from "../../src/devices/reader-sim.ts";
import { SpaceFeedSim } from "../../src/devices/space-feed-sim.ts";
import type { SeenPlate } from "../../src/hardware.ts";
import { SeededRandom } from "../../src/seeded-random.ts";
import { VirtualClock } from "../../src/virtual-clock.ts";

const start = Date.UTC(2026, 0, 5) as Instant;

function seen(readId: string, at: Instant): SeenPlate {
  const plate = "BAB1234";
  return {
    readId,
    truePlate: plate,
    rawPlate: plate,
    confidence: 0.9,
    vehicleClass: "car",
    at,
    retransmission: false,
  };
}

function cameraOnBench(faults: Parameters<ReaderSim["setFaults"]>[0]) {
  const clock = new VirtualClock(start);
  const random = new SeededRandom(1);
  const camera = new ReaderSim({ clock, random, readerId: "camera-1", laneId: "entry-1" });
  camera.setFaults(faults);
  const reads: { readId: string; late: number; retransmission: boolean }[] = [];
  camera.onRead(({ readId, at, retransmission }) => {
    reads.push({ readId, late: clock.now() - at, retransmission });
    return { kind: "ignore", reason: "bench" };
  });
  return { clock, camera, reads };
}

test("a read arrives once, within half a second, as it was seen", async () => {
  const { clock, camera, reads } = cameraOnBench({});
  await camera.start();
  camera.see(seen("r1", clock.now()));
  await clock.advance(minutes(1));
  expect(reads).toMatchObject([{ readId: "r1", retransmission: false }]);
  expect(reads[0]?.late).toBeLessThan(500);
  expect(camera.answered).toBe(1);
});

test("a push that nobody answers is repeated, and given up in the end", async () => {
  const { clock, camera, reads } = cameraOnBench({});
  camera.see(seen("r1", clock.now()));
  await clock.advance(seconds(10));
  expect(reads).toEqual([]);
  await camera.start();
  await clock.advance(seconds(10));
  expect(reads).toMatchObject([{ readId: "r1" }]);
  await camera.stop();
  camera.see(seen("r2", clock.now()));
  await clock.advance(minutes(5));
  await camera.start();
  await clock.advance(minutes(5));
  expect(reads).toHaveLength(1);
  expect(camera.givenUp).toBe(1);
});

test.each([
  [{ lost: 1 }, []],
  [{ repeated: 1 }, [false, false]],
  [{ retransmitted: 1 }, [false, true]],
])("a poor network: %o", async (faults, marks) => {
  const { clock, camera, reads } = cameraOnBench(faults);
  await camera.start();
  camera.see(seen("r1", clock.now()));
  await clock.advance(minutes(40));
  expect(reads.map(({ retransmission }) => retransmission)).toEqual(marks);
});

test("a late read keeps the time it was seen at", async () => {
  const { clock, camera, reads } = cameraOnBench({ late: 1 });
  await camera.start();
  camera.see(seen("r1", clock.now()));
  await clock.advance(minutes(40));
  expect(reads).toHaveLength(1);
  expect(reads[0]?.late).toBeGreaterThanOrEqual(12_000);
});

function sensorsOnBench(faults: Parameters<SpaceFeedSim["setFaults"]>[0], heartbeat = minutes(20)) {
  const clock = new VirtualClock(start);
  const acknowledged: SpaceObservation[] = [];
  const feed = new SpaceFeedSim({
    clock,
    random: new SeededRandom(3),
    heartbeat,
    onAcknowledged: (batch) => void acknowledged.push(...batch),
  });
  const sensor = feed.sensor("A001");
  const seenByEdge: SpaceObservation[] = [];
  feed.onObservations((batch) => void seenByEdge.push(...batch));
  feed.setFaults(faults);
  return { clock, feed, sensor, seenByEdge, acknowledged };
}

test("a sensor speaks at its start, at each change and at each heartbeat, in sequence", async () => {
  const { clock, feed, sensor, seenByEdge } = sensorsOnBench({});
  await feed.start();
  await sensor.start();
  sensor.set(true);
  await clock.advance(minutes(61));
  expect(seenByEdge.slice(0, 2).map(({ occupied }) => occupied)).toEqual([false, true]);
  expect(seenByEdge.length).toBeGreaterThanOrEqual(4);
  expect(seenByEdge.map(({ sequence }) => sequence)).toEqual(seenByEdge.map((_, index) => index));
  expect(new Set(seenByEdge.map(({ boot }) => boot)).size).toBe(1);
});

test("what was not acknowledged is sent again, what was is not", async () => {
  const { clock, feed, sensor, seenByEdge, acknowledged } = sensorsOnBench({});
  let full = true;
  feed.onObservations((batch) => {
    if (full) throw new Fault("disk-full", "no room");
    seenByEdge.push(...batch);
  });
  await feed.start();
  await sensor.start();
  await clock.advance(seconds(30));
  expect(acknowledged).toEqual([]);
  full = false;
  await clock.advance(seconds(30));
  expect(seenByEdge).toHaveLength(1);
  expect(acknowledged).toEqual(seenByEdge);
});

test("a sensor that starts anew names another boot and counts from nothing", async () => {
  const { clock, feed, sensor, seenByEdge } = sensorsOnBench({ reboots: 1 });
  await feed.start();
  await sensor.start();
  await clock.advance(seconds(1));
  sensor.set(true);
  await clock.advance(seconds(1));
  expect(new Set(seenByEdge.map(({ boot }) => boot)).size).toBe(2);
  expect(seenByEdge.map(({ sequence }) => sequence)).toEqual([0, 0]);
});

test("a late message arrives after the newer one, a repeated one twice, a lost one never", async () => {
  const late = sensorsOnBench({ late: 1 });
  await late.feed.start();
  await late.sensor.start();
  late.feed.setFaults({});
  late.sensor.set(true);
  await late.clock.advance(minutes(3));
  expect(late.seenByEdge.map(({ sequence }) => sequence)).toEqual([1, 0]);
  const repeated = sensorsOnBench({ repeated: 1 });
  await repeated.feed.start();
  await repeated.sensor.start();
  await repeated.clock.advance(minutes(3));
  expect(repeated.seenByEdge.map(({ sequence }) => sequence)).toEqual([0, 0]);
  const lost = sensorsOnBench({ lost: 1 });
  await lost.feed.start();
  await lost.sensor.start();
  await lost.clock.advance(minutes(3));
  expect(lost.seenByEdge).toEqual([]);
});

test("loops tell their first state, each change once, and unknown while the wire is lost", async () => {
  const clock = new VirtualClock(start);
  const inputs = new LaneInputsSim(clock, "entry-1", ["arming", "safety"]);
  const told: string[] = [];
  inputs.onInput(({ input, active }) => told.push(`${input} ${String(active)}`));
  await inputs.start();
  await clock.advance(seconds(1));
  inputs.input("arming").set(true);
  inputs.input("arming").set(true);
  await clock.advance(seconds(1));
  inputs.setLost(true);
  inputs.input("safety").set(true);
  await clock.advance(seconds(1));
  inputs.setLost(false);
  await inputs.stop();
  inputs.input("arming").set(false);
  await clock.advance(seconds(1));
  expect(told).toEqual([
    "arming false",
    "safety false",
    "arming true",
    "arming undefined",
    "safety undefined",
    "arming true",
    "safety true",
  ]);
});
