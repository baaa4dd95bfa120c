import { type Ack, type Batch, batchLinesMax } from "@gatehouse/shared/contracts/batch";
import type { QueryConfig, QueryResult } from "pg";
import { nothingHeld, type Watermark } from "../domain/acceptance.ts";

/** How things stand between a facility and head office, read in one round trip. */
export interface FacilityStanding {
  readonly held: Watermark;
  /** What is held at the batch's own places, from its first line on; null where it is archived. */
  readonly hashes: readonly (string | null)[];
  readonly revision: number;
  readonly directivesLatest: number;
  readonly name: string;
  readonly timezone: string;
  readonly currency: string | null;
  readonly locale: string;
  /** How the sums that reports read were made. */
  readonly rolledUpAs: string;
}

export function standingQuery(
  batch: Pick<Batch, "facility_id" | "epoch" | "first_seq" | "lines">,
): QueryConfig {
  const last = batch.first_seq + batch.lines.length - 1;
  return {
    name: "ingest-standing",
    text: `select facility.name, facility.timezone, facility.currency, facility.locale,
         facility.directives_latest, state.revision, state.rolled_up_as, mark.epoch, mark.acked_seq, mark.last_hash,
         mark.spaces_through,
         coalesce((select max(last_seq) from archive_files
           where facility_id = $1 and epoch = $2), 0) as archived_seq,
         array(select line.hash from ledger_lines as line
           where line.facility_id = $1 and line.epoch = $2 and line.seq between $3 and $4
           order by line.seq) as hashes
       from facilities as facility
       join facility_states as state on state.facility_id = facility.facility_id
       left join watermarks as mark
         on mark.facility_id = facility.facility_id and mark.epoch = state.epoch
       where facility.facility_id = $1`,
    values: [
      batch.facility_id,
      batch.epoch,
      batch.first_seq,
      Math.min(last, Number.MAX_SAFE_INTEGER),
    ],
  };
}

interface Row {
  readonly name: string;
  readonly timezone: string;
  readonly currency: string | null;
  readonly locale: string;
  readonly directives_latest: number;
  readonly revision: number;
  readonly rolled_up_as: string;
  readonly epoch: number | null;
  readonly acked_seq: number;
  readonly last_hash: string;
  readonly spaces_through: number;
  readonly hashes: readonly string[];
  readonly archived_seq: number;
}

/** @param firstSeq of the batch that was asked for */
export function standingOf({ rows }: QueryResult, firstSeq: number): FacilityStanding | undefined {
  const row = rows[0] as Row | undefined;
  if (row === undefined) return undefined;
  const held =
    row.epoch === null
      ? nothingHeld
      : {
          epoch: row.epoch,
          ackedSeq: row.acked_seq,
          lastHash: row.last_hash,
          spacesThrough: row.spaces_through,
        };
  const { name, timezone, currency, locale, revision, archived_seq } = row;
  // Lines are archived from the first on without a hole.
  const archived = Math.min(batchLinesMax, Math.max(0, archived_seq - firstSeq + 1));
  const hashes = [...Array.from({ length: archived }, () => null), ...row.hashes];
  const directivesLatest = row.directives_latest;
  const rolledUpAs = row.rolled_up_as;
  return { held, hashes, revision, directivesLatest, name, timezone, currency, locale, rolledUpAs };
}

/** @param directivesLatest the highest directive that waits */
export const ackOf = (held: Watermark, directivesLatest: number): Ack => ({
  epoch: held.epoch,
  acked_seq: held.ackedSeq,
  spaces_through: held.spacesThrough,
  directives_latest: directivesLatest,
  lines_max: batchLinesMax,
});
