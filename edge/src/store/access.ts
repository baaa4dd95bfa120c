import type { Instant } from "@gatehouse/shared/time";
import { and, asc, eq, inArray, type InferSelectModel, ne, sql } from "drizzle-orm";
import type { PermitFact, PoolFact, ReservationBook, VisitorFact } from "../domain/access.ts";
import type { Presence } from "../domain/access-passback.ts";
import { permitPlates, permits, pools, presences, reservations } from "./access-schema.ts";
import { countVisits, visitorsOf } from "./access-visitors.ts";
import type { Reader, Tx } from "./book.ts";
import { prepared, writerOf } from "./rows.ts";
import { sessions } from "./schema.ts";

export type PermitRow = InferSelectModel<typeof permits>;
type PoolRow = InferSelectModel<typeof pools>;
export type PresenceRow = InferSelectModel<typeof presences>;

const presenceRows = writerOf(presences);

const permitId = sql.placeholder("permitId");
const poolId = sql.placeholder("poolId");
const laneId = sql.placeholder("laneId");
const plate = sql.placeholder("plate");
const isComing = and(eq(sessions.status, "pending"), ne(sessions.entryLane, laneId));
const statements = prepared((db) => ({
  permits: db
    .select({ permit: permits, pool: pools })
    .from(permitPlates)
    .innerJoin(permits, eq(permits.permitId, permitPlates.permitId))
    .leftJoin(pools, eq(pools.poolId, permits.poolId))
    .where(eq(permitPlates.plate, plate))
    .orderBy(asc(permits.permitId))
    .prepare(),
  presences: db
    .select()
    .from(presences)
    .where(eq(presences.permitId, permitId))
    .orderBy(asc(presences.plate))
    .prepare(),
  presence: db
    .select()
    .from(presences)
    .where(and(eq(presences.permitId, permitId), eq(presences.plate, plate)))
    .prepare(),
  presenceOf: db
    .select()
    .from(presences)
    .where(
      and(eq(presences.permitId, permitId), eq(presences.sessionId, sql.placeholder("sessionId"))),
    )
    .prepare(),
  coming: db
    .select({ count: sql<number>`count(*)` })
    .from(sessions)
    .where(and(isComing, eq(sessions.permitId, permitId)))
    .prepare(),
  poolIn: db
    .select({ count: sql<number>`count(*)` })
    .from(presences)
    .innerJoin(permits, eq(permits.permitId, presences.permitId))
    .where(
      and(
        eq(permits.poolId, poolId),
        eq(presences.state, "in"),
        sql`not (${presences.permitId} = ${permitId} and ${presences.plate} = ${plate})`,
      ),
    )
    .prepare(),
  poolComing: db
    .select({ count: sql<number>`count(*)` })
    .from(sessions)
    .innerJoin(permits, eq(permits.permitId, sessions.permitId))
    .where(and(isComing, eq(permits.poolId, poolId)))
    .prepare(),
  platesOf: db
    .select({ plate: permitPlates.plate })
    .from(permitPlates)
    .where(eq(permitPlates.permitId, permitId))
    .orderBy(asc(permitPlates.plate))
    .prepare(),
  pool: db.select().from(pools).where(eq(pools.poolId, poolId)).prepare(),
  permit: db.select().from(permits).where(eq(permits.permitId, permitId)).prepare(),
  reset: db
    .update(presences)
    .set({ state: "neutral", since: sql`${sql.placeholder("at")}` })
    .where(
      and(
        ne(presences.state, "neutral"),
        sql`(${permitId} is null or ${presences.permitId} = ${permitId})`,
      ),
    )
    .prepare(),
  waiting: db
    .select({
      reservationId: reservations.reservationId,
      from: reservations.reservedFrom,
      until: reservations.reservedUntil,
    })
    .from(reservations)
    .where(
      and(
        eq(reservations.vehicleLicense, plate),
        // Written out, so that the partial index over these two serves it.
        sql`${reservations.status} in ('confirmed', 'allocated')`,
      ),
    )
    .orderBy(asc(reservations.reservedFrom))
    .prepare(),
  reservation: db
    .select({ spaceId: reservations.spaceId })
    .from(reservations)
    .where(eq(reservations.reservationId, sql.placeholder("id")))
    .prepare(),
  keptFor: db
    .select({ reservationId: reservations.reservationId, plate: reservations.vehicleLicense })
    .from(reservations)
    .where(
      and(
        eq(reservations.spaceId, sql.placeholder("spaceId")),
        // Written out, so that the partial index over it serves it.
        sql`${reservations.status} = 'checked-in'`,
      ),
    )
    .orderBy(asc(reservations.reservedFrom))
    .prepare(),
  checkIn: db
    .update(reservations)
    .set({ status: "checked-in" })
    .where(
      and(
        eq(reservations.reservationId, sql.placeholder("id")),
        inArray(reservations.status, ["confirmed", "allocated"]),
      ),
    )
    .prepare(),
  complete: db
    .update(reservations)
    .set({ status: "completed" })
    .where(
      and(
        eq(reservations.reservationId, sql.placeholder("id")),
        eq(reservations.status, "checked-in"),
      ),
    )
    .prepare(),
}));

/**
 * The permits of a plate with what their use depends on, whether they hold or not.
 *
 * @param atLane where it is asked: whoever is on the way in there before gives way and is not counted
 */
export function permitsOf(reader: Reader, ofPlate: string, atLane: string): PermitFact[] {
  const found = statements(reader).permits.all({ plate: ofPlate });
  return found.map(({ permit, pool }) => {
    const key = { permitId: permit.permitId, laneId: atLane };
    const { terms } = permit;
    return {
      permitId: permit.permitId,
      validFrom: permit.validFrom as Instant,
      validUntil: permit.validUntil as Instant,
      revoked: permit.revoked,
      windows: terms.windows ?? [],
      outsideWindows: terms.outside_windows ?? "transient",
      lanes: terms.lanes ?? [],
      zones: terms.zones ?? [],
      passback: terms.anti_passback ?? pool?.terms.anti_passback ?? { mode: "off" },
      presences: presencesOf(reader, permit.permitId),
      coming: statements(reader).coming.get(key)?.count ?? 0,
      pool: pool === null ? undefined : poolFact(reader, pool, { ...key, plate: ofPlate }),
    };
  });
}

function poolFact(
  reader: Reader,
  pool: PoolRow,
  key: { permitId: string; laneId: string; plate: string },
): PoolFact {
  const { poolId: id } = pool;
  const inside = statements(reader).poolIn.get({ ...key, poolId: id })?.count ?? 0;
  const coming = statements(reader).poolComing.get({ ...key, poolId: id })?.count ?? 0;
  return {
    poolId: id,
    capacity: pool.capacity,
    used: inside + coming,
    whenFull: pool.whenFull,
    windows: pool.terms.windows ?? [],
    outsideWindows: pool.terms.outside_windows ?? "transient",
  };
}

/** The visitors that a plate is or was announced as. */
export const visitorFactsOf = (reader: Reader, ofPlate: string): VisitorFact[] =>
  visitorsOf(reader, ofPlate).map((visitor) => ({
    visitorId: visitor.visitorId,
    validFrom: visitor.validFrom as Instant,
    validUntil: visitor.validUntil as Instant,
    windows: visitor.windows,
    entriesMax: visitor.entriesMax ?? undefined,
    entriesUsed: visitor.entriesMax === null ? 0 : countVisits(reader, visitor.visitorId),
    ended: visitor.ended,
  }));

/** The reservations that head office has sent. */
export const reservationsIn = (reader: Reader): ReservationBook => ({
  waitingFor: (ofPlate) =>
    statements(reader)
      .waiting.all({ plate: ofPlate })
      .map(({ reservationId, from, until }) => ({
        reservationId,
        from: from as Instant,
        until: until as Instant,
      })),
});

/** The very space that a reservation names. */
export const reservedSpace = (reader: Reader, reservationId: string): string | undefined =>
  statements(reader).reservation.get({ id: reservationId })?.spaceId ?? undefined;

/** The reservations of a space whose vehicles have come in. */
export const checkedInFor = (
  reader: Reader,
  spaceId: string,
): { reservationId: string; plate: string }[] => statements(reader).keptFor.all({ spaceId });

/** The vehicle of a reservation has come in: it waits for nobody any more. */
export function checkInReservation(tx: Tx, id: string): void {
  tx.step();
  statements(tx).checkIn.run({ id });
}

export function completeReservation(tx: Tx, id: string): void {
  tx.step();
  statements(tx).complete.run({ id });
}

export const findPermit = (reader: Reader, id: string): PermitRow | undefined =>
  statements(reader).permit.get({ permitId: id });

export const findPool = (reader: Reader, id: string): PoolRow | undefined =>
  statements(reader).pool.get({ poolId: id });

export const permitPlatesOf = (reader: Reader, id: string): string[] =>
  statements(reader)
    .platesOf.all({ permitId: id })
    .map((row) => row.plate);

/** Where every vehicle of a permit is, by plate. */
export const presencesOf = (reader: Reader, id: string): Presence[] =>
  statements(reader)
    .presences.all({ permitId: id })
    .map(({ since, ...row }) => ({
      plate: row.plate,
      state: row.state,
      since: since as Instant,
      laneId: row.laneId,
    }));

export const findPresence = (
  reader: Reader,
  id: string,
  ofPlate: string,
): PresenceRow | undefined => statements(reader).presence.get({ permitId: id, plate: ofPlate });

/** Of the vehicle that a session brought in, under whatever plate it was then. */
export const findPresenceOf = (
  reader: Reader,
  id: string,
  sessionId: string,
): PresenceRow | undefined => statements(reader).presenceOf.get({ permitId: id, sessionId });

export const savePresence = (tx: Tx, row: PresenceRow): void => presenceRows.save(tx, row);

/** Makes presences neutral. @param id of one permit; undefined: of all @returns how many were not */
export function resetPresences(tx: Tx, id: string | undefined, at: Instant): number {
  tx.step();
  return statements(tx).reset.run({ permitId: id ?? null, at }).changes;
}
