import type { SeenPlate } from "@gatehouse/firmware-sim/hardware";
import { hikvisionCamera, plateRecognizerCamera } from "@gatehouse/firmware-sim/wire/plate-camera";
import { Fault } from "@gatehouse/shared/fault";
import { vehicleClasses } from "@gatehouse/shared/vehicle";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { clock, counterOf, openDoor, tokens } from "./camera-door.ts";

type Door = Awaited<ReturnType<typeof openDoor>>;
let door: Door;
const cameras: { stop(): Promise<void> }[] = [];
beforeEach(async () => (door = await openDoor()));
afterEach(async () => {
  for (const camera of cameras.splice(0)) await camera.stop();
  await door.stop();
});

const patience = { timeout: 20_000, interval: 5 };
const makes = {
  "hik-1": hikvisionCamera,
  "pr-1": plateRecognizerCamera,
} as const;
type ReaderId = keyof typeof makes;
const both = Object.keys(makes) as ReaderId[];

async function camera(id: ReaderId, token = tokens[id]) {
  const made = makes[id]({ id, target: door.target, token, clock });
  await made.start();
  cameras.push(made);
  return made;
}

let seenCount = 0;
const seen = (over: Partial<SeenPlate> = {}): SeenPlate => ({
  readId: `0190-read-${(seenCount += 1)}`,
  truePlate: "B-AB 1234",
  rawPlate: "BAB1234",
  confidence: 0.93,
  vehicleClass: "car",
  at: clock.now(),
  retransmission: false,
  ...over,
});

test("a Hikvision camera's read arrives as it was seen", async () => {
  const plate = seen({ rawPlate: "K&Q<1>", vehicleClass: "bus", retransmission: true });
  (await camera("hik-1")).see(plate);
  await vi.waitUntil(() => door.reads.length === 1, patience);
  expect(door.reads).toMatchObject([
    {
      readId: plate.readId,
      rawPlate: "K&Q<1>",
      confidence: 0.93,
      characterConfidences: Array.from("K&Q<1>", () => 0.93),
      vehicleClass: "bus",
      direction: "forward",
      at: plate.at,
      retransmission: true,
    },
  ]);
});

test("a Plate Recognizer camera's read arrives as it was seen", async () => {
  const plate = seen({ vehicleClass: "truck" });
  (await camera("pr-1")).see(plate);
  await vi.waitUntil(() => door.reads.length === 1, patience);
  expect(door.reads).toMatchObject([
    {
      rawPlate: "bab1234",
      confidence: 0.93,
      candidates: [{ plate: "bab1234", confidence: 0.93 }],
      vehicleClass: "truck",
      at: plate.at,
      retransmission: false,
    },
  ]);
});

describe.each(both)("%s", (id) => {
  test("tells classes that tariffs know, and a vehicle without a plate", async () => {
    const { see } = await bound(id);
    for (const vehicleClass of vehicleClasses) see(seen({ vehicleClass }));
    see(seen({ rawPlate: "" }));
    await vi.waitUntil(() => door.reads.length === vehicleClasses.length + 1, patience);
    const told = door.reads.map(({ vehicleClass }) => vehicleClass);
    const hasBicycles = id === "hik-1";
    expect(told.slice(0, -1)).toEqual(
      vehicleClasses.map((each) => (each === "bicycle" && !hasBicycles ? "unknown" : each)),
    );
    expect(door.reads.at(-1)?.rawPlate).toBe("");
  });

  test("repeats a push that was not durable, with the same id, and keeps the order", async () => {
    let failures = 3;
    door.setDecision(() => {
      if (failures > 0) {
        failures -= 1;
        throw new Fault("disk-full", "no space left");
      }
      return { kind: "open", decisionId: "d" };
    });
    const { see, counts } = await bound(id);
    for (const rawPlate of ["A1", "A2", "A3"]) see(seen({ rawPlate }));
    await vi.waitUntil(() => counts().pushed === 3, patience);
    expect(door.reads.map(({ rawPlate }) => rawPlate.toUpperCase())).toEqual(["A1", "A2", "A3"]);
    expect(counts()).toEqual({ pushed: 3, repeated: 3, lost: 0 });
    expect(counterOf(door[id === "hik-1" ? "hik" : "pr"], "not_durable")).toBe(3);
  });

  test("pushes what it saw while the door was closed, once it is open again", async () => {
    const { port } = door.server;
    await door.stop();
    const { see, counts } = await bound(id);
    see(seen({ rawPlate: "A1" }));
    see(seen({ rawPlate: "A2" }));
    await vi.waitUntil(() => counts().repeated > 1, patience);
    door = await openDoor({}, port);
    await vi.waitUntil(() => counts().pushed === 2, patience);
    expect(door.reads.map(({ rawPlate }) => rawPlate.toUpperCase())).toEqual(["A1", "A2"]);
    expect(counts().lost).toBe(0);
  });

  test("with a wrong token is refused at every repeat and stops at once when it is told", async () => {
    const { see, counts } = await bound(id, "wrong");
    see(seen());
    await vi.waitUntil(() => counts().repeated > 2, patience);
    expect(door.reads).toEqual([]);
    expect(door.counter("refused_token")).toBeGreaterThan(2);
    expect(counts().pushed).toBe(0);
  });
});

async function bound(id: ReaderId, token = tokens[id]) {
  const made = await camera(id, token);
  return { see: (plate: SeenPlate) => made.see(plate), counts: () => made.counts };
}
