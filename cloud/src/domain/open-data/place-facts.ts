import type { Layout } from "@gatehouse/shared/contracts/layout";
import type { Tariff } from "@gatehouse/shared/contracts/tariff";
import { elapsed, type Instant, minutes } from "@gatehouse/shared/time";

/** How many spaces are in which state. */
export interface SpaceStates {
  readonly free: number;
  readonly occupied: number;
  readonly unknown: number;
  readonly outOfService: number;
}

/** All that head office knows of a facility which may be told everybody. */
export interface PlaceFacts {
  readonly placeId: string;
  readonly name: string;
  readonly timezone: string;
  readonly now: Instant;
  /** When it was heard last. */
  readonly heardAt: Instant | undefined;
  /** Lines that it wrote and head office does not hold; undefined when it does not tell. */
  readonly linesToCome: number | undefined;
  /** When it told its layout last. */
  readonly layoutAt: Instant | undefined;
  readonly layout: Layout;
  /** By zone. */
  readonly zones: ReadonlyMap<string, SpaceStates>;
  readonly tariff:
    | { readonly body: Tariff; readonly from: Instant; readonly to: Instant | undefined }
    | undefined;
}

/** A facility that was not heard for longer may be fuller or emptier by now. */
const currentFor = minutes(10);

/** Whether what is known of it is of now. */
export const isCurrent = ({ heardAt, linesToCome, now }: PlaceFacts): boolean =>
  heardAt !== undefined && elapsed(heardAt, now) <= currentFor && linesToCome === 0;

/** It grows whenever the facility tells another layout. */
export const placeVersion = ({ layoutAt }: PlaceFacts): number =>
  layoutAt === undefined ? 0 : Math.floor(layoutAt / 1000);

/** The states of all zones together; undefined where there are none. */
export function wholeOf({ zones }: PlaceFacts): SpaceStates | undefined {
  if (zones.size === 0) return undefined;
  const sum = { free: 0, occupied: 0, unknown: 0, outOfService: 0 };
  for (const states of zones.values())
    for (const name of ["free", "occupied", "unknown", "outOfService"] as const)
      sum[name] += states[name];
  return sum;
}

/** How many spaces there are. */
export const spacesIn = ({ free, occupied, unknown, outOfService }: SpaceStates): number =>
  free + occupied + unknown + outOfService;
