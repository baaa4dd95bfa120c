import type { PenaltyStatus, ViolationType } from "@gatehouse/shared/contracts/money-terms";
import type { Evidence, ViolationStep } from "@gatehouse/shared/contracts/violations";
import {
  and,
  type AnyColumn,
  asc,
  desc,
  eq,
  gt,
  type InferSelectModel,
  inArray,
  isNull,
  lt,
  sql,
} from "drizzle-orm";
import { insideStatuses } from "../domain/session.ts";
import type { ViolationTerms } from "../domain/violation.ts";
import type { Reader, Tx } from "./book.ts";
import { violations } from "./money-schema.ts";
import { prepared, writerOf } from "./rows.ts";
import { sessions } from "./schema.ts";
import { stays } from "./observation-schema.ts";
import { segments } from "./segment-schema.ts";
import type { Session } from "./sessions.ts";
import type { Stay } from "./stays.ts";

/** What is kept of a violation besides its columns. */
export interface ViolationDetails {
  /** As the rule was when it was found. */
  readonly terms: ViolationTerms;
  readonly evidence: Evidence;
  /** Of the canonical text of the evidence; the ledger says the same. */
  readonly evidence_sha256: string;
  readonly history: readonly (ViolationStep & { readonly request_id?: string })[];
  /** When its days began to run, milliseconds UTC. */
  readonly runs_from: number | null;
  /** Let off because it was paid in time, minor units. */
  readonly discounted: number;
}

type Row = InferSelectModel<typeof violations>;
export type Violation = Omit<Row, "status" | "violationType" | "violationDetails"> & {
  readonly status: PenaltyStatus;
  readonly violationType: ViolationType;
  readonly violationDetails: ViolationDetails;
};

const rows = writerOf(violations);
const isNew = (subject: AnyColumn) =>
  sql`not exists (select 1 from violations v where v.violation_id = ${sql.placeholder("type")} || '-' || ${subject})`;
/** Inside for sure: seen coming in, and not known to be gone. */
const inside = and(
  inArray(sessions.status, [...insideStatuses]),
  sql`${sessions.status} <> 'pending' and json_extract(${sessions.sessionMetadata}, '$.assumed') is null`,
);
const entered = lt(sessions.entrySteady, sql.placeholder("before"));
const statements = prepared((db) => ({
  find: db
    .select()
    .from(violations)
    .where(eq(violations.violationId, sql.placeholder("id")))
    .prepare(),
  list: db
    .select()
    .from(violations)
    .where(
      and(
        sql`(${sql.placeholder("status")} is null or ${violations.status} = ${sql.placeholder("status")})`,
        sql`(${sql.placeholder("type")} is null or ${violations.violationType} = ${sql.placeholder("type")})`,
        sql`(${sql.placeholder("plate")} is null or ${violations.plate} = ${sql.placeholder("plate")})`,
      ),
    )
    .orderBy(desc(violations.detectedAt), desc(violations.violationId))
    .limit(sql.placeholder("limit"))
    .prepare(),
  running: db
    .select()
    .from(violations)
    .where(
      and(
        inArray(violations.status, ["issued", "due", "escalated"]),
        gt(violations.violationId, sql.placeholder("after")),
      ),
    )
    .orderBy(asc(violations.violationId))
    .limit(sql.placeholder("limit"))
    .prepare(),
  tooLong: db
    .select()
    .from(sessions)
    .where(and(inside, entered, sql`${sessions.permitId} is null`, isNew(sessions.sessionId)))
    .orderBy(asc(sessions.entrySteady))
    .limit(sql.placeholder("limit"))
    .prepare(),
  unpaidInside: db
    .select()
    .from(sessions)
    .where(
      and(
        inside,
        entered,
        sql`${sessions.permitId} is null and ${sessions.paidAmount} = 0`,
        isNew(sessions.sessionId),
      ),
    )
    .orderBy(asc(sessions.entrySteady))
    .limit(sql.placeholder("limit"))
    .prepare(),
  leftUnpaid: db
    .select()
    .from(sessions)
    .where(
      and(
        eq(sessions.status, "closed-unpaid"),
        eq(sessions.paymentStatus, "unpaid"),
        lt(sessions.exitTime, sql.placeholder("before")),
        gt(sessions.exitTime, sql.placeholder("since")),
        isNew(sessions.sessionId),
      ),
    )
    .orderBy(asc(sessions.exitTime))
    .limit(sql.placeholder("limit"))
    .prepare(),
  standing: db
    .select()
    .from(stays)
    .where(
      and(
        eq(stays.status, "active"),
        lt(stays.entryTime, sql.placeholder("before")),
        isNew(stays.stayId),
      ),
    )
    .orderBy(asc(stays.spaceId))
    .prepare(),
  inSpace: db
    .select({ session: sessions })
    .from(segments)
    .innerJoin(sessions, eq(sessions.sessionId, segments.sessionId))
    .where(and(eq(segments.spaceId, sql.placeholder("spaceId")), isNull(segments.untilTime)))
    .prepare(),
}));

/** One for each type and what it is about: the same id again is the same violation. */
export const violationIdOf = (type: ViolationType, subject: string): string => `${type}-${subject}`;

/** @throws SqliteError when there is one already */
export const insertViolation = (tx: Tx, violation: Violation): void =>
  rows.insert(tx, violation as never);
export const saveViolation = (tx: Tx, violation: Violation): void =>
  rows.save(tx, violation as never);

export const findViolation = (reader: Reader, id: string): Violation | undefined =>
  statements(reader).find.get({ id }) as Violation | undefined;

export interface ViolationFilter {
  readonly status?: PenaltyStatus | undefined;
  readonly type?: ViolationType | undefined;
  readonly plate?: string | undefined;
}

/** Newest first. */
export const listViolations = (
  reader: Reader,
  { status, type, plate }: ViolationFilter,
  limit: number,
): Violation[] =>
  statements(reader).list.all({
    status: status ?? null,
    type: type ?? null,
    plate: plate ?? null,
    limit,
  }) as never;

/** Those whose days run, by their ids, from behind one of them. */
export const runningViolations = (reader: Reader, after: string, limit: number): Violation[] =>
  statements(reader).running.all({ after, limit }) as never;

/** Sessions inside since before that steady moment, without a permit or an overstay; the longest first. */
export const longSessions = (reader: Reader, before: number, limit: number): Session[] =>
  statements(reader).tooLong.all({ before, limit, type: "overstay" }) as Session[];

/** Sessions inside since before that steady moment that nobody has paid anything for or permitted. */
export const unpaidInside = (reader: Reader, before: number, limit: number): Session[] =>
  statements(reader).unpaidInside.all({ before, limit, type: "unauthorised" }) as Session[];

/** Sessions that left without paying within a time, milliseconds UTC, both ends exclusive. */
export const leftUnpaid = (
  reader: Reader,
  since: number,
  before: number,
  limit: number,
): Session[] =>
  statements(reader).leftUnpaid.all({ since, before, limit, type: "no-payment" }) as Session[];

/** Stays in spaces that go on since before that moment without such a violation; one a space at most. */
export const standingStays = (reader: Reader, type: ViolationType, before: number): Stay[] =>
  statements(reader).standing.all({ type, before });

/** Whose vehicle is known to stand in a space. */
export const sessionInSpace = (reader: Reader, spaceId: string): Session | undefined =>
  statements(reader).inSpace.get({ spaceId })?.session as Session | undefined;
