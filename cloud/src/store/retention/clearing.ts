import type { Instant } from "@gatehouse/shared/time";
import type { Database } from "../database.ts";
import { taking } from "./retention-log.ts";

/** How the rows of a table that are old enough are found: SQL on `held`, `$2` is the first moment that stays. */
export interface Clearing {
  readonly table: string;
  readonly act: "deleted" | "thinned";
  readonly isOld: string;
}

const gone = (table: string, isOld: string): Clearing => ({ table, act: "deleted", isOld });

/** Of facilities; each has its rule (domain/retention/rules.ts). */
export const facilityClearings: readonly Clearing[] = [
  gone(
    "sessions",
    "(state like 'closed%' or state in ('cancelled', 'superseded')) and coalesce(exit_at, changed_at) < $2",
  ),
  gone("payments", "coalesce(processed_at, started_at) < $2 and state <> 'started'"),
  gone("refunds", "changed_at < $2"),
  gone("postings", "at < $2"),
  gone("documents", "issued_at < $2"),
  gone("receipt_ratings", "rated_at < $2"),
  gone("shifts", "state = 'closed' and closed_at < $2"),
  gone("violations", "status in ('paid', 'waived') and changed_at < $2"),
  gone(
    "violation_steps",
    `at < $2 and not exists (select from violations as of where of.facility_id = held.facility_id
       and of.violation_id = held.violation_id)`,
  ),
  gone("debts", "state <> 'open' and changed_at < $2"),
  gone("analytics_reports", "created_at < $2"),
  gone("work_orders", "status in ('completed', 'cancelled') and changed_at < $2"),
  gone("space_stays", "exit_time < $2"),
  gone("staff_days", "day < ($2::timestamptz)::date"),
  gone("alerts", "resolved_at < $2"),
  gone("request_hours", "hour < $2"),
  gone("callbacks", "received_at < $2"),
  gone("enrolment_codes", "coalesce(used_at, expires_at) < $2"),
  gone("facility_tokens", "revoked_at < $2"),
  gone(
    "device_states",
    `since < $2 and exists (select from device_states as newer where newer.facility_id = held.facility_id
       and newer.device_id = held.device_id and newer.since > held.since and newer.since < $2)`,
  ),
  {
    table: "system_metrics",
    act: "thinned",
    isOld: `at < $2 and exists (select from system_metrics as later
      where later.facility_id = held.facility_id and later.at > held.at
        and later.at < date_trunc('day', held.at, 'UTC') + interval '1 day')`,
  },
];

/** Of people's tables, which belong to organisations. */
export const peopleClearings: readonly Clearing[] = [
  gone("logins", "coalesce(ended_at, seen_at) < $2"),
  gone("invitations", "coalesce(used_at, ends_at) < $2"),
  gone("api_tokens", "coalesce(ended_at, ends_at) < $2"),
  gone("idempotent_answers", "began_at < $2"),
  gone("sign_in_tries", "since < $2"),
  gone("deliveries", "state <> 'waiting' and queued_at < $2"),
];

export interface ClearingAsked {
  readonly database: Database;
  /** Undefined: of a people's table, all organisations. */
  readonly facilityId: string | undefined;
  /** The first moment that stays. */
  readonly before: Date;
  readonly now: Instant;
  readonly limit: number;
}

/** Deletes rows that are old enough, a bounded number at once. @returns how many */
export function clear(
  { database, facilityId, before, now, limit }: ClearingAsked,
  { table, act, isOld }: Clearing,
): Promise<number> {
  const note = {
    facilityId: facilityId ?? "",
    at: new Date(now),
    tableName: table,
    act,
    through: before.toISOString(),
  };
  const whose = facilityId === undefined ? "$1::text is null" : "held.facility_id = $1";
  return taking(database, note, async (client) => {
    const { rowCount } = await client.query(
      `delete from ${table} where ctid in (
         select held.ctid from ${table} as held where ${whose} and ${isOld} limit ${limit})`,
      [facilityId ?? null, before],
    );
    return rowCount ?? 0;
  });
}
