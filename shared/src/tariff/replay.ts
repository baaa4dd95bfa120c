import type { SpaceType } from "../contracts/facility.ts";
import type { Tariff } from "../contracts/tariff.ts";
import { minorUnits } from "../money.ts";
import { type Instant, milliseconds } from "../time.ts";
import type { VehicleClass } from "../vehicle.ts";
import type { SiteCalendar } from "../site-calendar.ts";
import { type EarlierStay, priceLength, siteOf } from "./price.ts";
import { dayMs } from "./windows.ts";

/** A stay that has ended, and what was charged for it. */
export interface PastStay {
  readonly plate: string | undefined;
  readonly vehicleClass: VehicleClass;
  /** Where it stood last; left out: an ordinary space, or nobody knows which. */
  readonly spaceType?: SpaceType | undefined;
  readonly entry: Instant;
  readonly exit: Instant;
  /** Minor units. */
  readonly charged: number;
  /** No tariff changes what it cost. */
  readonly isFixed: boolean;
}

/** What some stays came to, and would have come to; minor units. */
export interface Takings {
  readonly stays: number;
  readonly charged: number;
  readonly draft: number;
}

export interface Replay extends Takings {
  readonly byClass: ReadonlyMap<string, Takings>;
  /** By the local day on which they ended, ISO dates. */
  readonly byDay: ReadonlyMap<string, Takings>;
}

/**
 * What past stays would have cost under another tariff. They are taken as they were: whether other prices would have
 * brought other drivers, nobody knows.
 *
 * @param stays in the order of their ends
 */
export function replay(stays: readonly PastStay[], tariff: Tariff, zone: SiteCalendar): Replay {
  const rerun = new Rerun(tariff, zone);
  for (const stay of stays) rerun.add(stay);
  return rerun.result;
}

/** The same, stay by stay in the order of their ends, for as many as nobody wants to hold at once. */
export class Rerun {
  readonly #tariff: Tariff;
  readonly #zone: SiteCalendar;
  readonly #byClass = new Map<string, Takings>();
  readonly #byDay = new Map<string, Takings>();
  readonly #histories = new Map<string, EarlierStay[]>();
  #all: Takings = { stays: 0, charged: 0, draft: 0 };

  constructor(tariff: Tariff, zone: SiteCalendar) {
    this.#tariff = tariff;
    this.#zone = zone;
  }

  /** @returns what it would have cost, in minor units */
  add({ plate, vehicleClass, spaceType, entry, exit, charged, isFixed }: PastStay): number {
    const [tariff, zone] = [this.#tariff, this.#zone];
    const history = plate === undefined ? [] : (this.#histories.get(plate) ?? []);
    const space = spaceType === undefined ? {} : { spaceType };
    const length = milliseconds(exit - entry);
    const scene = { tariff, zone, vehicleClass, ...space, entry, stay: length, history };
    const draft = isFixed ? charged : priceLength(scene).total;
    if (tariff.reentry !== undefined && plate !== undefined)
      this.#histories.set(plate, [...history, { entry, exit, paid: minorUnits(draft) }]);
    this.#all = added(this.#all, charged, draft);
    const day = isoDay(siteOf(zone, tariff).momentOf(exit).day);
    this.#byClass.set(vehicleClass, added(this.#byClass.get(vehicleClass), charged, draft));
    this.#byDay.set(day, added(this.#byDay.get(day), charged, draft));
    return draft;
  }

  get result(): Replay {
    return { ...this.#all, byClass: this.#byClass, byDay: this.#byDay };
  }
}

/** @param day since 1970-01-01 */
const isoDay = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10);

const added = (known: Takings | undefined, charged: number, draft: number): Takings => ({
  stays: (known?.stays ?? 0) + 1,
  charged: (known?.charged ?? 0) + charged,
  draft: (known?.draft ?? 0) + draft,
});
