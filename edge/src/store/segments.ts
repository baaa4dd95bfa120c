import { and, asc, eq, gte, type InferSelectModel, isNull, lt, sql } from "drizzle-orm";
import type { Reader, Tx } from "./book.ts";
import { prepared, writerOf } from "./rows.ts";
import { sessions } from "./schema.ts";
import { stays } from "./observation-schema.ts";
import { segments } from "./segment-schema.ts";
import type { Session } from "./sessions.ts";
import type { Stay } from "./stays.ts";

/** A time of a session in one space. */
export type Segment = InferSelectModel<typeof segments>;

const rows = writerOf(segments);
const spaceId = sql.placeholder("spaceId");
const vehicle = {
  spaceId: segments.spaceId,
  sessionId: segments.sessionId,
  plate: sessions.vehicleLicense,
};
const statements = prepared((db) => ({
  inSpace: db
    .select()
    .from(segments)
    .where(and(eq(segments.spaceId, spaceId), isNull(segments.untilTime)))
    .prepare(),
  open: db
    .select()
    .from(segments)
    .where(and(eq(segments.sessionId, sql.placeholder("sessionId")), isNull(segments.untilTime)))
    .prepare(),
  ofSession: db
    .select()
    .from(segments)
    .where(eq(segments.sessionId, sql.placeholder("sessionId")))
    .orderBy(asc(segments.number))
    .prepare(),
  saidBy: db
    .select()
    .from(segments)
    .where(eq(segments.requestId, sql.placeholder("requestId")))
    .limit(1)
    .prepare(),
  endedBy: db
    .select()
    .from(segments)
    .where(eq(segments.endRequestId, sql.placeholder("requestId")))
    .limit(1)
    .prepare(),
  longHere: db
    .select({ session: sessions, segment: segments })
    .from(segments)
    .innerJoin(sessions, eq(sessions.sessionId, segments.sessionId))
    .where(
      and(
        isNull(segments.untilTime),
        lt(segments.fromSteady, sql.placeholder("before")),
        isNull(sessions.permitId),
      ),
    )
    .orderBy(asc(segments.fromSteady))
    .prepare(),
  vehicles: db
    .select(vehicle)
    .from(segments)
    .innerJoin(sessions, eq(sessions.sessionId, segments.sessionId))
    .where(isNull(segments.untilTime))
    .prepare(),
  vehicleIn: db
    .select(vehicle)
    .from(segments)
    .innerJoin(sessions, eq(sessions.sessionId, segments.sessionId))
    .where(and(eq(segments.spaceId, spaceId), isNull(segments.untilTime)))
    .prepare(),
  leftSince: db
    .select({ spaceId: segments.spaceId })
    .from(segments)
    .where(gte(segments.untilTime, sql.placeholder("since")))
    .prepare(),
  stay: db
    .select()
    .from(stays)
    .where(and(eq(stays.status, "active"), eq(stays.spaceId, spaceId)))
    .limit(1)
    .prepare(),
}));

export const saveSegment = (tx: Tx, segment: Segment): void => rows.save(tx, segment);

/** Who is known to stand in a space. */
export const segmentInSpace = (reader: Reader, space: string): Segment | undefined =>
  statements(reader).inSpace.get({ spaceId: space });

/** Where a session's vehicle is known to stand. */
export const openSegment = (reader: Reader, sessionId: string): Segment | undefined =>
  statements(reader).open.get({ sessionId });

/** Where a session's vehicle was said to stand, in the order it was said. */
export const segmentsOf = (reader: Reader, sessionId: string): Segment[] =>
  statements(reader).ofSession.all({ sessionId });

/** What one press said, or ended. */
export const segmentSaidBy = (reader: Reader, requestId: string): Segment | undefined =>
  statements(reader).saidBy.get({ requestId });
export const segmentEndedBy = (reader: Reader, requestId: string): Segment | undefined =>
  statements(reader).endedBy.get({ requestId });

/** The stay that goes on in a space. */
export const activeStayIn = (reader: Reader, space: string): Stay | undefined =>
  statements(reader).stay.get({ spaceId: space });

/** Sessions without a permit that stand in one space since before that steady moment; at most one a space. */
export const longInSpaces = (reader: Reader, before: number): Session[] =>
  statements(reader)
    .longHere.all({ before })
    .map(({ session }) => session as Session);

/** Whose vehicle stands in a space. */
export interface StandingVehicle {
  readonly spaceId: string;
  readonly sessionId: string;
  readonly plate: string | null;
}

export const vehiclesInSpaces = (reader: Reader): StandingVehicle[] =>
  statements(reader).vehicles.all();

export const vehicleInSpace = (reader: Reader, space: string): StandingVehicle | undefined =>
  statements(reader).vehicleIn.get({ spaceId: space });

/** Spaces that a known vehicle has left since then, or was never in. */
export const spacesLeftSince = (reader: Reader, since: number): string[] =>
  statements(reader)
    .leftSince.all({ since })
    .map((row) => row.spaceId);
