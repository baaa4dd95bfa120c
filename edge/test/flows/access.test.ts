import type { Permit, Pool, Reservation, Visitor } from "@gatehouse/shared/contracts/directive";
import { isoOf } from "@gatehouse/shared/time";
import { describe, expect, test } from "vitest";
import { reservations } from "../../src/store/access-schema.ts";
import {
  keepListEntry,
  keepPermit,
  keepPool,
  keepReservation,
  keepVisitor,
} from "../../src/store/rights.ts";
import { CarPark, morning } from "./car-park.ts";

const year = { valid_from: "2026-01-01T00:00:00Z", valid_until: "2027-01-01T00:00:00Z" };
const permit = (plate: string, known: Partial<Permit> = {}): Permit => ({
  permit_id: `permit-${plate}`,
  plates: [plate],
  ...year,
  ...known,
});
const pool: Pool = { pool_id: "acme", name: "Acme", capacity: 1, when_full: "refuse" };
const visitor = (plate: string, known: Partial<Visitor> = {}): Visitor => ({
  visitor_id: `visitor-${plate}`,
  plate,
  name: "Kim",
  ...year,
  ...known,
});
const reservation = (plate: string): Reservation => ({
  reservation_id: `reservation-${plate}`,
  plate,
  reserved_from: isoOf(morning),
  reserved_until: "2026-06-01T18:00:00Z",
  reservation_amount: 1200,
  status: "confirmed",
  created_at: "2026-05-30T12:00:00Z",
});

async function parkWithPool(known: Partial<Pool>): Promise<CarPark> {
  const park = await CarPark.open();
  park.book.write((tx) => {
    keepPool(tx, { ...pool, ...known });
    for (const plate of ["AA1", "BB2"]) keepPermit(tx, permit(plate, { pool_id: "acme" }));
  });
  return park;
}

async function leave(park: CarPark, plate: string): Promise<void> {
  await park.arrive("exit-1");
  park.read("exit-1", plate);
  await park.cross("exit-1");
  await park.pass(12);
}

describe("a pool of one place", () => {
  test("takes one vehicle, refuses the second, and takes it when the first has left", async () => {
    const park = await parkWithPool({});
    await park.enter("AA1");
    await park.arrive("entry-1");
    expect(park.read("entry-1", "BB2")).toEqual({ kind: "deny", reason: "pool-full" });
    await park.backOff("entry-1");
    await leave(park, "AA1");
    expect((await park.enter("BB2")).permitId).toBe("permit-BB2");
  });

  test("is taken by who is on the way in at another lane", async () => {
    const park = await parkWithPool({});
    await park.arrive("entry-1");
    park.read("entry-1", "AA1");
    await park.arrive("entry-2");
    expect(park.read("entry-2", "BB2")).toEqual({ kind: "deny", reason: "pool-full" });
  });

  test("lets the second in as everybody, to pay, where it is set so", async () => {
    const park = await parkWithPool({ when_full: "transient" });
    await park.enter("AA1");
    expect((await park.enter("BB2")).permitId).toBeNull();
    expect(park.facts("lane-decided").at(-1)).toMatchObject({
      reason: "transient",
      rules: ["pool-full", "free-places"],
    });
  });

  test("lets the second in and flags it, where it is soft", async () => {
    const park = await parkWithPool({ when_full: "let-in" });
    await park.enter("AA1");
    const second = await park.enter("BB2");
    expect(second).toMatchObject({
      permitId: "permit-BB2",
      sessionMetadata: { access_flags: ["pool-over-use"] },
    });
    expect(park.facts("session-flagged")).toMatchObject([{ flag: "pool-over-use" }]);
  });

  test("counts a vehicle once that comes again and was not seen leaving", async () => {
    const park = await parkWithPool({});
    await park.enter("AA1");
    expect((await park.enter("AA1", {}, "entry-2")).permitId).toBe("permit-AA1");
  });
});

describe("a permit of office hours", () => {
  const windows = [{ days: ["mon" as const], from: "08:00", until: "18:00" }];

  test("holds from the hour on, by the facility's clock", async () => {
    const park = await CarPark.open();
    park.book.write((tx) => keepPermit(tx, permit("AA1", { windows, outside_windows: "refuse" })));
    await park.arrive("entry-1");
    expect(park.read("entry-1", "AA1")).toEqual({ kind: "deny", reason: "permit-outside-window" });
    await park.pass(30 * 60);
    expect(park.read("entry-1", "AA1").kind).toBe("open");
    expect(park.facts("lane-decided").at(-1)).toMatchObject({ reason: "permit" });
  });

  test("does not hold on the facility's holiday", async () => {
    const park = await CarPark.open({
      change: (config) => ({
        ...config,
        facility: { ...config.facility, holidays: ["2026-06-01"] },
      }),
    });
    park.book.write((tx) => keepPermit(tx, permit("AA1", { windows })));
    await park.pass(3600);
    expect((await park.enter("AA1")).permitId).toBeNull();
  });

  test("of some zones holds at lanes that lead there", async () => {
    const park = await CarPark.open({
      change: (config) => ({
        ...config,
        lanes: config.lanes.map((lane) => ({
          ...lane,
          leads_to: lane.id === "entry-1" ? ["west"] : ["east"],
        })),
      }),
    });
    park.book.write((tx) => keepPermit(tx, permit("AA1", { zones: ["east"] })));
    expect((await park.enter("AA1", {}, "entry-1")).permitId).toBeNull();
    expect((await park.enter("AA1", {}, "entry-2")).permitId).toBe("permit-AA1");
  });
});

describe("a visitor", () => {
  test("comes in when no place is free, pays nothing, and comes as often as was announced", async () => {
    const park = await CarPark.open({ spaces: 2 });
    park.book.write((tx) => keepVisitor(tx, visitor("AA1", { entries_max: 1 }), morning));
    await park.enter("CC3");
    await park.enter("DD4");
    await park.enter("AA1");
    expect(park.facts("lane-decided").at(-1)).toMatchObject({ reason: "visitor" });
    await park.pass(7200);
    await leave(park, "AA1");
    expect(park.session("AA1")).toMatchObject({ status: "closed", totalAmount: 0 });
    await park.arrive("entry-1");
    expect(park.read("entry-1", "AA1")).toEqual({ kind: "deny", reason: "facility-full" });
    expect(park.facts("lane-decided").at(-1)?.rules).toEqual([
      "visitor-entries-used",
      "free-places",
    ]);
  });

  test("who backed out has not come", async () => {
    const park = await CarPark.open();
    park.book.write((tx) => keepVisitor(tx, visitor("AA1", { entries_max: 1 }), morning));
    await park.arrive("entry-1");
    park.read("entry-1", "AA1");
    await park.pass(5);
    await park.backOff("entry-1");
    await park.pass(4);
    expect((await park.enter("AA1")).permitId).toBe("visitor-AA1");
  });
});

test("a reservation lets its vehicle in once, and is checked in and completed", async () => {
  const park = await CarPark.open({ spaces: 2 });
  park.book.write((tx) => keepReservation(tx, reservation("AA1")));
  const status = () => park.book.db.select().from(reservations).get()?.status;
  await park.enter("CC3");
  await park.enter("DD4");
  const session = await park.enter("AA1");
  expect(session).toMatchObject({
    permitId: null,
    sessionMetadata: { reservation_id: "reservation-AA1" },
  });
  expect(park.facts("session-pending").at(-1)).toMatchObject({
    reservation_id: "reservation-AA1",
  });
  expect(status()).toBe("checked-in");
  await park.arrive("entry-2");
  expect(park.read("entry-2", "AA1")).toMatchObject({ kind: "deny", reason: "facility-full" });
  await park.arrive("exit-1");
  await park.facility.openByHand(park.opening("exit-1", { sessionId: session.sessionId }));
  await park.cross("exit-1");
  await park.pass(12);
  expect(status()).toBe("completed");
});

describe("a facility that is", () => {
  const wish = { actor: { kind: "attendant", id: "boris" }, reason: "evening" } as const;

  test("full lets in rights only, and says whose mode it is", async () => {
    const park = await CarPark.open();
    park.book.write((tx) => keepPermit(tx, permit("AA1")));
    park.facility.laneOrders.setMode(undefined, "full", wish);
    await park.arrive("entry-1");
    expect(park.read("entry-1", "CC3")).toEqual({ kind: "deny", reason: "facility-full" });
    expect(park.read("entry-1", "AA1").kind).toBe("open");
  });

  test("closed at one lane refuses strangers there, and not beside it", async () => {
    const park = await CarPark.open();
    park.facility.laneOrders.setMode("entry-1", "closed", wish);
    await park.arrive("entry-1");
    expect(park.read("entry-1", "CC3")).toEqual({ kind: "deny", reason: "lane-closed" });
    await park.pass(0.1);
    expect(park.lane("entry-1").sign.shown).toMatchObject({ lines: ["Closed"], tone: "stop" });
    await park.arrive("entry-2");
    expect(park.read("entry-2", "DD4").kind).toBe("open");
  });

  test("closed to all lets nobody in and everybody out", async () => {
    const park = await CarPark.open();
    park.book.write((tx) => keepPermit(tx, permit("AA1")));
    await park.enter("AA1");
    park.facility.laneOrders.setMode(undefined, "closed-to-all", wish);
    await park.arrive("entry-1");
    expect(park.read("entry-1", "AA1")).toEqual({
      kind: "deny",
      reason: "facility-closed-to-all",
    });
    await leave(park, "AA1");
    expect(park.session("AA1").status).toBe("closed");
  });
});

describe("a decision", () => {
  test("is kept with its inputs, the rules that fired and how long it took", async () => {
    const park = await CarPark.open();
    park.book.write((tx) => keepPermit(tx, permit("AA1")));
    await park.enter("AA1");
    const [decided] = park.facts("lane-decided");
    expect(decided).toMatchObject({
      rules: ["permit"],
      inputs: {
        confidence_min: 0.6,
        free_places: 10,
        mode: "open",
        inside_already: false,
        grant: "permit permit-AA1",
      },
      latency_ms: 0,
    });
    const told = park.facility.why(decided?.decision_id ?? "");
    expect(told?.sentence).toBe(
      "Opened for AA1: the plate has a valid permit; read with 95 % by camera-entry-1; " +
        "confidence min 0.6; free places 10; grant permit permit-AA1; mode open; " +
        "rules: permit; decided in 0 ms.",
    );
  });

  test("by hand names no latency: a person takes their time", async () => {
    const park = await CarPark.open();
    await park.facility.openByHand(park.opening("entry-1"));
    expect(park.facts("lane-decided")[0]).not.toHaveProperty("latency_ms");
  });
});

test("what an attendant lets in by hand has the right of its plate", async () => {
  const park = await CarPark.open();
  park.book.write((tx) => keepPermit(tx, permit("AA1")));
  await park.arrive("entry-1");
  expect(park.read("entry-1", "AA1", { confidence: 0.3 }).kind).toBe("ask");
  await park.facility.openByHand(park.opening("entry-1"));
  await park.cross("entry-1");
  expect(park.session("AA1")).toMatchObject({ status: "open", permitId: "permit-AA1" });
});

test("the deny list wins over a permit, whoever wrote it", async () => {
  const park = await CarPark.open();
  park.book.write((tx) => {
    keepPermit(tx, permit("AA1"));
    keepListEntry(tx, { list: "deny", plate: "AA1", reason: "stolen" }, morning);
  });
  const boris = { kind: "attendant", id: "boris" } as const;
  const entry = { list: "allow", plate: "aa-1", reason: "guest", why: "asked for" } as const;
  park.facility.access.list(entry, boris);
  await park.arrive("entry-1");
  expect(park.read("entry-1", "AA1")).toEqual({ kind: "deny", reason: "deny-listed" });
  expect(park.facts("lane-decided").at(-1)?.rules).toEqual(["deny-list"]);
});
