import type { LedgerLine } from "@gatehouse/shared/contracts/event";
import { lineOf, linkedIds, speaksOf } from "../../domain/session-story.ts";
import type { ReportDesk } from "./desk.ts";

/** So many lines at most are read through for one session. */
const linesReadMax = 100_000;
/** So many are told. */
const linesToldMax = 500;
/** Before a session begins a decision is made about it; what is booked comes a little after what it books. */
const marginMs = 30 * 60_000;

interface Span {
  readonly epoch: number;
  readonly first: number;
  readonly last: number;
}

interface Window {
  readonly from: number;
  readonly to: number;
}

/**
 * The lines that speak of a session, oldest first. A ledger has no index of what its lines speak of, which would cost
 * every upload: they are looked for where the clock says they stand.
 *
 * @param moments what is known to have happened to it, in milliseconds
 */
export async function readStoryLines(
  desk: ReportDesk,
  sessionId: string,
  moments: readonly number[],
  readMax = linesReadMax,
): Promise<{ readonly lines: LedgerLine[]; readonly isComplete: boolean }> {
  const whole = [{ from: Math.min(...moments), to: Math.max(...moments) }];
  const all = await findSpans(desk, whole);
  const isComplete = all.reduce((sum, { first, last }) => sum + last - first, 0) <= readMax;
  const spans = isComplete
    ? all
    : await findSpans(
        desk,
        moments.map((at) => ({ from: at, to: at })),
      );
  const named = await readLines(desk, spans, new Set([sessionId]));
  const more = linkedIds(named);
  const lines = await readLines(desk, spans, new Set([sessionId, ...more]));
  return {
    lines: lines.slice(0, linesToldMax),
    isComplete: isComplete && lines.length <= linesToldMax,
  };
}

/** Whether lines of a session's time have been taken out of the ledger that is held, into archive files. */
export async function isArchived(
  { database, facilityId }: ReportDesk,
  moments: readonly number[],
): Promise<boolean> {
  const { rows } = await database.pool.query<{ is_archived: boolean }>({
    name: "story-archived",
    text: `select exists (select from archive_files
         where facility_id = $1 and first_at <= $3 and last_at >= $2) as is_archived`,
    values: [
      facilityId,
      new Date(Math.min(...moments) - marginMs),
      new Date(Math.max(...moments) + marginMs),
    ],
  });
  return rows[0]?.is_archived === true;
}

/**
 * Where the lines of some times stand in each epoch. The lines of an epoch stand in the order of their numbers, and
 * that is the order of the clock but for its steps: the place is found by halving, 20 probes for a million lines.
 */
async function findSpans(desk: ReportDesk, windows: readonly Window[]): Promise<Span[]> {
  const { rows } = await desk.database.pool.query<Span>({
    name: "story-spans",
    text: `select distinct mark.epoch, began.seq as first, ended.seq as last
       from watermarks as mark
       cross join json_to_recordset($2::json) as asked("from" timestamptz, "to" timestamptz)
       cross join lateral (${firstSince('asked."from"')}) as began(seq)
       cross join lateral (${firstSince('asked."to"')}) as ended(seq)
       where mark.facility_id = $1 and began.seq < ended.seq
       order by mark.epoch, began.seq`,
    values: [
      desk.facilityId,
      JSON.stringify(
        windows.map(({ from, to }) => ({
          from: new Date(from - marginMs).toISOString(),
          to: new Date(to + marginMs).toISOString(),
        })),
      ),
    ],
  });
  return rows;
}

/** SQL: the number of an epoch's first line that was not written before a moment. */
const firstSince = (moment: string): string => `
  with recursive step (low, high) as (
    select 1::bigint, mark.acked_seq + 1
    union all
    select case when probe.at < ${moment} then probe.seq + 1 else low end,
      case when probe.at < ${moment} then high else (low + high) / 2 end
    from step left join lateral (
      select seq, at from ledger_lines as line
      where line.facility_id = mark.facility_id and line.epoch = mark.epoch
        and line.seq >= (low + high) / 2 and line.at is not null
      order by line.seq limit 1) as probe on true
    where low < high)
  select max(low) from step`;

async function readLines(
  desk: ReportDesk,
  spans: readonly Span[],
  ids: ReadonlySet<string>,
): Promise<LedgerLine[]> {
  const { rows } = await desk.database.pool.query<{ text: string }>({
    name: "story-lines",
    text: `select distinct epoch, seq, text
       from json_to_recordset($2::json) as span(epoch bigint, first bigint, last bigint)
       join lateral (select seq, text from ledger_lines as line
         where line.facility_id = $1 and line.epoch = span.epoch
           and line.seq >= span.first and line.seq < span.last
           and exists (select from unnest($3::text[]) as named(id) where strpos(line.text, named.id) > 0)
         -- Else the lines of the whole facility are read before the spans are looked at.
         offset 0) as line on true
       order by epoch, seq limit $4`,
    values: [
      desk.facilityId,
      JSON.stringify(spans),
      [...ids].map((id) => `"${id}"`),
      linesToldMax + 1,
    ],
  });
  return rows.flatMap(({ text }) => {
    const line = lineOf(text);
    return line !== undefined && speaksOf(line, ids) ? [line] : [];
  });
}
