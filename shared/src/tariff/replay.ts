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
  const byClass = new Map<string, Takings>();
  const byDay = new Map<string, Takings>();
  const histories = new Map<string, EarlierStay[]>();
  let all: Takings = { stays: 0, charged: 0, draft: 0 };
  for (const stay of stays) {
    const { plate, vehicleClass, entry, exit, charged, isFixed } = stay;
    const history = plate === undefined ? [] : (histories.get(plate) ?? []);
    const length = milliseconds(exit - entry);
    const scene = { tariff, zone, vehicleClass, entry, stay: length, history };
    const draft = isFixed ? charged : priceLength(scene).total;
    if (tariff.reentry !== undefined && plate !== undefined)
      histories.set(plate, [...history, { entry, exit, paid: minorUnits(draft) }]);
    all = added(all, charged, draft);
    const day = isoDay(siteOf(zone, tariff).momentOf(exit).day);
    byClass.set(vehicleClass, added(byClass.get(vehicleClass), charged, draft));
    byDay.set(day, added(byDay.get(day), charged, draft));
  }
  return { ...all, byClass, byDay };
}

/** @param day since 1970-01-01 */
const isoDay = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10);

const added = (known: Takings | undefined, charged: number, draft: number): Takings => ({
  stays: (known?.stays ?? 0) + 1,
  charged: (known?.charged ?? 0) + charged,
  draft: (known?.draft ?? 0) + draft,
});
