import { and, asc, eq, gt, type InferSelectModel, isNull, lt, lte, sql } from "drizzle-orm";
import type { Reader, Tx } from "./book.ts";
import { prepared, writerOf } from "./rows.ts";
import { alerts, sessions } from "./schema.ts";
import { segments } from "./segment-schema.ts";
import type { Alert } from "./alerts.ts";
import {
  cameraHours,
  cameraSpaceDays,
  cameraStays,
  cameraVehicles,
  flowEvents,
  snapshots,
} from "./tracking-schema.ts";

export type Snapshot = InferSelectModel<typeof snapshots>;
export type CameraStay = Omit<InferSelectModel<typeof cameraStays>, "durationHours">;
export type CameraVehicle = InferSelectModel<typeof cameraVehicles>;
export type FlowEvent = InferSelectModel<typeof flowEvents>;
export type CameraHour = InferSelectModel<typeof cameraHours>;
export type CameraSpaceDay = InferSelectModel<typeof cameraSpaceDays>;

const snapshotRows = writerOf(snapshots);
const stayRows = writerOf(cameraStays);
const vehicleRows = writerOf(cameraVehicles);
const eventRows = writerOf(flowEvents);
const hourRows = writerOf(cameraHours);
const spaceDayRows = writerOf(cameraSpaceDays);

const before = sql.placeholder("before");
const limit = sql.placeholder("limit");
const statements = prepared((db) => ({
  activeStays: db.select().from(cameraStays).where(eq(cameraStays.status, "active")).prepare(),
  vehicle: db
    .select()
    .from(cameraVehicles)
    .where(
      and(
        eq(cameraVehicles.cameraId, sql.placeholder("cameraId")),
        eq(cameraVehicles.boot, sql.placeholder("boot")),
        eq(cameraVehicles.trackId, sql.placeholder("trackId")),
      ),
    )
    .prepare(),
  hour: db
    .select()
    .from(cameraHours)
    .where(
      and(
        eq(cameraHours.cameraId, sql.placeholder("cameraId")),
        eq(cameraHours.hourStart, sql.placeholder("start")),
      ),
    )
    .prepare(),
  hoursEnded: db
    .select()
    .from(cameraHours)
    .where(
      and(
        gt(cameraHours.hourEnd, sql.placeholder("after")),
        lte(cameraHours.hourEnd, sql.placeholder("until")),
      ),
    )
    .orderBy(asc(cameraHours.hourEnd), asc(cameraHours.cameraId))
    .prepare(),
  spaceDays: db
    .select()
    .from(cameraSpaceDays)
    .where(
      and(
        eq(cameraSpaceDays.cameraId, sql.placeholder("cameraId")),
        eq(cameraSpaceDays.day, sql.placeholder("day")),
      ),
    )
    .prepare(),
  openAlerts: db
    .select()
    .from(alerts)
    .where(and(eq(alerts.resolved, false), eq(alerts.cameraId, sql.placeholder("cameraId"))))
    .prepare(),
  paidInSpace: db
    .select({ sessionId: sessions.sessionId })
    .from(segments)
    .innerJoin(sessions, eq(sessions.sessionId, segments.sessionId))
    .where(
      and(
        eq(segments.spaceId, sql.placeholder("spaceId")),
        isNull(segments.untilTime),
        sql`${sessions.status} in ('pending', 'open', 'paid-grace', 'exiting')`,
        sql`(${sessions.permitId} is not null or ${sessions.paidAmount} > 0)`,
      ),
    )
    .limit(1)
    .prepare(),
  drops: [
    db
      .delete(snapshots)
      .where(
        sql`rowid in (select rowid from ${snapshots} where ${lt(snapshots.timestamp, before)} limit ${limit})`,
      )
      .prepare(),
    db
      .delete(flowEvents)
      .where(
        sql`rowid in (select rowid from ${flowEvents} where ${lt(flowEvents.timestamp, before)} limit ${limit})`,
      )
      .prepare(),
    db
      .delete(cameraStays)
      .where(
        sql`rowid in (select rowid from ${cameraStays} where ${lt(cameraStays.exitTime, before)} limit ${limit})`,
      )
      .prepare(),
    db
      .delete(cameraVehicles)
      .where(
        sql`rowid in (select rowid from ${cameraVehicles} where ${lt(cameraVehicles.lastSeen, before)} limit ${limit})`,
      )
      .prepare(),
  ],
  dropHours: db
    .delete(cameraHours)
    .where(
      sql`rowid in (select rowid from ${cameraHours} where ${lt(cameraHours.hourEnd, before)} limit ${limit})`,
    )
    .prepare(),
  dropSpaceDays: db
    .delete(cameraSpaceDays)
    .where(
      sql`rowid in (select rowid from ${cameraSpaceDays} where ${lt(cameraSpaceDays.day, before)} limit ${limit})`,
    )
    .prepare(),
}));

export const saveSnapshot = (tx: Tx, row: Snapshot): void => snapshotRows.save(tx, row);
export const saveCameraStay = (tx: Tx, row: CameraStay): void => stayRows.save(tx, row as never);
export const saveCameraVehicle = (tx: Tx, row: CameraVehicle): void => vehicleRows.save(tx, row);
export const insertFlowEvent = (tx: Tx, row: FlowEvent): void => eventRows.insert(tx, row);
export const saveCameraHour = (tx: Tx, row: CameraHour): void => hourRows.save(tx, row);
export const saveSpaceDay = (tx: Tx, row: CameraSpaceDay): void => spaceDayRows.save(tx, row);

/** Stays that had not ended when they were saved last. */
export const listActiveCameraStays = (reader: Reader): CameraStay[] =>
  statements(reader).activeStays.all();

/** A vehicle as it was saved last. */
export const findCameraVehicle = (
  reader: Reader,
  key: Pick<CameraVehicle, "cameraId" | "boot" | "trackId">,
): CameraVehicle | undefined => statements(reader).vehicle.get({ ...key });

export const findCameraHour = (
  reader: Reader,
  cameraId: string,
  start: number,
): CameraHour | undefined => statements(reader).hour.get({ cameraId, start });

/** Hours of all cameras that ended after one moment and until another, in that order. */
export const listHoursEnded = (reader: Reader, after: number, until: number): CameraHour[] =>
  statements(reader).hoursEnded.all({ after, until });

export const listSpaceDay = (reader: Reader, cameraId: string, day: string): CameraSpaceDay[] =>
  statements(reader).spaceDays.all({ cameraId, day });

/** Unresolved alerts that a camera raised. */
export const listOpenAlertsOf = (reader: Reader, cameraId: string): Alert[] =>
  statements(reader).openAlerts.all({ cameraId });

/** Whether a session of a vehicle that is inside is known to stand in this space and paid or permitted. */
export const isSpacePaidFor = (reader: Reader, spaceId: string): boolean =>
  statements(reader).paidInSpace.get({ spaceId }) !== undefined;

/**
 * Drops what ended before `at`, at most `most` rows of a table; sums go by their own, later, moments.
 *
 * @returns whether there is more to drop
 */
export function dropTrackingBefore(
  tx: Tx,
  at: number,
  sums: { readonly before: number; readonly beforeDay: string },
  most: number,
): boolean {
  tx.step();
  const { drops, dropHours, dropSpaceDays } = statements(tx);
  const dropped = [
    ...drops.map((drop) => drop.run({ before: at, limit: most })),
    dropHours.run({ before: sums.before, limit: most }),
    dropSpaceDays.run({ before: sums.beforeDay, limit: most }),
  ];
  return dropped.some(({ changes }) => changes === most);
}
