import type { Instant } from "@gatehouse/shared/time";
import { isoOf } from "@gatehouse/shared/time";
import { readLine } from "../../domain/ledger-reading.ts";
import {
  eventOf,
  type ToldEvent,
  toldTypes,
  withoutPlates,
} from "../../domain/notify/webhook-event.ts";
import type { Database } from "../database.ts";
import { type Audience, type AudienceTarget, reachesFacility } from "./audience.ts";
import { deliveriesJson, deliveryId, keepDeliveries, type NewDelivery } from "./queue.ts";

/** Lines of one facility that are read at once. */
const pageSize = 500;
/** Facilities of one round; the rest has its turn in the next. */
const facilitiesMax = 200;

interface Behind {
  readonly facility_id: string;
  readonly organisation_id: string;
  readonly epoch: number;
  readonly acked_seq: number;
  readonly mark_epoch: number | null;
  readonly mark_seq: number | null;
}

/**
 * Turns the lines that have come since into messages for webhooks. Messages and the mark are written together: a crash
 * between two rounds loses and doubles nothing.
 *
 * @returns how many messages are new
 */
export async function planEvents(
  database: Database,
  audience: Audience,
  now: Instant,
): Promise<number> {
  const listening = audience.targets.filter(({ events }) => events.length > 0);
  if (listening.length === 0) return 0;
  const { rows } = await database.pool.query<Behind>(
    `select facility.facility_id, facility.organisation_id, state.epoch, held.acked_seq,
       mark.epoch as mark_epoch, mark.seq as mark_seq
     from facilities as facility
     join facility_states as state using (facility_id)
     join watermarks as held on held.facility_id = facility.facility_id and held.epoch = state.epoch
     left join outbox_marks as mark on mark.facility_id = facility.facility_id
     where mark.facility_id is null or (mark.epoch, mark.seq) < (state.epoch, held.acked_seq)
     order by state.last_batch_at limit ${facilitiesMax}`,
  );
  let planned = 0;
  for (const behind of rows) {
    const above = audience.above(behind.organisation_id);
    const own = listening.filter((target) =>
      reachesFacility(
        { organisationId: target.organisation_id, facilityId: target.facility_id },
        behind.facility_id,
        above,
      ),
    );
    planned += await planFacility(database, behind, own, now);
  }
  return planned;
}

interface Line {
  readonly epoch: number;
  readonly seq: number;
  readonly text: string;
  readonly hash: string;
  readonly received_at: Date;
}

async function planFacility(
  database: Database,
  behind: Behind,
  targets: readonly AudienceTarget[],
  now: Instant,
): Promise<number> {
  let planned = 0;
  for (let from = { epoch: behind.mark_epoch ?? 0, seq: behind.mark_seq ?? 0 }; ;) {
    const lines = await readLines(database, behind, from, targets);
    const rows = lines.flatMap((line) => deliveriesOf(line, behind.facility_id, targets, now));
    const last = lines.length < pageSize ? undefined : lines.at(-1);
    const to = last ?? { epoch: behind.epoch, seq: behind.acked_seq };
    planned += await keep(database, behind.facility_id, rows, to);
    if (last === undefined) return planned;
    from = { epoch: last.epoch, seq: last.seq };
  }
}

/** Nothing is read for a facility of which nobody wants to hear. */
async function readLines(
  { pool }: Database,
  { facility_id, epoch, acked_seq }: Behind,
  from: { readonly epoch: number; readonly seq: number },
  targets: readonly AudienceTarget[],
): Promise<readonly Line[]> {
  if (targets.length === 0) return [];
  const since = Math.min(...targets.map(({ created_at }) => created_at.getTime()));
  const { rows } = await pool.query<Line>({
    name: "outbox-lines",
    text: `select epoch, seq, text, hash, received_at from ledger_lines
       where facility_id = $1 and (epoch, seq) > ($2, $3) and (epoch, seq) <= ($4, $5)
         and type = any($6) and received_at >= $7 and text is not null
       order by epoch, seq limit ${pageSize}`,
    values: [facility_id, from.epoch, from.seq, epoch, acked_seq, toldTypes, new Date(since)],
  });
  return rows;
}

function deliveriesOf(
  line: Line,
  facilityId: string,
  targets: readonly AudienceTarget[],
  now: Instant,
): NewDelivery[] {
  const { fact, at } = readLine(line, line.epoch, line.seq);
  const told = fact === undefined ? undefined : eventOf(fact);
  if (told === undefined || at === null) return [];
  const { epoch, seq } = line;
  return targets
    .filter(
      ({ events, created_at }) => events.includes(told.event) && line.received_at >= created_at,
    )
    .map((target) => ({
      ...eventDelivery(target, facilityId, told, at, now),
      delivery_id: deliveryId(target.target_id, facilityId, epoch, seq),
      epoch,
      seq,
    }));
}

/** One event for one webhook, without its id and place. */
export function eventDelivery(
  target: AudienceTarget,
  facilityId: string,
  { event, subject, data }: ToldEvent,
  at: string,
  now: Instant,
): Omit<NewDelivery, "delivery_id" | "epoch" | "seq"> {
  return {
    organisation_id: target.organisation_id,
    target_id: target.target_id,
    facility_id: facilityId,
    event,
    subject: subject.slice(0, 200),
    rule_id: null,
    stage: "event",
    body: {
      event,
      facility_id: facilityId,
      at,
      data: target.with_plates ? data : withoutPlates(data),
    },
    queued_at: isoOf(now),
    next_at: isoOf(now),
  };
}

/** The messages and the mark, in one transaction. */
async function keep(
  { pool }: Database,
  facilityId: string,
  rows: readonly NewDelivery[],
  to: { readonly epoch: number; readonly seq: number },
): Promise<number> {
  const { rows: kept } = await pool.query<{ count: number }>({
    name: "outbox-keep",
    text: `with kept as (${keepDeliveries} returning 1),
       mark as (insert into outbox_marks (facility_id, epoch, seq) values ($2, $3, $4)
         on conflict (facility_id) do update set epoch = excluded.epoch, seq = excluded.seq)
       select count(*) as count from kept`,
    values: [deliveriesJson(rows), facilityId, to.epoch, to.seq],
  });
  return kept[0]?.count ?? 0;
}
