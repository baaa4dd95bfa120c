import type { Instant } from "@gatehouse/shared/time";
import { expect, test } from "vitest";
import { LaneJournal } from "../../src/flows/lane-journal.ts";
import { CarPark } from "./car-park.ts";

test("who watches a lane sees its contacts, the gate and the phases in their order", async () => {
  const park = await CarPark.open();
  const began = park.facility.watching.since("entry-1", undefined);
  expect(began).toMatchObject({ lines: [], lanes: [{ lane_id: "entry-1", phase: "idle" }] });
  await park.enter("BGH1234");
  const seen = park.facility.watching.since("entry-1", began?.latest);
  const texts = seen?.lines.map(({ kind, text }) => `${kind} ${text}`) ?? [];
  const inOrder = [
    /^input arming on$/,
    /^phase idle → vehicle-present$/,
    /^gate told: open$/,
    /^gate open accepted/,
    /^input safety on$/,
    /^input safety off$/,
  ];
  const places = inOrder.map((wanted) => texts.findIndex((text) => wanted.test(text)));
  expect(places).not.toContain(-1);
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  expect(park.facility.watching.since(undefined, seen?.latest)?.lines).toEqual([]);
  expect(park.facility.watching.since("nowhere", undefined)).toBeUndefined();
});

test("who watches a lane sees what its camera read, and what became of it", async () => {
  const park = await CarPark.open();
  await park.arrive("entry-1");
  park.lane("entry-1").reader.see({
    readId: "r-1",
    truePlate: "BGH1234",
    rawPlate: "BGH1234",
    confidence: 0.97,
    vehicleClass: "car",
    at: park.world.now(),
    retransmission: false,
  });
  await park.pass(2);
  const reads = park.facility.watching
    .since("entry-1", 0)
    ?.lines.filter(({ kind }) => kind === "read");
  expect(reads?.map(({ text }) => text)).toEqual([
    "camera-entry-1: BGH1234, 97 %",
    "camera-entry-1: open",
  ]);
});

test("what came too long ago is counted as missed", () => {
  const journal = new LaneJournal();
  for (let count = 0; count < 2500; count += 1)
    journal.note({ at: 0 as Instant, laneId: "a", kind: "input", text: `${count}` });
  const first = journal.since(0, undefined);
  expect(first).toMatchObject({ missed: 500, latest: 1000 });
  expect(first.lines).toHaveLength(500);
  expect(journal.since(first.latest, "b")).toMatchObject({ missed: 0, latest: 1500, lines: [] });
});
