import type { HeldPlace } from "@gatehouse/shared/contracts/batch";
import type { Database } from "./database.ts";

interface Row {
  readonly epoch: number;
  readonly acked_seq: number;
  readonly hash: string | null;
}

/** What is held of a facility's ledger; undefined when there is no such facility. */
export async function heldAt(
  { pool }: Database,
  facilityId: string,
  epoch: number,
  seq: number,
): Promise<HeldPlace | undefined> {
  const { rows } = await pool.query<Row>({
    name: "held-at",
    text: `select state.epoch, coalesce(mark.acked_seq, 0) as acked_seq, line.hash
       from facility_states as state
       left join watermarks as mark on mark.facility_id = state.facility_id and mark.epoch = $2
       left join ledger_lines as line
         on line.facility_id = state.facility_id and line.epoch = $2 and line.seq = $3
       where state.facility_id = $1`,
    values: [facilityId, epoch, seq],
  });
  return rows[0];
}
