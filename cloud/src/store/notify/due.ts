import { type Instant, isoOf } from "@gatehouse/shared/time";
import type { Answer } from "../../domain/notify/outgoing.ts";
import { attemptsMax, pauseAfter, stoppedAfter } from "../../domain/notify/retry.ts";
import type { Database } from "../database.ts";

/** Messages of one round for one receiver; the rest has its turn in the next. */
const laneMax = 50;
/** Notices of one round. */
const noticesMax = 200;

/** A message that may be sent now, with its target. */
export interface DueDelivery {
  readonly organisation_id: string;
  readonly delivery_id: string;
  readonly target_id: string;
  readonly facility_id: string;
  readonly event: string;
  readonly subject: string;
  readonly stage: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly attempts: number;
  readonly kind: string;
  readonly name: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly secret_sealed: string | null;
  readonly previous_sealed: string | null;
  readonly previous_until: Date | null;
  readonly failing_since: Date | null;
}

const columns = `message.organisation_id, message.delivery_id, message.target_id, message.facility_id,
  message.event, message.subject, message.stage, message.body, message.attempts, target.kind,
  target.name, target.settings, target.secret_sealed, target.previous_sealed, target.previous_until,
  target.failing_since`;
const ofTarget = `join targets as target on target.organisation_id = message.organisation_id
  and target.target_id = message.target_id and target.is_active`;
const inOrder = "message.epoch, message.seq, message.queued_at, message.delivery_id";

/**
 * What is due, in lanes: what a webhook hears of one facility is one lane and goes in its order, so nothing there is
 * due while its first message waits for another try. Notices stand in no order; those for one target are one lane.
 */
export async function readDue({ pool }: Database, now: Instant): Promise<DueDelivery[][]> {
  const at = isoOf(now);
  const [heads, notices] = await Promise.all([
    pool.query<Pick<DueDelivery, "organisation_id" | "target_id" | "facility_id">>({
      name: "outbox-heads",
      text: `select organisation_id, target_id, facility_id from (
           select distinct on (message.organisation_id, message.target_id, message.facility_id)
             message.organisation_id, message.target_id, message.facility_id, message.next_at
           from deliveries as message ${ofTarget}
           where message.state = 'waiting' and message.stage = 'event'
           order by message.organisation_id, message.target_id, message.facility_id, ${inOrder}
         ) as head where next_at <= $1`,
      values: [at],
    }),
    pool.query<DueDelivery>({
      name: "outbox-notices",
      text: `select ${columns} from deliveries as message ${ofTarget}
         where message.state = 'waiting' and message.stage <> 'event' and message.next_at <= $1
         order by message.next_at, message.delivery_id limit ${noticesMax}`,
      values: [at],
    }),
  ]);
  const lanes = await Promise.all(
    heads.rows.map(async ({ organisation_id, target_id, facility_id }) => {
      const { rows } = await pool.query<DueDelivery>({
        name: "outbox-lane",
        text: `select ${columns} from deliveries as message ${ofTarget}
           where message.organisation_id = $1 and message.target_id = $2 and message.facility_id = $3
             and message.state = 'waiting' and message.stage = 'event'
           order by ${inOrder} limit ${laneMax}`,
        values: [organisation_id, target_id, facility_id],
      });
      return rows;
    }),
  );
  const byTarget = Map.groupBy(notices.rows, ({ target_id }) => target_id);
  return [...lanes, ...byTarget.values()];
}

/** Whether nobody need know of a notice's alert any more: it is over, or, for the second ones, looked after. */
export async function isPast(
  { pool }: Database,
  { facility_id, subject, stage, body }: DueDelivery,
): Promise<boolean> {
  if (stage !== "first" && stage !== "escalation") return false;
  const { rows } = await pool.query<{ is_past: boolean }>({
    name: "outbox-is-past",
    text: `select resolved_at is not null or raised_at <> $3::timestamptz
         or ($4 and coalesce(office_ack_at, acknowledged_at) is not null) as is_past
       from alerts where facility_id = $1 and alert_id = $2`,
    values: [facility_id, subject, body["raised_at"], stage === "escalation"],
  });
  return rows[0]?.is_past ?? true;
}

export async function drop({ pool }: Database, due: DueDelivery, now: Instant): Promise<void> {
  await pool.query(
    `update deliveries set state = 'dropped', tried_at = $3
     where organisation_id = $1 and delivery_id = $2 and state = 'waiting'`,
    [due.organisation_id, due.delivery_id, isoOf(now)],
  );
}

/** What is left to tell people after a try. */
export type Settled = "delivered" | "waits" | "failed" | "stopped";

/** Writes what became of a try: taken, to be tried again later, given up; a target that is long silent is stopped. */
export async function settle(
  { pool }: Database,
  due: DueDelivery,
  answer: Answer,
  { now, chance }: { readonly now: Instant; readonly chance: number },
): Promise<Settled> {
  const attempts = due.attempts + 1;
  const isLost = answer.isFinal || attempts >= attemptsMax;
  const state = answer.isTaken ? "delivered" : isLost ? "failed" : "waiting";
  const pause = Math.max(pauseAfter(attempts, chance), Math.min(answer.waitMs ?? 0, hourMs));
  const failingSince = due.failing_since?.getTime() ?? now;
  const isGone = due.kind === "webhook" && answer.code === 410;
  const isStopped = !answer.isTaken && (isGone || now - failingSince >= stoppedAfter);
  await pool.query({
    name: "outbox-settle",
    text: `with message as (
         update deliveries set state = $3, attempts = $4, tried_at = $5, next_at = $6,
           answer_code = $7, answer = $8
         where organisation_id = $1 and delivery_id = $2)
       update targets set failing_since = case when $9 then null else coalesce(failing_since, $5) end,
         is_active = is_active and not $10,
         stopped_why = case when $10 then $11 else stopped_why end
       where organisation_id = $1 and target_id = $12`,
    values: [
      due.organisation_id,
      due.delivery_id,
      state,
      attempts,
      isoOf(now),
      isoOf((now + (state === "waiting" ? pause : 0)) as Instant),
      answer.code,
      answer.words,
      answer.isTaken,
      isStopped,
      isGone ? "gone" : "no-answer",
      due.target_id,
    ],
  });
  if (isStopped) return "stopped";
  return state === "waiting" ? "waits" : state;
}

const hourMs = 3_600_000;
