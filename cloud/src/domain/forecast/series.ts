import type { Instant } from "@gatehouse/shared/time";
import type { CivilHour } from "./civil-hours.ts";

/** What was measured hour by hour; undefined where nobody knows, which is not the same as nothing. */
export interface Series {
  /** One after the other, without a gap. */
  readonly hours: readonly CivilHour[];
  /** As many; none below zero. */
  readonly values: readonly (number | undefined)[];
  /** No value is above it; undefined where nothing bounds it. */
  readonly capacity: number | undefined;
}

/** What brings more vehicles than usual, or fewer. */
export interface PlannedEvent {
  /** Events of one name teach what the next of them does. */
  readonly name: string;
  readonly from: Instant;
  /** The first moment after it. */
  readonly to: Instant;
  /** Per cent more (below zero: fewer) as somebody expects it; null: as earlier ones of its name did. */
  readonly expectedPercent: number | null;
}

/** What is known beforehand about days, past ones and coming ones. */
export interface Calendar {
  /** Days, as `2026-12-25`. */
  readonly holidays: ReadonlySet<string>;
  readonly events: readonly PlannedEvent[];
}

/** The event in whose time an hour begins; of several the one that began last. */
export const eventAt = ({ events }: Calendar, { start }: CivilHour): PlannedEvent | undefined =>
  events.reduce<PlannedEvent | undefined>(
    (found, event) =>
      event.from <= start && start < event.to && (found === undefined || event.from >= found.from)
        ? event
        : found,
    undefined,
  );

/** Within what can be: never below zero, never above what there is. */
export const bounded = (value: number, capacity: number | undefined): number =>
  Math.max(0, Math.min(value, capacity ?? Number.POSITIVE_INFINITY));
