import type { Advice } from "@gatehouse/shared/contracts/reports/advice";

/** How much of the time a zone's spaces were occupied in one hour of the week. */
export interface ZoneSlot {
  readonly zoneId: string;
  readonly zoneName: string;
  /** 0 to 167, from Monday's first hour. */
  readonly slot: number;
  readonly occupiedS: number;
  readonly spaceS: number;
}

/** What passed a lane in one hour of the week. */
export interface LaneSlot {
  readonly laneId: string;
  readonly laneName: string;
  readonly isEntry: boolean;
  readonly slot: number;
  /** How many such hours were told. */
  readonly hours: number;
  /** Vehicles in all of them, and in the busiest. */
  readonly passages: number;
  readonly most: number;
  readonly served: number;
  readonly servedMs: number;
}

/** One space over the whole period. */
export interface SpaceRate {
  readonly spaceId: string;
  readonly spaceType: string;
  readonly zoneName: string;
  /** Occupied share of the time that was observed, 0–1. */
  readonly rate: number;
}

/** Leads to the sessions that came in so; undefined answers: no address. */
export type OpensSessions = (asked: { readonly hour?: number; readonly lane?: string }) => string;

export type Row = Advice["evidence"]["rows"][number];

/** A share with four digits, as it leaves the program. */
export const rounded = (share: number): number => Math.round(10_000 * share) / 10_000;

/** As a sentence says it: whole per cent. */
export const percentWords = (share: number): string => `${Math.round(100 * share)} %`;

const weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] as const;

/** An hour of the week as evidence names it: `Fri 17`. */
export const slotName = (slot: number): string =>
  `${weekdays[Math.floor(slot / 24)] ?? ""} ${String(slot % 24).padStart(2, "0")}`;
