import { sql, type SQL } from "drizzle-orm";
import type { CashBack, Charge, Deed, Ended, TicketUse } from "../domain/fraud.ts";
import type { Reader } from "./book.ts";

/** Rows that one question may read: a busy day of a large site. */
const rowsMost = 10_000;
/** A read that is less sure may be of another vehicle. */
const sure = 0.85;

const all = <Row>({ db }: Reader, query: SQL): Row[] =>
  db.all<Row>(sql`${query} limit ${rowsMost}`);

/** Payments by card since then, by scheme and last four digits. */
export const cardDeeds = (reader: Reader, since: number): Deed[] =>
  all(
    reader,
    sql`select coalesce(json_extract(payment_details, '$.card_name'), 'card') || ' …'
        || json_extract(payment_details, '$.card_last_four') as key, payment_id as id, processed_at as at
      from payments where processed_at > ${since} and payment_method = 'card' and status <> 'declined'
        and json_extract(payment_details, '$.card_last_four') is not null`,
  );

/** Payments out of accounts since then. */
export const accountDeeds = (reader: Reader, since: number): Deed[] =>
  all(
    reader,
    sql`select coalesce(json_extract(payment_details, '$.account_id'), terminal_id) as key,
        payment_id as id, processed_at as at
      from payments where processed_at > ${since} and payment_method in ('stored-value', 'on-file')
        and purpose = 'stay' and coalesce(json_extract(payment_details, '$.account_id'), terminal_id) is not null`,
  );

/** Stays of plates without a permit that began since then. */
export const stayDeeds = (reader: Reader, since: number): Deed[] =>
  all(
    reader,
    sql`select vehicle_license as key, session_id as id, entry_time as at
      from parking_sessions where entry_time > ${since} and vehicle_license is not null
        and permit_id is null and status not in ('pending', 'cancelled', 'superseded')`,
  );

/** Payments that people took back since then. */
export const voidDeeds = (reader: Reader, since: number): Deed[] =>
  all(
    reader,
    sql`select json_extract(payment_details, '$.reversed_by') as key, payment_id as id,
        coalesce(processed_at, started_at) as at
      from payments where processed_at > ${since} and status = 'reversed'
        and json_extract(payment_details, '$.reversed_by') not in ('system', 'driver', 'merchant')`,
  );

/** Payments that people gave up since then. */
export const nilDeeds = (reader: Reader, since: number): Deed[] =>
  all(
    reader,
    sql`select json_extract(payment_details, '$.given_by') as key, payment_id as id, processed_at as at
      from payments where processed_at > ${since} and payment_method = 'nil'
        and json_extract(payment_details, '$.given_by') is not null`,
  );

/** Gates that people opened by hand since then; who it was stands in the ledger. */
export const openingDeeds = (reader: Reader, since: number): Deed[] =>
  all(
    reader,
    sql`select json_extract(l.text, '$.body.actor.id') as key, d.decision_id as id, d.at as at
      from decisions d
      join ledger_subjects s on s.subject = d.decision_id
      join ledger l on l.epoch = s.epoch and l.seq = s.seq and l.type = 'lane-decided'
      where d.at > ${since} and d.reason like 'by-hand:%'
        and json_extract(l.text, '$.body.actor.id') is not null`,
  );

/** Plates that merchants paid for since then. */
export const validationDeeds = (
  reader: Reader,
  since: number,
): (Deed & { readonly what: string })[] =>
  all(
    reader,
    sql`select v.merchant_id as key, v.validation_id as id, v.issued_at as at,
        coalesce(s.vehicle_license, v.session_id, v.validation_id) as what
      from validations v left join parking_sessions s on s.session_id = v.session_id
      where v.issued_at > ${since}`,
  );

/** Stays that ended since then under a plate. */
export const endedSince = (reader: Reader, since: number): Ended[] =>
  all<Omit<Ended, "isOrphan"> & { isOrphan: number }>(
    reader,
    sql`select session_id as "sessionId", vehicle_license as plate, exit_time as "exitAt",
        coalesce(json_extract(session_metadata, '$.orphan_exit'), 0) as "isOrphan"
      from parking_sessions where exit_time > ${since} and vehicle_license is not null
        and permit_id is null and status in ('closed', 'closed-unpaid')`,
  ).map((row) => ({ ...row, isOrphan: row.isOrphan === 1 }));

/** Tickets that let vehicles out since then, with the sure reads at both ends. */
export function ticketUses(reader: Reader, since: number): TicketUse[] {
  const read = (lane: string): SQL =>
    sql.raw(`(select r.corrected_plate from session_reads r
      where r.session_id = s.session_id and r.lane_id = s.${lane} and r.confidence >= ${sure}
        and r.corrected_plate <> '' order by r.at desc limit 1)`);
  return all<
    Omit<TicketUse, "entryPlate" | "exitPlate" | "other"> & {
      entryPlate: string | null;
      exitPlate: string | null;
    }
  >(
    reader,
    sql`select s.session_id as "sessionId", s.entry_time as "entryAt", s.exit_time as "exitAt",
        ${read("entry_lane")} as "entryPlate", ${read("exit_lane")} as "exitPlate"
      from parking_tickets t join parking_sessions s on s.session_id = t.session_id
      where t.state = 'used' and s.exit_time > ${since} and s.status in ('closed', 'closed-unpaid')`,
  ).map((row) => ({
    ...row,
    entryPlate: row.entryPlate ?? undefined,
    exitPlate: row.exitPlate ?? undefined,
    other: row.exitPlate === null ? undefined : longestInside(reader, row.exitPlate, row.sessionId),
  }));
}

/** Cash refunds that were done since then. */
export const cashBacks = (reader: Reader, since: number): CashBack[] =>
  all(
    reader,
    sql`select r.refund_id as "refundId", r.payment_id as "paymentId", p.processed_at as "takenAt",
        r.processed_at as "givenAt"
      from refunds r join payments p on p.payment_id = r.payment_id
      where r.status = 'done' and r.processed_at > ${since} and p.payment_method = 'cash'
        and p.processed_at is not null`,
  );

/** Charges at terminals and gateways since then whose outcome is known or lost. */
export const chargesSince = (reader: Reader, since: number): Charge[] =>
  all<Deed & { hasFailed: number }>(
    reader,
    sql`select terminal_id as key, payment_id as id, started_at as at,
        status in ('failed', 'unknown') as "hasFailed"
      from payments where started_at > ${since} and payment_method in ('card', 'online', 'on-file')
        and terminal_id is not null and status not in ('started', 'declined')`,
  ).map((row) => ({ ...row, hasFailed: row.hasFailed === 1 }));

function longestInside({ db }: Reader, plate: string, except: string): TicketUse["other"] {
  return db.all<{ sessionId: string; entryAt: number }>(
    sql`select session_id as "sessionId", entry_time as "entryAt" from parking_sessions
      where vehicle_license = ${plate} and status in ('open', 'paid-grace', 'exiting')
        and session_id <> ${except} order by entry_time limit 1`,
  )[0];
}
