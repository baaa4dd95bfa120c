import { check } from "@gatehouse/shared/check";
import type { Clock } from "@gatehouse/shared/ports/clock";
import { type Duration, hours, type Instant, milliseconds, minutes } from "@gatehouse/shared/time";
import { type Bay, Bays } from "./bays.ts";
import { type Car, type Habits, makeCar, paintPlate, type Stay } from "./cars.ts";
import { happens, pick, wait } from "./chance.ts";
import { letCarsArrive } from "./demand.ts";
import { type LaneOutcome, LaneQueue, type LaneSite } from "./lane-queue.ts";
import type { KeptCar } from "./plan.ts";
import type { SeededRandom } from "./seeded-random.ts";
import { TownTruth } from "./town-truth.ts";

export interface TownParts {
  readonly clock: Clock;
  readonly random: SeededRandom;
  readonly lanes: readonly LaneSite[];
  readonly bays: readonly Bay[];
  readonly timeZone: string;
  /** See `demand.ts`; 1 is a busy weekday. */
  readonly demand: number;
  readonly habits: Habits;
  readonly stay: Stay;
  /** The time that the cameras show; missing: the town's own. */
  readonly cameraTime?: () => Instant;
  /** What a driver does between the stay and the way to the exit: pays at a till, for example. */
  readonly beforeLeaving?: (car: Car) => Promise<void>;
  /** A driver pressed the help button of a lane. */
  readonly onHelp?: (queue: LaneQueue, car: Car) => void;
}

/** Cars that come, are let in, find a space, stay, pay and leave. The same seed brings the same cars. */
export class Town {
  readonly truth: TownTruth;
  readonly bays: Bays;
  readonly #parts: TownParts;
  readonly #clock: Clock;
  readonly #entries: readonly LaneQueue[];
  readonly #exits: readonly LaneQueue[];
  /** Plates of cars that come often. */
  readonly regulars: readonly string[];
  /** Cars on the road to the gate or inside, by plate: no plate is in two places. */
  readonly #about = new Set<string>();
  /** Cars in a space, by number, and when they leave it. */
  readonly #parked = new Map<number, { readonly bay: Bay; readonly until: Duration }>();
  #arrivals = 0;
  #reads = 0;
  #stopArrivals = (): void => {};
  #isOpen = (): void => {};
  /** Before that nobody moves: the facility may not be looking yet. */
  readonly #opened = new Promise<void>((resolve) => {
    this.#isOpen = resolve;
  });

  constructor(parts: TownParts) {
    this.#parts = parts;
    this.#clock = parts.clock;
    this.bays = new Bays(parts.bays);
    this.truth = new TownTruth(parts.clock);
    this.#entries = this.#queues("entry");
    this.#exits = this.#queues("exit");
    const painter = parts.random.fork("regulars");
    this.regulars = Array.from({ length: regularCount }, () => paintPlate(painter));
  }

  /** Cars begin to arrive. */
  open(): void {
    this.#isOpen();
    const { clock, random, timeZone, demand } = this.#parts;
    const plan = { clock, random: random.fork("arrivals"), timeZone, scale: demand };
    this.#stopArrivals = letCarsArrive(plan, () => void this.#live(this.#nextCar()));
  }

  /** Nobody arrives any more; who is here goes on. */
  drain(): void {
    this.#stopArrivals();
  }

  /** The cars inside as they stand, for the next run. */
  keep(): KeptCar[] {
    return this.truth.inside.map((visit) => {
      const parked = this.#parked.get(visit.carNumber);
      return {
        number: visit.carNumber,
        plate: visit.plate,
        vehicle_class: visit.vehicleClass,
        entry_lane: visit.entryLane,
        space_id: parked?.bay.spaceId ?? null,
        remaining_ms: parked === undefined ? 0 : Math.max(0, parked.until - this.now),
      };
    });
  }

  /** Cars of an earlier run are inside again: once the town opens they stay out their time and leave. */
  resume(kept: readonly KeptCar[]): void {
    const { random, habits, stay } = this.#parts;
    for (const old of kept) {
      this.#arrivals = Math.max(this.#arrivals, old.number);
      const made = makeCar(random, old.number, habits, stay, old.plate);
      const car = { ...made, vehicleClass: old.vehicle_class as Car["vehicleClass"] };
      this.#about.add(car.plate);
      this.truth.wasInside(car, old.entry_lane);
      const bay = old.space_id === null ? undefined : this.bays.find(old.space_id);
      void this.#stayOut(car, bay, milliseconds(old.remaining_ms));
    }
  }

  async #stayOut(car: Car, bay: Bay | undefined, remaining: Duration): Promise<void> {
    if (bay !== undefined) this.#take(car, bay, remaining);
    await this.#opened;
    if (bay !== undefined) await this.#stand(car, bay, remaining);
    await this.#leave(car);
    this.#about.delete(car.plate);
  }

  /** Steady time of the town: milliseconds that nothing steps. */
  get now(): Duration {
    return this.#clock.monotonic();
  }

  /** Cars waiting before an arm now. */
  get queued(): number {
    return [...this.#entries, ...this.#exits].reduce((sum, queue) => sum + queue.length, 0);
  }

  /** The car that stands before a lane's arm. */
  frontOf(laneId: string): Car | undefined {
    return [...this.#entries, ...this.#exits].find(({ site }) => site.laneId === laneId)?.front;
  }

  #queues(direction: LaneSite["direction"]): LaneQueue[] {
    const { lanes, clock, habits, onHelp, random, cameraTime } = this.#parts;
    return lanes
      .filter((site) => site.direction === direction)
      .map(
        (site) =>
          new LaneQueue({
            site,
            clock,
            habits,
            cameraTime: cameraTime ?? (() => clock.now()),
            readId: () => `${site.laneId}-${++this.#reads}-${random.id().slice(-8)}`,
            onHelp: (queue, car) => onHelp?.(queue, car),
          }),
      );
  }

  #nextCar(): Car {
    const { random, habits, stay } = this.#parts;
    const chance = random.fork(`plate ${++this.#arrivals}`);
    const regular = happens(chance, regularShare) ? pick(chance, this.regulars) : undefined;
    const known = regular === undefined || this.#about.has(regular) ? undefined : regular;
    return makeCar(random, this.#arrivals, habits, stay, known);
  }

  async #live(car: Car): Promise<void> {
    this.truth.arrived++;
    const queue = shortest(this.#entries);
    if (queue.length >= longestQueue || this.#about.has(car.plate)) {
      this.truth.droveOn++;
      return;
    }
    this.#about.add(car.plate);
    const outcome = await queue.join(car);
    if (isBeyond(outcome)) {
      this.truth.enter(car, queue.site.laneId, outcome === "tailgated");
      await this.#park(car);
      await this.#leave(car);
    } else {
      this.truth.turned(outcome);
    }
    this.#about.delete(car.plate);
  }

  async #park(car: Car): Promise<void> {
    const { random } = car;
    await this.#clock.sleep(wait(random, 30, 90));
    let bay = this.bays.choose(random, car.vehicleClass);
    for (let round = 0; bay === undefined && round < searchRounds; round++) {
      await this.#clock.sleep(searchRound);
      bay = this.bays.choose(random, car.vehicleClass);
    }
    if (bay === undefined) return;
    await this.#stand(car, bay, car.stay);
  }

  #take(car: Car, bay: Bay, stay: Duration): void {
    if (!this.bays.isTaken(bay.spaceId)) this.bays.set(bay, true, car);
    this.#parked.set(car.number, { bay, until: milliseconds(this.now + stay) });
  }

  /** Stands in a space, then drives to the exit. */
  async #stand(car: Car, bay: Bay, stay: Duration): Promise<void> {
    this.#take(car, bay, stay);
    await this.#clock.sleep(stay);
    await this.#parts.beforeLeaving?.(car);
    this.#parked.delete(car.number);
    this.bays.set(bay, false);
    await this.#clock.sleep(wait(car.random, 25, 60));
  }

  /** Nobody is left inside for ever: a driver whom no exit lets out tries again. */
  async #leave(car: Car): Promise<void> {
    for (let tries = 0; tries < exitTries; tries++) {
      const queue = shortest(this.#exits);
      const outcome = await queue.join(car);
      if (isBeyond(outcome)) {
        this.truth.leave(car, queue.site.laneId, outcome === "tailgated");
        return;
      }
      this.truth.turned(outcome);
      await this.#clock.sleep(wait(car.random, 180, 480));
    }
    this.truth.stranded++;
  }
}

const isBeyond = (outcome: LaneOutcome): boolean =>
  outcome === "through" || outcome === "tailgated";

function shortest(queues: readonly LaneQueue[]): LaneQueue {
  const [first] = queues.toSorted((a, b) => a.length - b.length);
  check(first !== undefined, "a town has an entry and an exit");
  return first;
}

/** Drivers who see more cars than this before the arm drive on. */
const longestQueue = 10;
const regularCount = 400;
const regularShare = 0.3;
const searchRound: Duration = minutes(1);
const searchRounds = 15;
/** At one try in ten minutes this is a week. */
const exitTries = hours(168) / minutes(10);
