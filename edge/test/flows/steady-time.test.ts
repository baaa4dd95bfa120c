import { VirtualClock } from "@gatehouse/firmware-sim/virtual-clock";
import { Fault } from "@gatehouse/shared/fault";
import { minutes, seconds } from "@gatehouse/shared/time";
import { describe, expect, test } from "vitest";
import { SteadyTime } from "../../src/flows/steady-time.ts";
import { Book } from "../../src/store/book.ts";
import { linesAfter } from "../../src/store/ledger.ts";
import { CarPark, morning } from "./car-park.ts";

const hour = 3_600_000;

/** One machine whose daemon may end and begin again. */
class Machine {
  readonly clock = new VirtualClock(morning);
  readonly book = new Book(":memory:", {
    onStep: () => {
      if (this.isFull) throw new Fault("disk-full", "played");
    },
  });
  isFull = false;
  readonly log: string[] = [];
  #steady: SteadyTime | undefined;

  static async on(): Promise<Machine> {
    const machine = new Machine();
    await machine.begin();
    return machine;
  }

  get steady(): SteadyTime {
    if (this.#steady === undefined) throw new RangeError("the daemon is not running");
    return this.#steady;
  }

  async begin(): Promise<void> {
    const log = (event: string): void => void this.log.push(event);
    this.#steady = new SteadyTime(this.book, this.clock, { info: log, warn: log, error: log });
    await this.#steady.start();
  }

  async end(): Promise<void> {
    await this.steady.stop();
  }

  async pass(ms: number): Promise<void> {
    await this.clock.advance(seconds(ms / 1000));
  }

  get steps(): number[] {
    return linesAfter(this.book, 1, 0, 100)
      .filter(({ type }) => type === "clock-stepped")
      .map(({ text }) => (JSON.parse(text) as { body: { by_ms: number } }).body.by_ms);
  }
}

describe("what was stamped before a step back", () => {
  test("may be older than it says by the step, for the minutes in which cameras repeat themselves", async () => {
    const machine = await Machine.on();
    await machine.pass(minutes(10));
    const before = machine.clock.now();
    expect(machine.steady.doubtAbout(before)).toBe(0);
    machine.clock.stepWall(-140_000);
    expect(machine.steady.doubtAbout(before)).toBe(140_000);
    expect(machine.steady.doubtAbout(machine.clock.now())).toBe(140_000);
    await machine.pass(minutes(2));
    expect(machine.steady.doubtAbout(machine.clock.now())).toBe(140_000);
    await machine.pass(30_000);
    // The clock has passed where it was: nothing from before the step bears such a time.
    expect(machine.steady.doubtAbout(machine.clock.now())).toBe(0);
    expect(machine.steady.doubtAbout(before)).toBe(140_000);
    await machine.pass(minutes(3));
    expect(machine.steady.doubtAbout(before)).toBe(0);
  });

  test("is doubted after a restart too, and steps back add up", async () => {
    const machine = await Machine.on();
    await machine.pass(minutes(10));
    machine.clock.stepWall(-60_000);
    await machine.pass(minutes(1.5));
    await machine.end();
    machine.clock.stepWall(-60_000);
    await machine.begin();
    expect(machine.steady.doubtAbout(machine.clock.now())).toBe(120_000);
  });

  test("is not doubted after a step forward: it looks older than it is", async () => {
    const machine = await Machine.on();
    machine.clock.stepWall(hour);
    expect(machine.steady.doubtAbout(machine.clock.now())).toBe(0);
  });
});

describe("steady time", () => {
  test("begins as wall time and runs like it", async () => {
    const machine = await Machine.on();
    expect(machine.steady.now()).toBe(morning);
    await machine.pass(hour);
    expect(machine.steady.now()).toBe(morning + hour);
    expect(machine.steps).toEqual([]);
  });

  test.each([hour, -hour, 365 * 24 * hour])(
    "is not moved by a step of the wall clock of %d ms, which is written down once",
    async (step) => {
      const machine = await Machine.on();
      await machine.pass(30_000);
      machine.clock.stepWall(step);
      await machine.pass(minutes(5));
      expect(machine.steady.now()).toBe(morning + 30_000 + minutes(5));
      expect(machine.steps).toEqual([step]);
      expect(machine.log).toEqual(["clock-stepped"]);
      expect(machine.steady.suspect).toBe(false);
    },
  );

  test("takes a clock that drifts a little for one that is right", async () => {
    const machine = await Machine.on();
    for (let minute = 0; minute < 30; minute++) {
      machine.clock.stepWall(500);
      await machine.pass(minutes(1));
    }
    expect(machine.steps).toEqual([]);
  });

  test("goes on over a restart of the daemon, and notices a step that happened meanwhile", async () => {
    const machine = await Machine.on();
    await machine.pass(minutes(10));
    await machine.end();
    machine.clock.stepWall(-hour);
    await machine.pass(minutes(10));
    await machine.begin();
    expect(machine.steady.now()).toBe(morning + minutes(20));
    expect(machine.steps).toEqual([-hour]);
  });

  test("follows the wall clock over a power cut", async () => {
    const machine = await Machine.on();
    await machine.pass(minutes(10));
    await machine.end();
    machine.clock.cutPower();
    await machine.pass(5 * hour);
    await machine.begin();
    expect(machine.steady.now()).toBe(morning + minutes(10) + 5 * hour);
    expect(machine.steady.suspect).toBe(false);
  });

  test.each([
    ["goes backwards", -2 * hour],
    ["begins in 1970", 0 - morning],
    ["is a year ahead", 365 * 24 * hour],
  ])(
    "stands still over a power cut after which the wall clock %s, and calls it suspect until it is right",
    async (_, step) => {
      const machine = await Machine.on();
      await machine.pass(minutes(10));
      await machine.end();
      machine.clock.cutPower();
      machine.clock.stepWall(step);
      await machine.pass(minutes(10));
      await machine.begin();
      expect(machine.steady.now()).toBe(morning + minutes(10));
      expect(machine.steady.suspect).toBe(true);
      await machine.pass(minutes(30));
      expect(machine.steady.now()).toBe(morning + minutes(40));
      expect(machine.steady.suspect).toBe(true);
      machine.clock.stepWall(-step);
      await machine.pass(minutes(2));
      expect(machine.steady.suspect).toBe(false);
      expect(machine.steady.now()).toBe(morning + minutes(42));
    },
  );

  test("does not jump at the next power cut because the clock was wrong at the last one", async () => {
    const machine = await Machine.on();
    await machine.pass(minutes(10));
    await machine.end();
    machine.clock.cutPower();
    machine.clock.stepWall(365 * 24 * hour);
    await machine.begin();
    await machine.pass(minutes(10));
    await machine.end();
    machine.clock.cutPower();
    machine.clock.stepWall(-365 * 24 * hour);
    await machine.pass(hour);
    await machine.begin();
    expect(machine.steady.suspect).toBe(false);
    expect(machine.steady.now()).toBe(morning + minutes(20) + hour);
  });

  test("never runs backwards, whatever happens to clock, daemon and power", async () => {
    const machine = await Machine.on();
    let before = machine.steady.now();
    for (let round = 0; round < 60; round++) {
      const step = ((round * 7919) % 11) * hour - 5 * hour;
      if (round % 3 === 0) machine.clock.stepWall(step);
      if (round % 4 === 0) {
        await machine.end();
        if (round % 8 === 0) machine.clock.cutPower();
        await machine.begin();
      }
      await machine.pass(minutes(1 + (round % 5)));
      expect(machine.steady.now()).toBeGreaterThan(before);
      before = machine.steady.now();
    }
  });

  test("goes on when its anchor finds no room, and notices a step when there is room again", async () => {
    const machine = await Machine.on();
    await machine.pass(minutes(2));
    machine.isFull = true;
    machine.clock.stepWall(hour);
    await machine.pass(minutes(5));
    expect(machine.steps).toEqual([]);
    machine.isFull = false;
    await machine.pass(minutes(2));
    expect(machine.steps).toEqual([hour]);
    expect(machine.steady.now()).toBe(morning + minutes(9));
  });
});

describe("a price", () => {
  test.each([hour, -hour])(
    "is not changed by a step of the wall clock of %d ms during the stay",
    async (step) => {
      const park = await CarPark.open();
      await park.enter("BGH1234");
      await park.pass(1800);
      park.machine.stepWall(step);
      await park.pass(1780);
      park.cards("exit-1", true);
      await park.arrive("exit-1");
      park.read("exit-1", "BGH1234");
      park.machine.stepWall(-step);
      await park.pass(7);
      expect(park.payments).toMatchObject([{ amount: 250 }]);
      park.machine.stepWall(step);
      await park.cross("exit-1");
      await park.pass(12);
      expect(park.session("BGH1234")).toMatchObject({ status: "closed", totalAmount: 250 });
    },
  );

  test("counts the time without power", async () => {
    const park = await CarPark.open();
    await park.enter("BGH1234");
    await park.restart("power", 3500);
    park.cards("exit-1", true);
    await park.arrive("exit-1");
    park.read("exit-1", "BGH1234");
    await park.pass(7);
    expect(park.payments).toMatchObject([{ amount: 250 }]);
  });

  test("does not count what a clock that went wrong over a power cut makes of it", async () => {
    const park = await CarPark.open();
    await park.enter("BGH1234");
    await park.pass(1700);
    park.die("power");
    park.machine.stepWall(365 * 24 * hour);
    await park.boot();
    expect(park.facility.doctor().find(({ name }) => name === "clock")).toMatchObject({
      ok: false,
    });
    expect(park.facts("edge-started").at(-1)).toMatchObject({ clock_suspect: true });
    park.cards("exit-1", true);
    await park.arrive("exit-1");
    park.read("exit-1", "BGH1234");
    await park.pass(7);
    expect(park.payments).toMatchObject([{ amount: 125 }]);
  });
});
