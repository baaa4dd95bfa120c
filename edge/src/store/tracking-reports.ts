import { and, asc, eq, gte, lt, type SQL, sql, sum } from "drizzle-orm";
import type { SQLiteColumn } from "drizzle-orm/sqlite-core";
import type { Reader } from "./book.ts";
import { prepared } from "./rows.ts";
import type { CameraHour } from "./tracking.ts";
import { cameraHours, cameraSpaceDays, cameraStays, cameraVehicles } from "./tracking-schema.ts";

const cameraId = sql.placeholder("cameraId");
const from = sql.placeholder("from");
const to = sql.placeholder("to");

/** Of the camera asked for, what began before the span's end and ended at its start or later. */
const during = (camera: SQLiteColumn, began: SQLiteColumn, ended = began): SQL | undefined =>
  and(eq(camera, cameraId), gte(ended, from), lt(began, to));

const statements = prepared((db) => ({
  hours: db
    .select()
    .from(cameraHours)
    .where(during(cameraHours.cameraId, cameraHours.hourStart, cameraHours.hourEnd))
    .orderBy(asc(cameraHours.hourStart))
    .prepare(),
  spaces: db
    .select({
      spaceId: cameraSpaceDays.spaceId,
      spaceName: sql<string>`max(${cameraSpaceDays.spaceName})`,
      observedMs: sum(cameraSpaceDays.observedMs).mapWith(Number),
      occupiedMs: sum(cameraSpaceDays.occupiedMs).mapWith(Number),
      frames: sum(cameraSpaceDays.frames).mapWith(Number),
      occupiedFrames: sum(cameraSpaceDays.occupiedFrames).mapWith(Number),
    })
    .from(cameraSpaceDays)
    .where(and(eq(cameraSpaceDays.cameraId, cameraId), gte(cameraSpaceDays.day, from)))
    .groupBy(cameraSpaceDays.spaceId)
    .prepare(),
  vehicles: db
    .select({
      vehicleClass: cameraVehicles.vehicleClass,
      firstSeen: cameraVehicles.firstSeen,
      lastSeen: cameraVehicles.lastSeen,
    })
    .from(cameraVehicles)
    .where(during(cameraVehicles.cameraId, cameraVehicles.firstSeen, cameraVehicles.lastSeen))
    .prepare(),
  fees: db
    .select({ minor: sql<number>`coalesce(sum(${cameraStays.fee}), 0)` })
    .from(cameraStays)
    .where(during(cameraStays.cameraId, cameraStays.exitTime))
    .prepare(),
  dwell: db
    .select({
      vehicles: sql<number>`count(*)`,
      seconds: sql<number>`coalesce(sum(${cameraVehicles.dwellSeconds}), 0)`,
    })
    .from(cameraVehicles)
    .where(
      and(
        during(cameraVehicles.cameraId, cameraVehicles.exitTime),
        sql`${cameraVehicles.dwellSeconds} is not null`,
      ),
    )
    .prepare(),
}));

/** Of one camera; from `from` up to, not including, `to` (ms UTC). */
export interface CameraSpan {
  readonly cameraId: string;
  readonly from: number;
  readonly to: number;
}

/** Hours that touch the span, in order. */
export const hoursDuring = (reader: Reader, span: CameraSpan): CameraHour[] =>
  statements(reader).hours.all({ ...span });

export interface SpaceSum {
  readonly spaceId: string;
  readonly spaceName: string;
  readonly observedMs: number;
  readonly occupiedMs: number;
  readonly frames: number;
  readonly occupiedFrames: number;
}

/** @param firstDay ISO date, in the facility's civil time */
export const spaceSumsSince = (reader: Reader, camera: string, firstDay: string): SpaceSum[] =>
  statements(reader).spaces.all({ cameraId: camera, from: firstDay });

/** Different vehicles that were followed in the span. */
export const vehiclesDuring = (
  reader: Reader,
  span: CameraSpan,
): { vehicleClass: string; firstSeen: number; lastSeen: number }[] =>
  statements(reader).vehicles.all({ ...span });

/** Prices of the stays that ended in the span, minor units. */
export const feesDuring = (reader: Reader, span: CameraSpan): number =>
  statements(reader).fees.get({ ...span })?.minor ?? 0;

/** Vehicles that left in the span having been seen entering, and how long they were inside altogether. */
export const dwellDuring = (
  reader: Reader,
  span: CameraSpan,
): { vehicles: number; seconds: number } =>
  statements(reader).dwell.get({ ...span }) ?? { vehicles: 0, seconds: 0 };
