import type { AlertDetail } from "@gatehouse/shared/contracts/alerts/at-office";
import { lineSentence } from "@gatehouse/shared/told/explain";
import { readLine } from "../../domain/ledger-reading.ts";
import type { Database } from "../database.ts";
import { isoOfDate, isoOrNull } from "../moments.ts";
import { alertColumns, alertOf, alertTable, type AlertRow } from "./list.ts";

/** Lines about the same thing from a little before the alert on. */
const beforeMs = 5 * 60_000;
const afterMs = 2 * 60_000;
const linesMax = 40;
const earlierMax = 20;
const toldMax = 50;

/** One alert with what it rests on. @returns undefined where there is none */
export async function readAlert(
  database: Database,
  facilityId: string,
  alertId: string,
  { withTold }: { readonly withTold: boolean },
): Promise<AlertDetail | undefined> {
  const { rows } = await database.pool.query<AlertRow>({
    name: "alert-one",
    text: `select ${alertColumns} from ${alertTable}
       where alert.facility_id = $1 and alert.alert_id = $2`,
    values: [facilityId, alertId],
  });
  const [row] = rows;
  if (row === undefined) return undefined;
  const [lines, before, told] = await Promise.all([
    readLines(database, row),
    readEarlier(database, row),
    withTold ? readTold(database, row) : [],
  ]);
  return { alert: alertOf(row), details: row.details, lines, before, told };
}

interface Line {
  readonly epoch: number;
  readonly seq: number;
  readonly type: string;
  readonly at: Date;
  readonly text: string;
  readonly hash: string;
}

/** Lines of that time that name the alert or its subject; no pattern of theirs is read as one of SQL's. */
async function readLines({ pool }: Database, row: AlertRow): Promise<AlertDetail["lines"]> {
  const raised = row.raised_at;
  if (raised === null) return [];
  const end = row.resolved_at ?? new Date(raised.getTime() + afterMs);
  const { rows } = await pool.query<Line>({
    name: "alert-lines",
    text: `select epoch, seq, type, at, text, hash from ledger_lines
       where facility_id = $1 and at between $2 and $3 and type is not null and text is not null
         and (position($4 in text) > 0 or ($5 <> '' and position($5 in text) > 0))
       order by epoch, seq limit ${linesMax}`,
    values: [
      row.facility_id,
      new Date(raised.getTime() - beforeMs),
      new Date(Math.min(end.getTime(), raised.getTime() + 86_400_000)),
      JSON.stringify(row.alert_id),
      row.subject === null || row.subject === "" ? "" : JSON.stringify(row.subject),
    ],
  });
  return rows.map(({ epoch, seq, type, at, text, hash }) => {
    const { fact } = readLine({ text, hash }, epoch, seq);
    return {
      epoch,
      seq,
      type,
      at: isoOfDate(at),
      says: fact === undefined ? null : lineSentence(fact),
    };
  });
}

async function readEarlier({ pool }: Database, row: AlertRow): Promise<AlertDetail["before"]> {
  const { rows } = await pool.query<{
    alert_id: string;
    raised_at: Date;
    resolved_at: Date | null;
  }>({
    name: "alert-earlier",
    text: `select alert_id, raised_at, resolved_at from alerts
       where facility_id = $1 and alert_type = $2 and subject = $3 and alert_id <> $4
         and raised_at < $5 order by raised_at desc limit ${earlierMax}`,
    values: [row.facility_id, row.alert_type, row.subject, row.alert_id, row.raised_at],
  });
  return rows.map((each) => ({
    alert_id: each.alert_id,
    raised_at: isoOfDate(each.raised_at),
    resolved_at: isoOrNull(each.resolved_at),
  }));
}

async function readTold({ pool }: Database, row: AlertRow): Promise<AlertDetail["told"]> {
  const { rows } = await pool.query<{
    target_name: string | null;
    kind: string | null;
    stage: string;
    state: string;
    at: Date;
  }>({
    name: "alert-told",
    text: `select target.name as target_name, target.kind, message.stage, message.state,
         coalesce(message.tried_at, message.queued_at) as at
       from deliveries as message left join targets as target
         on target.organisation_id = message.organisation_id and target.target_id = message.target_id
       where message.facility_id = $1 and message.subject = $2 and message.stage in ('first', 'escalation')
       order by message.queued_at limit ${toldMax}`,
    values: [row.facility_id, row.alert_id],
  });
  return rows.map(({ target_name, kind, stage, state, at }) => ({
    target_name: target_name ?? "",
    kind: kind ?? "",
    stage,
    state,
    at: isoOfDate(at),
  }));
}
