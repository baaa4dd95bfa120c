import type { Period } from "@gatehouse/shared/contracts/reports/report";
import type { Instant } from "@gatehouse/shared/time";
import type { Database } from "./database.ts";
import { receiptRatings } from "./outlook-schema.ts";
import type { HeldDocument } from "./receipts.ts";
import type { ReportDesk } from "./reports/desk.ts";

/** From this score on, of 1 to 5, somebody was satisfied. */
const satisfiedFrom = 4;

/** Writes down what was tapped; a receipt that was rated before stays as it is. */
export async function rateReceipt(
  { drizzle }: Database,
  { facilityId, documentId }: HeldDocument,
  score: number,
  now: Instant,
): Promise<void> {
  await drizzle
    .insert(receiptRatings)
    .values({ facilityId, documentId, score, ratedAt: new Date(now) })
    .onConflictDoNothing();
}

/** How many tapped on some days, and how many of them were satisfied. */
export interface Ratings {
  readonly rated: number;
  readonly satisfied: number;
}

export async function readRatings(desk: ReportDesk, { from, to }: Period): Promise<Ratings> {
  const { rows } = await desk.database.pool.query<Ratings>({
    name: "report-ratings",
    text: `select count(*) as rated, count(*) filter (where score >= ${satisfiedFrom}) as satisfied
       from receipt_ratings
       where facility_id = $1 and rated_at >= ($2::date)::timestamp at time zone $4
         and rated_at < ($3::date + 1)::timestamp at time zone $4`,
    values: [desk.facilityId, from, to, desk.timezone],
  });
  return rows[0] ?? { rated: 0, satisfied: 0 };
}
