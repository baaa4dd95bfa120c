import { isoOf, seconds } from "@gatehouse/shared/time";
import type { SpaceReader } from "@gatehouse/shared/ports/facility-ports";
import { expect, test } from "vitest";
import { PushReader } from "../../src/adapters/lpr/push-reader.ts";
import { readsOfSession } from "../../src/store/plates.ts";
import { alertXml, xmlBody } from "../adapters/lpr/push-bodies.ts";
import { CarPark } from "./car-park.ts";
import { anna, granted, press } from "./money/till.ts";

/** A facility with a plate camera at A001 and one at A002. */
async function watched() {
  const spaceReaders: SpaceReader[] = [];
  const park = new CarPark({ spaceReaders });
  const readers = ["A001", "A002"].map((spaceId) => {
    const reader = new PushReader({
      reader: { id: `cam-${spaceId}`, format: "hikvision", direction: "checked" },
      laneId: "",
      timezone: "Europe/Berlin",
      clock: park.machine,
      log: { info: () => {}, warn: () => {}, error: () => {} },
    });
    spaceReaders.push({ reader, spaceId });
    return reader;
  });
  await park.boot();
  let pushes = 0;
  /** The camera at a space pushes what it has read. */
  const reads = (index: number, plate: string, agoS = 0, sureness = 97): void => {
    const at = isoOf((park.machine.now() - seconds(agoS)) as never);
    const anpr = `<licensePlate>${plate}</licensePlate><confidenceLevel>${sureness}</confidenceLevel>`;
    const root = `<UUID>uuid-${++pushes}</UUID>`;
    const body = xmlBody(alertXml({ anpr, root, dateTime: `<dateTime>${at}</dateTime>` }));
    expect(readers[index]?.receive(body, 0).status).toBe(200);
  };
  const stands = async (index: number, there: boolean): Promise<void> => {
    park.site.bays[index]?.sensor?.set(there);
    await park.pass(10);
  };
  const plateIn = (spaceId: string): string | null | undefined => {
    const told = park.facility.places.vehicleIn(spaceId);
    return "vehicle" in told ? (told.vehicle?.session.plate ?? null) : undefined;
  };
  return { park, reads, stands, plateIn };
}

test("a camera at a space says whose vehicle stands there, and its read is kept as evidence", async () => {
  const { park, reads, stands, plateIn } = await watched();
  const { sessionId } = await park.enter("BGH1234");
  await stands(0, true);
  reads(0, "BGH1234");
  expect(plateIn("A001")).toBe("BGH1234");
  expect(park.facts("session-in-space")).toMatchObject([
    { space_id: "A001", witness: "camera", by: { kind: "plate-rule", id: "cam-A001" } },
  ]);
  const [told] = park.facts("session-in-space");
  expect(readsOfSession(park.book, sessionId).map(({ readId }) => readId)).toContain(told?.read_id);
  reads(0, "BGH1234");
  expect(park.facts("session-in-space")).toHaveLength(1);
  expect(park.openings("entry-1") + park.openings("exit-1")).toBe(1);
});

test("who drives past a free space does not stand there, and who parks does once it is occupied", async () => {
  const { park, reads, stands, plateIn } = await watched();
  await park.enter("BGH1234");
  await park.enter("KAX7771");
  await stands(0, false);
  await stands(1, false);
  reads(0, "KAX7771");
  expect(plateIn("A001")).toBeNull();
  reads(0, "BGH1234");
  await stands(0, true);
  expect(plateIn("A001")).toBe("BGH1234");
  reads(1, "KAX7771");
  await park.pass(4 * 60);
  await stands(1, true);
  expect(plateIn("A002")).toBeNull();
});

test.each([
  ["a plate of nobody inside", "XX999", 0, 97],
  ["a plate like those of two", "BGH1284", 0, 97],
  ["a read that says itself it is unsure", "BGH1234", 0, 30],
  ["a read of an hour ago", "BGH1234", 3600, 97],
] as const)("%s links nobody", async (_what, plate, agoS, sureness) => {
  const { park, reads, stands, plateIn } = await watched();
  await park.enter("BGH1234");
  await park.enter("BGH1294");
  await stands(0, true);
  reads(0, plate, agoS, sureness);
  expect(plateIn("A001")).toBeNull();
  expect(park.facts("session-in-space")).toEqual([]);
});

test("the neighbour's plate does not move who stands there, and a person corrects the camera", async () => {
  const { park, reads, stands, plateIn } = await watched();
  await park.enter("BGH1234");
  await park.enter("KAX7771");
  await stands(0, true);
  await stands(1, true);
  reads(0, "BGH1234");
  reads(0, "KAX7771");
  reads(1, "BGH1234");
  expect(plateIn("A001")).toBe("BGH1234");
  expect(plateIn("A002")).toBeNull();
  await granted(park.facility.places.say("A001", { request_id: press(), plate: "KAX7771" }, anna));
  reads(0, "BGH1234");
  expect(plateIn("A001")).toBe("KAX7771");
});

test("a vehicle that moves to another space leaves a segment in each", async () => {
  const { park, reads, stands, plateIn } = await watched();
  await park.enter("BGH1234");
  await stands(0, true);
  reads(0, "BGH1234");
  await stands(0, false);
  await stands(1, true);
  reads(1, "BGH1234");
  expect([plateIn("A001"), plateIn("A002")]).toEqual([null, "BGH1234"]);
  expect(park.facts("session-out-of-space")).toMatchObject([{ as: "space-free" }]);
});
