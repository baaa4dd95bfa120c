import { Fault } from "@gatehouse/shared/fault";
import { expect, test } from "vitest";
import { Facility } from "../src/facility.ts";
import * as tables from "../src/store/schema.ts";
import { CarPark } from "./flows/car-park.ts";
import { MemoryOffice } from "./flows/memory-office.ts";

test("a facility keeps its own row in step with its configuration", async () => {
  const park = await CarPark.open({ spaces: 6 });
  expect(park.book.db.select().from(tables.facilities).all()).toMatchObject([
    {
      facilityId: "small",
      facilityName: "Small site",
      totalSpaces: 6,
      isActive: true,
      pricingRules: { tariff_id: "default", rates: [{ prices: { car: "2.50" }, per: "1 h" }] },
      operatingHours: { daily: "00:00-24:00" },
      facilityLayout: { lanes: [{ id: "entry-1", direction: "entry" }, {}, {}, {}] },
    },
  ]);
});

test("a lane without its devices is refused before anything starts", () => {
  const park = new CarPark();
  const make = (): Facility =>
    new Facility({
      config: park.config,
      book: park.book,
      ports: {
        clock: park.machine,
        stopwatch: { read: () => 0 },
        random: park.random,
        log: { info: () => {}, warn: () => {}, error: () => {} },
        lanes: new Map(),
        spaceFeeds: [],
        sightFeeds: [],
        reporting: [],
      },
      version: "0.1.0",
    });
  expect(make).toThrow("lane entry-1 has its devices");
});

test("a device that cannot start ends the start, and what had begun is ended again", async () => {
  const park = new CarPark();
  const { gate } = park.lane("exit-2");
  gate.start = () => Promise.reject(new Fault("port-taken", "4700 is taken"));
  await expect(park.boot()).rejects.toThrow("port-taken: 4700 is taken");
  await park.pass(600);
  expect(park.facts("edge-started")).toHaveLength(1);
  // That it started and what its zones are called: nothing that began after them wrote anything.
  expect(park.book.written).toBe(2);
});

test("a facility that has stopped does nothing more, and stopping twice is harmless", async () => {
  const office = new MemoryOffice();
  const park = await CarPark.open({ link: office });
  await park.arrive("entry-1");
  park.read("entry-1", "BGH1234");
  await park.facility.stop();
  await park.facility.stop();
  const { written } = park.book;
  const batches = office.batches.length;
  await park.cross("entry-1");
  await park.pass(600);
  expect(park.book.written).toBe(written);
  expect(office.batches).toHaveLength(batches);
});

test("what the facility sends up names it, and head office's prices are those of the next car", async () => {
  const office = new MemoryOffice();
  const park = await CarPark.open({ link: office });
  await park.enter("AA1");
  office.direct({
    kind: "tariff",
    body: {
      tariff_id: "dear",
      version: 1,
      name: "Dear",
      currency: "EUR",
      hourly_minor: { car: 1000 },
      increment_s: 3600,
      rounding: "half-up",
      free_s: 0,
      exit_grace_s: 900,
      valid_from: "2026-01-01T00:00:00Z",
    },
  });
  await park.pass(120);
  await park.enter("BB2");
  for (const plate of ["AA1", "BB2"]) {
    park.cards("exit-1", true);
    await park.arrive("exit-1");
    park.read("exit-1", plate);
    await park.pass(7);
    await park.cross("exit-1");
    await park.pass(12);
  }
  expect(park.payments.map(({ amount }) => amount)).toEqual([63, 1000]);
  await park.pass(60);
  expect(office.batches[0]).toMatchObject({
    facility_id: "small",
    version: "0.1.0",
    facility: { name: "Small site", timezone: "Europe/Berlin", currency: "EUR", locale: "de" },
  });
  expect(office.batches.at(-1)?.written_seq).toBe(park.book.written);
  expect(office.held.ackedSeq).toBe(park.book.written);
  expect(park.facility.syncStatus()).toMatchObject({
    state: "connected",
    queued: 0,
    directivesApplied: 1,
  });
  expect([...office.spaces.values()].map(({ status }) => status)).toEqual(
    park.spaces.map(({ status }) => status),
  );
});
