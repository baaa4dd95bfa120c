import type { SessionStory } from "@gatehouse/shared/contracts/reports/story";
import { storyLine } from "../../domain/session-story.ts";
import { isoOfDate, isoOrNull } from "../moments.ts";
import type { ReportDesk } from "./desk.ts";
import { readPayments } from "./payments.ts";
import { readSessionOf } from "./sessions.ts";
import { isArchived, readStoryLines } from "./story-lines.ts";

interface Facts {
  readonly raw_plate: string | null;
  readonly plate: string | null;
  readonly tariff_id: string | null;
  readonly tariff_version: number | null;
  readonly reservation_id: string | null;
  readonly cancel_reason: string | null;
  readonly grace_until: Date | null;
  readonly is_entry_assumed: boolean | null;
  readonly entry_at: Date | null;
  readonly exit_at: Date | null;
  readonly changed_at: Date;
}

/** One session with everything that belongs to it. @returns undefined where there is none */
export async function readStory(
  desk: ReportDesk,
  sessionId: string,
): Promise<SessionStory | undefined> {
  const [session, facts] = await Promise.all([
    readSessionOf(desk, sessionId),
    desk.database.pool.query<Facts>({
      name: "story-session",
      text: `select raw_plate, plate, tariff_id, tariff_version, reservation_id, cancel_reason,
           grace_until, is_entry_assumed, entry_at, exit_at, changed_at
         from sessions where facility_id = $1 and session_id = $2`,
      values: [desk.facilityId, sessionId],
    }),
  ]);
  const [row] = facts.rows;
  if (session === undefined || row === undefined) return undefined;
  const [paid, refunds, documents, violations, debts] = await Promise.all([
    readPayments(desk, { by: "started", session_id: sessionId, limit: 500 }),
    readRefunds(desk, sessionId),
    readDocuments(desk, sessionId),
    readViolations(desk, sessionId),
    readDebts(desk, sessionId),
  ]);
  const payments = paid?.payments ?? [];
  const moments = [
    ...[row.entry_at, row.exit_at, row.changed_at].map(isoOrNull),
    ...payments.flatMap((each) => [each.started_at, each.processed_at]),
    ...documents.map(({ issued_at }) => issued_at),
    ...[...refunds, ...violations, ...debts].map(({ changed_at }) => changed_at),
  ].flatMap((at) => (at === null ? [] : [Date.parse(at)]));
  const [{ lines, isComplete }, isGone] = await Promise.all([
    readStoryLines(desk, sessionId, moments),
    isArchived(desk, moments),
  ]);
  return {
    about: desk.about,
    session,
    raw_plate: row.raw_plate === row.plate ? null : row.raw_plate,
    tariff_id: row.tariff_id,
    tariff_version: row.tariff_version,
    reservation_id: row.reservation_id,
    cancel_reason: row.cancel_reason,
    grace_until: isoOrNull(row.grace_until),
    is_entry_assumed: row.is_entry_assumed === true,
    lines: lines.map(storyLine),
    is_complete: isComplete,
    is_archived: isGone,
    payments: payments.toReversed(),
    refunds,
    documents,
    violations,
    debts,
  };
}

/** The rows of a table that belong to a session, the oldest first, with their moment as text. */
async function rowsOf<Row>(
  { database, facilityId }: ReportDesk,
  sessionId: string,
  [name, columns, at]: readonly [table: string, columns: string, at: "changed_at" | "issued_at"],
): Promise<Row[]> {
  const { rows } = await database.pool.query<{ readonly [column: string]: unknown; key_at: Date }>({
    name: `story-${name}`,
    text: `select ${columns}, ${at} as key_at from ${name}
       where facility_id = $1 and session_id = $2 order by ${at} limit 100`,
    values: [facilityId, sessionId],
  });
  return rows.map(({ key_at, ...row }) => ({ ...row, [at]: isoOfDate(key_at) }) as Row);
}

const readRefunds = (desk: ReportDesk, sessionId: string) =>
  rowsOf<SessionStory["refunds"][number]>(desk, sessionId, [
    "refunds",
    "refund_id, payment_id, amount_minor, status, reason, requested_by, approved_by",
    "changed_at",
  ]);

const readDocuments = (desk: ReportDesk, sessionId: string) =>
  rowsOf<SessionStory["documents"][number]>(desk, sessionId, [
    "documents",
    "document_id, kind, number, device_id, '/receipt/' || token as address",
    "issued_at",
  ]);

const readViolations = (desk: ReportDesk, sessionId: string) =>
  rowsOf<SessionStory["violations"][number]>(desk, sessionId, [
    "violations",
    "violation_id, violation_type, status, penalty_minor, reason",
    "changed_at",
  ]);

const readDebts = (desk: ReportDesk, sessionId: string) =>
  rowsOf<SessionStory["debts"][number]>(desk, sessionId, [
    "debts",
    "note_id, amount_minor, state, reason",
    "changed_at",
  ]);
