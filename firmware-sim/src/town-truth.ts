import type { Clock } from "@gatehouse/shared/ports/clock";
import type { Duration, Instant } from "@gatehouse/shared/time";
import type { Car, CarClass } from "./cars.ts";
import type { LaneOutcome } from "./lane-queue.ts";

/** One car's visit as it truly was. Steady times are the town clock's monotonic milliseconds. */
export interface Visit {
  readonly carNumber: number;
  readonly plate: string;
  readonly vehicleClass: CarClass;
  readonly entryLane: string;
  readonly enteredAt: Instant;
  readonly enteredSteady: Duration;
  /** Followed another car through an open arm. */
  readonly tailgatedIn: boolean;
  readonly exitLane?: string;
  readonly leftAt?: Instant;
  readonly leftSteady?: Duration;
  readonly tailgatedOut?: boolean;
}

/** What truly happened, for comparing with what the facility believes. */
export class TownTruth {
  arrived = 0;
  /** Saw the queue and drove on. */
  droveOn = 0;
  carsIn = 0;
  carsOut = 0;
  /** Tried the exit for a week. */
  stranded = 0;
  readonly turnedBack: Record<LaneOutcome, number> = {
    through: 0,
    tailgated: 0,
    "backed-out": 0,
    "gave-up": 0,
    "turned-away": 0,
  };
  readonly #clock: Clock;
  readonly #inside = new Map<number, Visit>();
  readonly #ended: Visit[] = [];
  readonly #onEnter: ((visit: Visit) => void)[] = [];
  readonly #onEnd: ((visit: Visit) => void)[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get inside(): readonly Visit[] {
    return [...this.#inside.values()];
  }

  /** The last visits that ended, oldest first, at most `visitsKept`. */
  get ended(): readonly Visit[] {
    return this.#ended;
  }

  onEnter(listener: (visit: Visit) => void): void {
    this.#onEnter.push(listener);
  }

  onEnd(listener: (visit: Visit) => void): void {
    this.#onEnd.push(listener);
  }

  /** A car that came in during an earlier run; it is not counted again. */
  wasInside(car: Car, laneId: string): void {
    this.enter(car, laneId, false);
    this.carsIn--;
  }

  enter(car: Car, laneId: string, tailgated: boolean): void {
    this.carsIn++;
    if (tailgated) this.turnedBack.tailgated++;
    const visit: Visit = {
      carNumber: car.number,
      plate: car.plate,
      vehicleClass: car.vehicleClass,
      entryLane: laneId,
      enteredAt: this.#clock.now(),
      enteredSteady: this.#clock.monotonic(),
      tailgatedIn: tailgated,
    };
    this.#inside.set(car.number, visit);
    for (const listener of this.#onEnter) listener(visit);
  }

  leave(car: Car, laneId: string, tailgated: boolean): void {
    const visit = this.#inside.get(car.number);
    if (visit === undefined) throw new RangeError(`car ${car.number} leaves but never entered`);
    this.#inside.delete(car.number);
    this.carsOut++;
    const ended = {
      ...visit,
      exitLane: laneId,
      leftAt: this.#clock.now(),
      leftSteady: this.#clock.monotonic(),
      tailgatedOut: tailgated,
    };
    this.#ended.push(ended);
    if (this.#ended.length > visitsKept) this.#ended.shift();
    for (const listener of this.#onEnd) listener(ended);
  }

  turned(outcome: LaneOutcome): void {
    this.turnedBack[outcome]++;
  }
}

const visitsKept = 10_000;
