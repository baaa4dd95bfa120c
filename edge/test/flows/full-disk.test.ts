import { Fault } from "@gatehouse/shared/fault";
import { describe, expect, test } from "vitest";
import { CarPark } from "./car-park.ts";

/** A car park whose disk is full whenever a test says so. */
async function park(): Promise<{ park: CarPark; full: (isFull: boolean) => void }> {
  let isFull = false;
  const opened = await CarPark.open({
    book: {
      onStep: () => {
        if (isFull) throw new Fault("disk-full", "played");
      },
    },
  });
  return { park: opened, full: (now) => void (isFull = now) };
}
const counted = (one: CarPark, name: string): number =>
  one.facility
    .metrics()
    .filter((metric) => metric.name === name)
    .reduce((sum, { value }) => sum + value, 0);

describe("a full disk", () => {
  test("refuses a read with a fault, so that the camera repeats it, and the repeat counts", async () => {
    const { park: site, full } = await park();
    await site.arrive("entry-1");
    const read = site.plateRead("entry-1", "BGH1234");
    full(true);
    expect(() => site.flow("entry-1").onRead(read)).toThrow(Fault);
    await site.pass(2);
    expect(site.openings("entry-1")).toBe(0);
    full(false);
    expect(site.flow("entry-1").onRead(read)).toMatchObject({ kind: "open" });
    expect(site.sessions).toHaveLength(1);
  });

  test("is survived by a camera that repeats its push until there is room", async () => {
    const { park: site, full } = await park();
    await site.arrive("entry-1");
    full(true);
    site.lane("entry-1").reader.see({
      readId: "r1",
      truePlate: "BGH1234",
      rawPlate: "BGH1234",
      confidence: 0.9,
      vehicleClass: "car",
      at: site.machine.now(),
      retransmission: false,
    });
    await site.pass(5);
    expect(site.sessions).toEqual([]);
    full(false);
    await site.pass(5);
    expect(site.session("BGH1234").status).toBe("pending");
  });

  test("loses no fact of a car that passes meanwhile: it is written when there is room", async () => {
    const { park: site, full } = await park();
    await site.arrive("entry-1");
    site.read("entry-1", "BGH1234");
    full(true);
    await site.cross("entry-1");
    await site.pass(30);
    expect(site.session("BGH1234").status).toBe("pending");
    expect(site.flow("entry-1").lane.state.phase).toBe("idle");
    expect(counted(site, "writes_failed_total")).toBeGreaterThan(3);
    full(false);
    await site.pass(6);
    expect(site.session("BGH1234").status).toBe("open");
    expect(site.passages).toMatchObject([
      {
        outcome: "passed",
        acknowledgedEvidence: "readback",
        movedEvidence: "limit-open",
        passedEvidence: "safety-loop",
        closedEvidence: "limit-open",
      },
    ]);
    expect(site.commands).toMatchObject([{ result: "accepted" }]);
    expect(site.log.filter(({ event }) => event === "not-written").length).toBeGreaterThan(0);
  });

  test("has what waits written before the next decision, in order", async () => {
    const { park: site, full } = await park();
    await site.arrive("entry-1");
    site.read("entry-1", "AA1");
    full(true);
    await site.cross("entry-1", true);
    full(false);
    site.read("entry-1", "BB2");
    const types = site.ledger.map(({ type }) => type);
    expect(types.indexOf("session-opened")).toBeLessThan(types.lastIndexOf("lane-decided"));
    expect(site.session("AA1").status).toBe("open");
  });

  test("refuses an opening by hand, with what to do", async () => {
    const { park: site, full } = await park();
    await site.arrive("entry-1");
    full(true);
    expect(await site.facility.openByHand(site.opening("entry-1"))).toEqual({
      kind: "refused",
      reason: "disk-full",
      sentence: "The disk is full: free space; nothing new is acknowledged until then.",
    });
    await site.pass(5);
    expect(site.openings("entry-1")).toBe(0);
  });

  test("lets nobody pay what could not be written: the terminal takes the money back, a person is called", async () => {
    const { park: site, full } = await park();
    await site.enter("BGH1234");
    const terminal = site.terminal("exit-1");
    site.cards("exit-1", true);
    await site.arrive("exit-1");
    site.read("exit-1", "BGH1234");
    await site.pass(1);
    full(true);
    await site.pass(20);
    expect(terminal.booked.size).toBe(0);
    expect(site.lane("exit-1").sign.shown).toMatchObject({
      lines: ["Payment not possible", "An attendant is coming"],
    });
    full(false);
    await site.pass(70);
    expect(site.payments).toMatchObject([{ status: "failed" }]);
    expect(site.alert("attendant-needed")).toMatchObject({
      details: { reason: "payment-disk-full" },
    });
    site.read("exit-1", "BGH1234");
    await site.pass(7);
    expect([...terminal.booked.values()]).toEqual([63]);
  });

  test("does not stop a waiting read, an aborted payment or upkeep from going on", async () => {
    const { park: site, full } = await park();
    await site.enter("AA1");
    site.cards("exit-1", undefined);
    await site.arrive("exit-1");
    site.read("exit-1", "AA1");
    await site.arrive("entry-1");
    site.read("entry-1", "BB2");
    await site.pass(1);
    site.read("entry-1", "CC3");
    full(true);
    await site.cross("entry-1", true);
    await site.backOff("exit-1");
    await site.pass(400);
    full(false);
    await site.pass(70);
    expect(site.session("BB2").status).toBe("open");
    expect(site.session("AA1").status).toBe("open");
    expect(site.facility.status().lanes.map(({ state }) => state)).toEqual([
      "vehicle-present",
      "idle",
      "idle",
      "idle",
    ]);
    await site.backOff("entry-1");
    await site.enter("DD4");
    expect(site.session("DD4").status).toBe("open");
  });
});
