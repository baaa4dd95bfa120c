import type { PaymentCallback } from "@gatehouse/shared/contracts/directive";
import { hours, type Instant, isoOf, later } from "@gatehouse/shared/time";
import type { PoolClient } from "pg";
import { callbackDays, waitingMax } from "../domain/callback-mail.ts";
import { sha256 } from "../domain/secret.ts";
import { changesChannel } from "./changes.ts";
import type { Database } from "./database.ts";

export interface Mail {
  readonly gateway: string;
  /** Those that matter, names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export type Mailed = "kept" | "repeated" | "full" | "unknown-facility";

/**
 * Keeps a callback for a facility as its next directive. While it waits to be fetched, the same body from the same
 * gateway is kept once; after that it may be news again, and the facility tells. The lock of the facility's row puts
 * those that come at once in order.
 */
export async function keepCallback(
  database: Database,
  facilityId: string,
  { gateway, headers, body }: Mail,
  now: Instant,
): Promise<Mailed> {
  const told: PaymentCallback = {
    gateway,
    received_at: isoOf(now),
    headers,
    body_base64: Buffer.from(body).toString("base64"),
  };
  const client = await database.pool.connect();
  try {
    await client.query("begin");
    const mailed = await keep(client, facilityId, told, sha256(body), now);
    await client.query("commit");
    return mailed;
  } catch (error) {
    await client.query("rollback").catch(() => {});
    throw error;
  } finally {
    client.release();
  }
}

async function keep(
  client: PoolClient,
  facilityId: string,
  told: PaymentCallback,
  hash: string,
  now: Instant,
): Promise<Mailed> {
  const { rows: locked } = await client.query(
    "select 1 from facilities where facility_id = $1 and is_active for update",
    [facilityId],
  );
  if (locked.length === 0) return "unknown-facility";
  const { rowCount } = await client.query(
    `update callbacks set repeats = repeats + 1 from directives as waiting
     where callbacks.facility_id = $1 and gateway = $2 and body_sha256 = $3
       and waiting.facility_id = callbacks.facility_id and waiting.number = callbacks.number
       and waiting.result is null and waiting.expires_at > $4`,
    [facilityId, told.gateway, hash, isoOf(now)],
  );
  if (rowCount !== 0) return "repeated";
  const { rows } = await client.query<{ count: number }>(
    `select count(*) as count from directives
     where facility_id = $1 and kind = 'payment-callback' and result is null and expires_at > $2`,
    [facilityId, isoOf(now)],
  );
  if ((rows[0]?.count ?? 0) >= waitingMax) return "full";
  await client.query(
    `with turn as (
       update facilities set directives_latest = directives_latest + 1 where facility_id = $1
       returning directives_latest as number),
     issued as (
       insert into directives (facility_id, number, kind, body, expires_at, issued_at)
       select $1, number, 'payment-callback', $2::jsonb, $3::timestamptz, $4::timestamptz from turn)
     insert into callbacks (facility_id, gateway, body_sha256, number, received_at)
     select $1, $5, $6, number, $4::timestamptz from turn
     on conflict (facility_id, gateway, body_sha256) do update set number = excluded.number,
       received_at = excluded.received_at, repeats = callbacks.repeats + 1`,
    [
      facilityId,
      JSON.stringify(told),
      isoOf(later(now, hours(24 * callbackDays))),
      isoOf(now),
      told.gateway,
      hash,
    ],
  );
  await client.query("select pg_notify($1, $2)", [changesChannel, facilityId]);
  return "kept";
}
