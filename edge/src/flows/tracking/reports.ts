import type {
  AverageDwell,
  DailyReport,
  HourlyOccupancy,
  HourOfDate,
  OccupancyAnalytics,
  PriceAdvice,
  SpaceUtilization,
} from "@gatehouse/shared/contracts/tracking-answers";
import { decimalsOf, minorUnits } from "@gatehouse/shared/money";
import { type Advice, advise } from "@gatehouse/shared/price-advice";
import { earlier, hours, type Instant, isoOf } from "@gatehouse/shared/time";
import { daysFrom, startOfDay } from "../../domain/calendar.ts";
import type { Reader } from "../../store/book.ts";
import type { CameraHour } from "../../store/tracking.ts";
import {
  dwellDuring,
  feesDuring,
  hoursDuring,
  spaceSumsSince,
  vehiclesDuring,
} from "../../store/tracking-reports.ts";

export interface TrackingReportsDeps {
  readonly book: Reader;
  readonly timezone: string;
  readonly currency: string;
  readonly now: () => Instant;
  /** Brings the book up to date, as far as that is cheap. */
  readonly refresh: () => void;
}

const fullestHours = 5;
const percent = 100;

/** What the sums say (requirements T20–T23, T29, T30, T33–T35). Hours and days are the facility's civil time. */
export class TrackingReports {
  readonly #deps: TrackingReportsDeps;

  constructor(deps: TrackingReportsDeps) {
    this.#deps = deps;
  }

  /** The fullest hours of the day, over the last days. */
  occupancy(cameraId: string, days: number): OccupancyAnalytics {
    const { book, now, refresh } = this.#deps;
    refresh();
    const [from, to] = [this.#daysAgo(days), now() + 1];
    const rows = hoursDuring(book, { cameraId, from, to }).filter(
      ({ spacesSeen }) => spacesSeen > 0,
    );
    const byHour = [...Map.groupBy(rows, ({ hour }) => hour)].map(([hour, all]) => ({
      _id: hour,
      hour,
      avg_occupancy: rateOf(all),
      count: all.reduce((sum, { frames }) => sum + frames, 0),
    }));
    const fullest = byHour.toSorted((a, b) => b.avg_occupancy - a.avg_occupancy || a.hour - b.hour);
    return { camera_id: cameraId, period_days: days, peak_hours: fullest.slice(0, fullestHours) };
  }

  /** How much each space is used, and what its price might do about it. */
  utilization(cameraId: string, days: number): SpaceUtilization {
    const { book, timezone, refresh } = this.#deps;
    refresh();
    const { day } = startOfDay(this.#daysAgo(days), timezone);
    const spaces = spaceSumsSince(book, cameraId, day)
      .map((space) => ({ ...space, rate: spaceRateOf(space) }))
      .toSorted((a, b) => b.rate - a.rate || (a.spaceId < b.spaceId ? -1 : 1));
    return {
      camera_id: cameraId,
      period_days: days,
      utilization: spaces.map((space) => ({
        space_id: space.spaceId,
        space_name: space.spaceName,
        utilization_rate: space.rate,
        total_snapshots: space.frames,
        occupied_count: space.occupiedFrames,
        observed_seconds: Math.round(space.observedMs / 1000),
        occupied_seconds: Math.round(space.occupiedMs / 1000),
      })),
      recommendations: advise(spaces).map(adviceOutward),
    };
  }

  /** @returns undefined when `date` is no day of the calendar */
  hourly(cameraId: string, date: string): HourlyOccupancy | undefined {
    this.#deps.refresh();
    const hourly = this.#hoursOf(cameraId, date);
    return hourly && { camera_id: cameraId, date, hourly_data: hourly.rows };
  }

  /** @returns undefined when `date` is no day of the calendar */
  daily(cameraId: string, date: string): DailyReport | undefined {
    const { book, currency, refresh } = this.#deps;
    refresh();
    const hourly = this.#hoursOf(cameraId, date);
    if (hourly === undefined) return undefined;
    const { span, hours: sums, vehicles, rows } = hourly;
    const observations = sumOver(rows, (row) => row.vehicle_observations);
    const types = Map.groupBy(vehicles, ({ vehicleClass }) => vehicleClass);
    const observed = rows.filter((_, index) => (sums[index]?.spacesSeen ?? 0) > 0);
    return {
      camera_id: cameraId,
      date,
      summary: {
        total_vehicles: vehiclesOr(vehicles.length, observations),
        vehicle_observations: observations,
        avg_occupancy_rate: Math.round(rateOf(sums) * percent) / percent,
        max_occupancy: Math.max(0, ...rows.map((row) => row.max_occupancy)),
        vehicle_types: Object.fromEntries([...types].map(([type, all]) => [type, all.length])),
        entries: sumOver(rows, (row) => row.entries),
        exits: sumOver(rows, (row) => row.exits),
      },
      hourly_data: rows,
      peak_hour:
        observed.toSorted((a, b) => b.avg_occupancy_rate - a.avg_occupancy_rate)[0] ?? null,
      revenue: decimalsOf(currency)(minorUnits(feesDuring(book, span))),
      revenue_basis: "accrued, unpaid",
      currency,
    };
  }

  /** How long the vehicles were inside that left on these days. @returns undefined when they are no days */
  dwell(cameraId: string, from: string, to: string): AverageDwell | undefined {
    const { book, timezone, refresh } = this.#deps;
    refresh();
    const days = daysFrom(from, to, timezone);
    if (days === undefined) return undefined;
    const { vehicles, seconds } = dwellDuring(book, { cameraId, from: days.start, to: days.end });
    const average = vehicles === 0 ? 0 : seconds / vehicles;
    return { camera_id: cameraId, from, to, vehicles, average_dwell_seconds: average };
  }

  /** The civil day of this moment. */
  today(): string {
    const { now, timezone } = this.#deps;
    return startOfDay(now(), timezone).day;
  }

  #hoursOf(cameraId: string, date: string) {
    const { book, timezone } = this.#deps;
    const day = daysFrom(date, date, timezone);
    if (day === undefined) return undefined;
    const span = { cameraId, from: day.start, to: day.end };
    const sums = hoursDuring(book, span).filter((row) => row.day === date);
    const vehicles = vehiclesDuring(book, span);
    const rows = sums.map((row): HourOfDate => {
      const present = vehicles.filter(
        ({ firstSeen, lastSeen }) => lastSeen >= row.hourStart && firstSeen < row.hourEnd,
      );
      return {
        _id: row.hour,
        hour: row.hour,
        start: isoOf(row.hourStart as Instant),
        avg_occupancy_rate: rateOf([row]),
        max_occupancy: row.maxOccupied,
        total_vehicles: vehiclesOr(present.length, row.vehicleObservations),
        vehicle_observations: row.vehicleObservations,
        entries: row.entries,
        exits: row.exits,
      };
    });
    return { span, hours: sums, vehicles, rows };
  }

  #daysAgo = (days: number): Instant => earlier(this.#deps.now(), hours(24 * days));
}

/** Occupied share of the time that was observed; of single pictures, when no time has passed between them. */
export function rateOf(rows: readonly CameraHour[]): number {
  const spaceMs = sumOver(rows, (row) => row.spaceMs);
  if (spaceMs > 0) return sumOver(rows, (row) => row.occupiedMs) / spaceMs;
  const seen = sumOver(rows, (row) => row.spacesSeen);
  return seen === 0 ? 0 : sumOver(rows, (row) => row.occupiedSeen) / seen;
}

function spaceRateOf(space: ReturnType<typeof spaceSumsSince>[number]): number {
  if (space.observedMs > 0) return space.occupiedMs / space.observedMs;
  return space.frames === 0 ? 0 : space.occupiedFrames / space.frames;
}

/** Nobody was followed though vehicles were seen: then nobody knows how many they were. */
const vehiclesOr = (followed: number, observations: number): number | null =>
  followed === 0 && observations > 0 ? null : followed;

const sumOver = <Row>(rows: readonly Row[], value: (row: Row) => number): number =>
  rows.reduce((sum, row) => sum + value(row), 0);

const adviceOutward = ({
  spaceId,
  spaceName,
  rate,
  change,
  suggested,
  reason,
}: Advice): PriceAdvice => ({
  space_id: spaceId,
  space_name: spaceName,
  current_utilization: rate,
  recommendation: change,
  suggested_change: suggested,
  reason,
});
