import {
  and,
  desc,
  eq,
  gte,
  inArray,
  type InferSelectModel,
  isNotNull,
  lt,
  lte,
  sql,
} from "drizzle-orm";
import type { SessionStatus } from "../domain/session.ts";
import { insideStatuses } from "../domain/session.ts";
import type { Reader, Tx } from "./book.ts";
import { followPlate, knownPlates } from "./known-plates.ts";
import { prepared, writerOf } from "./rows.ts";
import { sessions } from "./schema.ts";

export type Session = Omit<InferSelectModel<typeof sessions>, "status"> & {
  readonly status: SessionStatus;
};

const rows = writerOf(sessions);
const inside = inArray(sessions.status, [...insideStatuses]);
const statements = prepared((db) => ({
  find: db
    .select()
    .from(sessions)
    .where(eq(sessions.sessionId, sql.placeholder("id")))
    .prepare(),
  insideByPlate: db
    .select()
    .from(sessions)
    .where(and(inside, eq(sessions.vehicleLicense, sql.placeholder("plate"))))
    .orderBy(sessions.entryTime)
    .prepare(),
  pendingAt: db
    .select()
    .from(sessions)
    .where(and(eq(sessions.status, "pending"), eq(sessions.entryLane, sql.placeholder("laneId"))))
    .prepare(),
  assumedByPlate: db
    .select()
    .from(sessions)
    .where(
      and(
        eq(sessions.status, "closed-assumed"),
        eq(sessions.vehicleLicense, sql.placeholder("plate")),
        gte(sessions.exitTime, sql.placeholder("since")),
      ),
    )
    .orderBy(desc(sessions.exitTime))
    .limit(1)
    .prepare(),
  assumed: db
    .select()
    .from(sessions)
    .where(
      and(eq(sessions.status, "closed-assumed"), gte(sessions.exitTime, sql.placeholder("since"))),
    )
    .prepare(),
  inside: db.select().from(sessions).where(inside).orderBy(sessions.entryTime).prepare(),
  latest: db
    .select()
    .from(sessions)
    .where(inside)
    .orderBy(desc(sessions.entryTime))
    .limit(sql.placeholder("limit"))
    .prepare(),
  unproven: db
    .select()
    .from(sessions)
    .where(
      and(
        inside,
        sql`(${sessions.status} = 'pending' or json_extract(${sessions.sessionMetadata}, '$.assumed') = 1)`,
      ),
    )
    .prepare(),
  longInside: db
    .select()
    .from(sessions)
    .where(
      and(
        inside,
        sql`${sessions.status} <> 'pending' and ${sessions.permitId} is null`,
        lt(sessions.entrySteady, sql.placeholder("before")),
        sql`json_extract(${sessions.sessionMetadata}, '$.overstay') is null`,
        sql`json_extract(${sessions.sessionMetadata}, '$.assumed') is null`,
      ),
    )
    .orderBy(sessions.entrySteady)
    .limit(sql.placeholder("limit"))
    .prepare(),
  counts: db
    .select({ status: sessions.status, count: sql<number>`count(*)` })
    .from(sessions)
    .where(inside)
    .groupBy(sessions.status)
    .prepare(),
  endedByPlate: db
    .select()
    .from(sessions)
    .where(
      and(
        eq(sessions.vehicleLicense, sql.placeholder("plate")),
        inArray(sessions.status, ["closed", "closed-unpaid"]),
        lte(sessions.exitTime, sql.placeholder("until")),
      ),
    )
    .orderBy(desc(sessions.exitTime))
    .limit(sql.placeholder("limit"))
    .prepare(),
  unpaid: db
    .select()
    .from(sessions)
    .where(and(eq(sessions.paymentStatus, "unpaid"), isNotNull(sessions.exitTime)))
    .orderBy(desc(sessions.exitTime))
    .limit(sql.placeholder("limit"))
    .prepare(),
  unpaidByPlate: db
    .select()
    .from(sessions)
    .where(
      and(
        eq(sessions.vehicleLicense, sql.placeholder("plate")),
        eq(sessions.paymentStatus, "unpaid"),
        isNotNull(sessions.exitTime),
      ),
    )
    .orderBy(desc(sessions.exitTime))
    .prepare(),
  entriesSince: db
    .select({ count: sql<number>`count(*)` })
    .from(sessions)
    .where(
      and(
        gte(sessions.entryTime, sql.placeholder("since")),
        sql`${sessions.status} not in ('pending', 'cancelled')`,
      ),
    )
    .prepare(),
  exitsSince: db
    .select({ count: sql<number>`count(*)` })
    .from(sessions)
    .where(and(gte(sessions.exitTime, sql.placeholder("since")), isNotNull(sessions.exitTime)))
    .prepare(),
}));

export function insertSession(tx: Tx, session: Session): void {
  rows.insert(tx, session);
  followPlate(tx, session);
}

export function saveSession(tx: Tx, session: Session): void {
  rows.save(tx, session);
  followPlate(tx, session);
}

export const findSession = (reader: Reader, id: string): Session | undefined =>
  statements(reader).find.get({ id }) as Session | undefined;

/** Sessions whose vehicle may be inside under this plate, oldest entry first. */
export const findInsideByPlate = (reader: Reader, plate: string): Session[] =>
  statements(reader).insideByPlate.all({ plate }) as Session[];

/** Sessions admitted at a lane whose vehicle has not been seen passing. */
export const listPendingAt = (reader: Reader, laneId: string): Session[] =>
  statements(reader).pendingAt.all({ laneId }) as Session[];

/** The latest session of this plate that was assumed closed since then: its vehicle may turn up at an exit. */
export const findAssumedClosed = (
  reader: Reader,
  plate: string,
  since: number,
): Session | undefined =>
  statements(reader).assumedByPlate.get({ plate, since }) as Session | undefined;

/** Stays of this plate whose vehicle was seen leaving, latest first. @param until inclusive */
export const listEndedOf = (
  reader: Reader,
  plate: string,
  until: number,
  limit: number,
): Session[] => statements(reader).endedByPlate.all({ plate, until, limit }) as Session[];

/** Every session whose vehicle may be inside (pending ones too), oldest entry first. */
export const listInside = (reader: Reader): Session[] =>
  statements(reader).inside.all() as Session[];

/** Those who came in last, newest first. */
export const listLatestInside = (reader: Reader, limit: number): Session[] =>
  statements(reader).latest.all({ limit }) as Session[];

/** Sessions that may be inside although nobody saw their vehicle pass the entry. */
export const listUnproven = (reader: Reader): Session[] =>
  statements(reader).unproven.all() as Session[];

/** Sessions seen coming in before that steady moment, without a permit, that no overstay was told of; longest first. */
export const listLongInside = (reader: Reader, before: number, limit: number): Session[] =>
  statements(reader).longInside.all({ before, limit }) as Session[];

export function countInside(reader: Reader): { pending: number; open: number } {
  const counts = statements(reader).counts.all();
  const pending = counts.find((row) => row.status === "pending")?.count ?? 0;
  const all = counts.reduce((sum, row) => sum + row.count, 0);
  return { pending, open: all - pending };
}

export const countEntriesSince = (reader: Reader, since: number): number =>
  statements(reader).entriesSince.get({ since })?.count ?? 0;
export const countExitsSince = (reader: Reader, since: number): number =>
  statements(reader).exitsSince.get({ since })?.count ?? 0;

/**
 * The plates of all who may be inside, and of those whose exit was assumed since then; see `knownPlates`. Once made,
 * it keeps those that have been assumed longer.
 */
export const platesInside = (reader: Reader, since: number) =>
  knownPlates(reader, () => [
    ...listInside(reader),
    ...(statements(reader).assumed.all({ since }) as Session[]),
  ]);

/** Stays that ended and were not paid, the latest first. */
export const listUnpaid = (reader: Reader, limit: number): Session[] =>
  statements(reader).unpaid.all({ limit }) as Session[];

export const unpaidByPlate = (reader: Reader, plate: string): Session[] =>
  statements(reader).unpaidByPlate.all({ plate }) as Session[];
