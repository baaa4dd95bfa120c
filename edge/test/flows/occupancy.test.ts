import { SeededRandom } from "@gatehouse/firmware-sim/seeded-random";
import { VirtualClock } from "@gatehouse/firmware-sim/virtual-clock";
import { spacesOf } from "@gatehouse/shared/contracts/facility";
import { Fault } from "@gatehouse/shared/fault";
import type { SpaceFeed, SpaceObservation } from "@gatehouse/shared/ports/space-feed";
import { type Instant, minutes, seconds } from "@gatehouse/shared/time";
import { describe, expect, test } from "vitest";
import { Counters } from "../../src/flows/counters.ts";
import { OccupancyFlow } from "../../src/flows/occupancy.ts";
import { Book } from "../../src/store/book.ts";
import { listSources } from "../../src/store/observations.ts";
import { observations, stays } from "../../src/store/observation-schema.ts";
import * as tables from "../../src/store/schema.ts";
import { morning } from "./car-park.ts";
import { smallSite } from "./small-site.ts";

interface SiteOptions {
  readonly book?: Book;
  readonly clock?: VirtualClock;
  readonly spaces?: number;
}

/** Occupancy alone, on a real book, with sensors that say exactly what a test lets them say. */
class Bays {
  readonly clock: VirtualClock;
  readonly book: Book;
  readonly counters = new Counters();
  readonly changed: string[][] = [];
  readonly flow: OccupancyFlow;
  #sequence = 0;

  constructor({ book, clock, spaces = 4 }: SiteOptions = {}) {
    this.clock = clock ?? new VirtualClock(morning);
    this.book = book ?? new Book(":memory:");
    this.flow = new OccupancyFlow({
      book: this.book,
      clock: this.clock,
      random: new SeededRandom(1),
      counters: this.counters,
      facilityId: "small",
      spaces: spacesOf(smallSite(spaces)),
      feeds: [] as SpaceFeed[],
      hold: seconds(3),
      stale: minutes(60),
      changed: (ids) => void this.changed.push([...ids]),
    });
  }

  static async open(options?: SiteOptions): Promise<Bays> {
    const bays = new Bays(options);
    await bays.flow.start();
    return bays;
  }

  says(
    spaceId: string,
    occupied: boolean,
    known: Partial<SpaceObservation> = {},
  ): SpaceObservation {
    return {
      spaceId,
      source: "sensor",
      sourceId: `bay-${spaceId}`,
      boot: "b1",
      sequence: ++this.#sequence,
      occupied,
      confidence: 0.97,
      at: this.clock.now(),
      ...known,
    };
  }

  tell(
    spaceId: string,
    occupied: boolean,
    known: Partial<SpaceObservation> = {},
  ): SpaceObservation {
    const said = this.says(spaceId, occupied, known);
    this.flow.observe([said]);
    return said;
  }

  async pass(forSeconds: number): Promise<void> {
    await this.clock.advance(seconds(forSeconds));
  }

  status(spaceId: string): string | undefined {
    return this.book.db
      .select()
      .from(tables.spaces)
      .all()
      .find((space) => space.spaceId === spaceId)?.status;
  }

  get observations() {
    return this.book.db.select().from(observations).all();
  }

  get stays() {
    return this.book.db.select().from(stays).all();
  }

  count(name: string): number {
    return this.counters.all().find((metric) => metric.name === name)?.value ?? 0;
  }

  /** The file may not grow any more; or again. */
  setFull(full: boolean): void {
    const { page_count: pages } = this.book.db.get<{ page_count: number }>("pragma page_count");
    this.book.db.all(`pragma max_page_count = ${full ? pages : 1_000_000}`);
  }

  /** Writes until nothing more fits. */
  fillUp(): void {
    this.setFull(true);
    for (const size of [2000, 200, 1]) {
      try {
        for (;;) this.tell("A004", true, { boot: "x".repeat(size) });
      } catch (error) {
        if (!(error instanceof Fault)) throw error;
      }
    }
  }
}

describe("a new site", () => {
  test("has every space of its configuration, unknown until somebody says more", async () => {
    const bays = await Bays.open();
    expect(bays.flow.counts).toEqual({ free: 0, occupied: 0, unknown: 4, "out-of-service": 0 });
    expect(bays.book.db.select().from(tables.spaces).all()).toMatchObject([
      { spaceId: "A001", facilityId: "small", zone: "west", level: "0", status: "unknown" },
      { spaceId: "A002", isAccessible: false },
      { spaceId: "A003", zone: "east", spaceType: "accessible", isAccessible: true },
      { spaceId: "A004" },
    ]);
  });
});

describe("an observation", () => {
  test("is durable when the listener returns, and published within a quarter of a second", async () => {
    const bays = await Bays.open();
    bays.tell("A001", true, { batteryPercent: 81 });
    expect(bays.observations).toMatchObject([
      { sourceId: "bay-A001", occupied: true, sequence: 1 },
    ]);
    expect(listSources(bays.book)).toMatchObject([{ batteryPercent: 81, lost: false }]);
    await bays.pass(0.25);
    expect(bays.status("A001")).toBe("occupied");
    expect(bays.changed).toEqual([["A001"]]);
    expect(bays.flow.zones.get("west")).toMatchObject({ occupied: 1, unknown: 1 });
  });

  test("comes in groups that are kept together and published together", async () => {
    const bays = await Bays.open();
    bays.flow.observe(["A001", "A002", "A003"].map((id) => bays.says(id, id !== "A002")));
    await bays.pass(1);
    expect(bays.changed).toEqual([["A001", "A002", "A003"]]);
    expect(bays.flow.counts).toMatchObject({ occupied: 2, free: 1, unknown: 1 });
  });

  test("that is repeated counts once and changes nothing", async () => {
    const bays = await Bays.open();
    const first = bays.tell("A001", true);
    await bays.pass(1);
    bays.tell("A001", false);
    await bays.pass(5);
    bays.flow.observe([first]);
    await bays.pass(5);
    expect(bays.status("A001")).toBe("free");
    expect(bays.observations).toHaveLength(2);
    expect(bays.count("observations_repeated_total")).toBe(1);
  });

  test("that is late is history: kept, and it changes nothing", async () => {
    const bays = await Bays.open();
    const early = bays.says("A001", true);
    bays.tell("A001", false);
    await bays.pass(1);
    bays.flow.observe([early]);
    await bays.pass(5);
    expect(bays.status("A001")).toBe("free");
    expect(bays.observations).toHaveLength(2);
    expect(bays.count("observations_late_total")).toBe(1);
  });

  test("that is late within its own group is history too", async () => {
    const bays = await Bays.open();
    const [first, second] = [bays.says("A001", true), bays.says("A001", false)];
    bays.flow.observe([second, first]);
    await bays.pass(1);
    expect(bays.status("A001")).toBe("free");
  });

  test("of a sensor that has started anew counts from its new beginning", async () => {
    const bays = await Bays.open();
    bays.tell("A001", true, { sequence: 900 });
    await bays.pass(10);
    bays.tell("A001", false, { boot: "b2", sequence: 0 });
    await bays.pass(10);
    expect(bays.status("A001")).toBe("free");
    bays.tell("A001", true, {
      boot: "b1",
      sequence: 901,
      at: (bays.clock.now() - 15_000) as Instant,
    });
    await bays.pass(10);
    expect(bays.status("A001")).toBe("free");
  });

  test("of a sensor that starts anew after the clock was set back counts at once", async () => {
    const bays = await Bays.open();
    bays.tell("A001", true);
    await bays.pass(10);
    bays.clock.stepWall(-3_600_000);
    bays.tell("A001", false, { boot: "b2", sequence: 0 });
    await bays.pass(5);
    expect(bays.status("A001")).toBe("free");
  });

  test("of a space that nobody knows is refused and counted, and the others are kept", async () => {
    const bays = await Bays.open();
    bays.flow.observe([bays.says("Z999", true), bays.says("A001", true)]);
    expect(bays.observations).toHaveLength(1);
    expect(bays.count("observations_refused_total")).toBe(1);
  });
});

describe("an answer", () => {
  test("is not changed by a person who walks past", async () => {
    const bays = await Bays.open();
    bays.tell("A001", false);
    await bays.pass(5);
    bays.tell("A001", true);
    await bays.pass(2);
    bays.tell("A001", false);
    await bays.pass(10);
    expect(bays.changed).toEqual([["A001"]]);
    expect(bays.stays).toEqual([]);
  });

  test("flips when it was contradicted for the whole hold, and not much later", async () => {
    const bays = await Bays.open();
    bays.tell("A001", false);
    await bays.pass(5);
    bays.tell("A001", true);
    await bays.pass(2.9);
    expect(bays.status("A001")).toBe("free");
    await bays.pass(0.6);
    expect(bays.status("A001")).toBe("occupied");
  });

  test("is neither hastened nor delayed by a step of the wall clock", async () => {
    for (const step of [3_600_000, -3_600_000]) {
      const bays = await Bays.open();
      bays.tell("A001", false);
      await bays.pass(5);
      bays.tell("A001", true);
      await bays.pass(1);
      bays.clock.stepWall(step);
      await bays.pass(1.5);
      expect(bays.status("A001")).toBe("free");
      await bays.pass(1);
      expect(bays.status("A001")).toBe("occupied");
    }
  });

  test("follows the sure sensor against the unsure camera", async () => {
    const bays = await Bays.open();
    bays.tell("A001", false);
    bays.tell("A001", true, { source: "camera", sourceId: "cam-1", confidence: 0.7 });
    await bays.pass(1);
    expect(bays.status("A001")).toBe("free");
  });
});

describe("a camera that has not looked since the sensor changed", () => {
  const camera = { source: "camera", sourceId: "cam-1", confidence: 0.998 } as const;

  /** Free, both say, until the sensor alone says otherwise. */
  async function taken(): Promise<Bays> {
    const bays = await Bays.open();
    bays.tell("A001", false);
    bays.tell("A001", false, camera);
    await bays.pass(30);
    bays.tell("A001", true);
    return bays;
  }

  test("does not keep the space waiting, though the hold does", async () => {
    const bays = await taken();
    await bays.pass(2.9);
    expect(bays.status("A001")).toBe("free");
    await bays.pass(0.6);
    expect(bays.status("A001")).toBe("occupied");
    await bays.pass(20);
    bays.tell("A001", true, { ...camera, confidence: 0.5 });
    await bays.pass(60);
    expect(bays.changed).toEqual([["A001"], ["A001"]]);
  });

  test("is heard in full when it has looked, be it against the sensor", async () => {
    const bays = await taken();
    await bays.pass(10);
    bays.tell("A001", false, camera);
    await bays.pass(10);
    expect(bays.status("A001")).toBe("free");
    bays.tell("A001", true);
    await bays.pass(10);
    expect(bays.status("A001")).toBe("free");
  });

  test("has not looked by telling late of a picture from before", async () => {
    const bays = await taken();
    const before = (bays.clock.now() - 1000) as Instant;
    await bays.pass(2);
    bays.tell("A001", false, { ...camera, at: before });
    await bays.pass(1.5);
    expect(bays.status("A001")).toBe("occupied");
  });

  test("is heard although its clock is an hour slow", async () => {
    const bays = await taken();
    await bays.pass(20);
    bays.tell("A001", false, { ...camera, at: (bays.clock.now() - 3_600_000) as Instant });
    await bays.pass(5);
    expect(bays.status("A001")).toBe("free");
  });

  test("counts for the space as before when the sensor takes its change back within the hold", async () => {
    const bays = await taken();
    await bays.pass(2);
    bays.tell("A001", false);
    await bays.pass(10);
    expect(bays.changed).toEqual([["A001"]]);
    expect(bays.stays).toEqual([]);
  });

  test("is believed against a sensor that was lost and comes back with another word", async () => {
    const bays = await Bays.open();
    bays.tell("A001", false);
    bays.tell("A001", false, camera);
    await bays.pass(30);
    bays.flow.lose({ sourceId: "bay-A001", at: bays.clock.now() });
    await bays.pass(30);
    bays.tell("A001", true);
    await bays.pass(10);
    expect(bays.status("A001")).toBe("free");
  });
});

describe("a source that falls silent", () => {
  test("and says so leaves the space unknown", async () => {
    const bays = await Bays.open();
    bays.tell("A001", true);
    await bays.pass(5);
    bays.flow.lose({ sourceId: "bay-A001", at: bays.clock.now() });
    await bays.pass(5);
    expect(bays.status("A001")).toBe("unknown");
    expect(listSources(bays.book)).toMatchObject([{ lost: true }]);
    bays.tell("A001", true);
    await bays.pass(1);
    expect(bays.status("A001")).toBe("occupied");
    expect(listSources(bays.book)).toMatchObject([{ lost: false }]);
  });

  test("and speaks again in the same moment is not lost", async () => {
    const bays = await Bays.open();
    bays.tell("A001", true);
    await bays.pass(5);
    bays.flow.lose({ sourceId: "bay-A001", at: bays.clock.now() });
    bays.tell("A001", true);
    await bays.pass(5);
    expect(listSources(bays.book)).toMatchObject([{ lost: false }]);
    expect(bays.changed).toEqual([["A001"]]);
  });

  test("leaves the answer to the other one that watches the space", async () => {
    const bays = await Bays.open();
    bays.tell("A001", true);
    bays.tell("A001", true, { source: "camera", sourceId: "cam-1", confidence: 0.7 });
    await bays.pass(1);
    bays.flow.lose({ sourceId: "bay-A001", at: bays.clock.now() });
    await bays.pass(10);
    expect(bays.status("A001")).toBe("occupied");
  });

  test("takes all its spaces with it when it is a camera", async () => {
    const bays = await Bays.open();
    for (const id of ["A001", "A002"])
      bays.tell(id, true, { source: "camera", sourceId: "cam-1", confidence: 0.9 });
    await bays.pass(1);
    bays.flow.lose({ sourceId: "cam-1", at: bays.clock.now() });
    await bays.pass(5);
    expect(bays.flow.counts).toMatchObject({ unknown: 4 });
  });

  test("without a word is noticed after its time, whatever the wall clock says", async () => {
    const bays = await Bays.open();
    bays.tell("A001", true);
    bays.clock.stepWall(3_600_000);
    await bays.pass(3500);
    expect(bays.status("A001")).toBe("occupied");
    await bays.pass(200);
    expect(bays.status("A001")).toBe("unknown");
  });

  test("that nobody knows is nothing", async () => {
    const bays = await Bays.open();
    bays.flow.lose({ sourceId: "bay-Z999", at: bays.clock.now() });
    await bays.pass(5);
    expect(bays.changed).toEqual([]);
  });
});

describe("a stay", () => {
  test("begins and ends with the bay, is told by the ledger and measured to the second", async () => {
    const bays = await Bays.open();
    bays.tell("A001", false);
    await bays.pass(5);
    bays.tell("A001", true);
    await bays.pass(10);
    expect(bays.stays).toMatchObject([
      { status: "active", spaceName: "A001", source: "sensor", exitTime: null },
    ]);
    await bays.pass(3590);
    bays.tell("A001", false);
    await bays.pass(10);
    const [stay] = bays.stays;
    expect(stay).toMatchObject({ status: "completed", durationSeconds: 3600, durationHours: 1 });
    expect((stay?.exitTime ?? 0) - (stay?.entryTime ?? 0)).toBe(3_600_000);
  });

  test("is as long as it was, although the wall clock was set meanwhile", async () => {
    const bays = await Bays.open();
    bays.tell("A001", true);
    await bays.pass(1800);
    bays.clock.stepWall(-3_600_000);
    bays.tell("A001", false);
    await bays.pass(10);
    expect(bays.stays[0]?.durationSeconds).toBeGreaterThan(1795);
    expect(bays.stays[0]?.durationSeconds).toBeLessThan(1810);
  });

  test("goes on while nobody can tell, and over a restart", async () => {
    const bays = await Bays.open();
    bays.tell("A001", true);
    await bays.pass(600);
    bays.flow.lose({ sourceId: "bay-A001", at: bays.clock.now() });
    await bays.pass(600);
    await bays.flow.stop();
    const { book, clock } = bays;
    const again = await Bays.open({ book, clock });
    await again.pass(600);
    again.tell("A001", true, { boot: "b2" });
    await again.pass(600);
    again.tell("A001", false, { boot: "b2", sequence: 99 });
    await again.pass(10);
    expect(again.stays).toHaveLength(1);
    expect(again.stays[0]).toMatchObject({ status: "completed" });
    expect(again.stays[0]?.durationSeconds).toBeGreaterThan(2390);
  });
});

describe("after a restart", () => {
  test("everything is published as it was before anyone has spoken again", async () => {
    const bays = await Bays.open();
    bays.tell("A001", true);
    bays.tell("A002", false);
    await bays.pass(5);
    await bays.flow.stop();
    const { book, clock } = bays;
    const again = await Bays.open({ book, clock });
    expect(again.flow.counts).toEqual(bays.flow.counts);
    await again.pass(10);
    expect(again.changed).toEqual([]);
    expect(again.flow.counts).toMatchObject({ occupied: 1, free: 1, unknown: 2 });
  });

  test("what was heard and not yet published is published", async () => {
    const bays = await Bays.open();
    bays.tell("A001", true);
    await bays.flow.stop();
    const { book, clock } = bays;
    const again = await Bays.open({ book, clock });
    await again.pass(1);
    expect(again.status("A001")).toBe("occupied");
  });

  test("a repeated word is still known, and an older one still late", async () => {
    const bays = await Bays.open();
    const old = bays.says("A001", false);
    const told = bays.tell("A001", true);
    await bays.pass(1);
    await bays.flow.stop();
    const { book, clock } = bays;
    const again = await Bays.open({ book, clock });
    again.flow.observe([told, old]);
    await again.pass(10);
    expect(again.status("A001")).toBe("occupied");
  });

  test("after a long one the silent count no more", async () => {
    const bays = await Bays.open();
    bays.tell("A001", true);
    await bays.pass(5);
    await bays.flow.stop();
    const { book, clock } = bays;
    await clock.advance(minutes(90));
    const again = await Bays.open({ book, clock });
    await again.pass(5);
    expect(again.status("A001")).toBe("unknown");
  });

  test("with another configuration the moved are moved, the new are there and the gone are out of service", async () => {
    const bays = await Bays.open({ spaces: 4 });
    bays.tell("A002", true);
    await bays.pass(1);
    await bays.flow.stop();
    const { book, clock } = bays;
    const larger = await Bays.open({ book, clock, spaces: 6 });
    expect(larger.book.db.select().from(tables.spaces).all()).toMatchObject([
      { spaceId: "A001", zone: "west" },
      { spaceId: "A002", zone: "west", status: "occupied" },
      { spaceId: "A003", zone: "west", isAccessible: false },
      { spaceId: "A004", zone: "east" },
      { spaceId: "A005" },
      { spaceId: "A006" },
    ]);
    await larger.flow.stop();
    const smaller = await Bays.open({ book, clock, spaces: 2 });
    expect(smaller.status("A006")).toBe("out-of-service");
    expect(smaller.flow.counts).toMatchObject({ "out-of-service": 0 });
    await smaller.flow.stop();
    const back = await Bays.open({ book, clock, spaces: 6 });
    expect(back.status("A006")).toBe("unknown");
  });
});

describe("a full disk", () => {
  test("acknowledges nothing, keeps what is published, and nothing is lost when there is room again", async () => {
    const bays = await Bays.open();
    bays.tell("A001", false);
    await bays.pass(5);
    bays.fillUp();
    const kept = bays.observations.length;
    const refused = bays.says("A001", true, { boot: "b1 ".repeat(1000) });
    expect(() => bays.flow.observe([refused])).toThrow(Fault);
    expect(bays.observations).toHaveLength(kept);
    expect(bays.status("A001")).toBe("free");
    bays.setFull(false);
    bays.flow.observe([refused]);
    await bays.pass(10);
    expect(bays.status("A001")).toBe("occupied");
  });

  test("that fills up between a word and its answer: the answer is saved when there is room", async () => {
    const bays = await Bays.open({ spaces: 300 });
    const sayAll = (occupied: boolean): void =>
      bays.flow.observe(bays.flow.all().map(({ spec }) => bays.says(spec.spaceId, occupied)));
    sayAll(false);
    await bays.pass(5);
    sayAll(true);
    bays.fillUp();
    await bays.pass(20);
    expect(bays.count("writes_failed_total")).toBeGreaterThan(0);
    expect(bays.status("A001")).toBe("free");
    expect(bays.flow.one("A001")?.status).toBe("free");
    expect(bays.stays).toEqual([]);
    bays.setFull(false);
    await bays.pass(10);
    expect(bays.flow.counts.occupied).toBe(300);
    expect(bays.stays).toHaveLength(300);
    expect(bays.status("A001")).toBe("occupied");
  });
});

test("many spaces that change at once are published in groups, all of them", async () => {
  const bays = await Bays.open({ spaces: 2500 });
  bays.flow.observe(bays.flow.all().map(({ spec }) => bays.says(spec.spaceId, true)));
  await bays.pass(5);
  expect(bays.flow.counts.occupied).toBe(2500);
  expect(bays.changed.map((group) => group.length)).toEqual([1000, 1000, 500]);
  expect(new Set(bays.changed.flat()).size).toBe(2500);
});
