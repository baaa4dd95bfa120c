import { usualLimit } from "@gatehouse/shared/contracts/v1/lists";
import type { LedgerPage } from "@gatehouse/shared/contracts/v1/office";
import { and, asc, eq, sql } from "drizzle-orm";
import type { Queries } from "../database.ts";
import { isoOfDate, isoOrNull } from "../moments.ts";
import { ledgerLines } from "../schema.ts";

/** What of a ledger is asked; `cursor` is the place of the line before. */
export interface LinesAsked {
  readonly type?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit?: number | undefined;
}

const place = /^(\d{1,15})-(\d{1,15})$/;

/** A facility's ledger in its order. @returns undefined where the cursor is none of ours */
export async function readLinePage(
  { drizzle }: Queries,
  facilityId: string,
  { type, cursor = "0-0", limit = usualLimit }: LinesAsked,
): Promise<LedgerPage | undefined> {
  const [, epoch, seq] = place.exec(cursor) ?? [];
  if (epoch === undefined || seq === undefined) return undefined;
  const rows = await drizzle
    .select()
    .from(ledgerLines)
    .where(
      and(
        eq(ledgerLines.facilityId, facilityId),
        sql`(${ledgerLines.epoch}, ${ledgerLines.seq}) > (${Number(epoch)}, ${Number(seq)})`,
        type === undefined ? undefined : eq(ledgerLines.type, type),
      ),
    )
    .orderBy(asc(ledgerLines.epoch), asc(ledgerLines.seq))
    .limit(limit + 1);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const end = last === undefined ? undefined : `${last.epoch}-${last.seq}`;
  return {
    lines: page.map((row) => ({
      epoch: row.epoch,
      seq: row.seq,
      type: row.type,
      at: isoOrNull(row.at),
      received_at: isoOfDate(row.receivedAt),
      hash: row.hash,
      text: row.text,
    })),
    next_cursor: rows.length > limit ? (end ?? null) : null,
    end_cursor: end ?? (cursor === "0-0" ? null : cursor),
  };
}
