import type { Batch } from "@gatehouse/shared/contracts/batch";
import type { QueryConfig, QueryResult } from "pg";
import { nothingHeld, type Watermark } from "../domain/acceptance.ts";

/** How things stand between a facility and head office, read in one round trip. */
export interface FacilityStanding {
  readonly held: Watermark;
  /** What is held at the batch's own places, from its first line on. */
  readonly hashes: readonly string[];
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
}

export function standingOf({ rows }: QueryResult): FacilityStanding | undefined {
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
  const { name, timezone, currency, locale, revision, hashes } = row;
  const directivesLatest = row.directives_latest;
  const rolledUpAs = row.rolled_up_as;
  return { held, hashes, revision, directivesLatest, name, timezone, currency, locale, rolledUpAs };
}
