import type { Database } from "../database.ts";
import { hasTakenOut, rebuildRollups, rolledUpAs } from "../rollup-rebuild.ts";
import { ArchiveDamaged, type ArchiveFolder } from "./archive-folder.ts";
import { archivedLedger } from "./archived-ledger.ts";

/**
 * Makes a facility's sums anew where they were cut in another zone or by an older program, and part of what they are
 * made of is archived: ingest leaves that to this, which has the files.
 *
 * @throws ArchiveDamaged where a file is missing, or rows were deleted for good: then the sums stay as they are
 */
export async function remakeSums({
  database,
  folder,
  facilityId,
  timezone,
}: {
  readonly database: Database;
  readonly folder: ArchiveFolder;
  readonly facilityId: string;
  readonly timezone: string;
}): Promise<void> {
  const { rows } = await database.pool.query<{ rolled_up_as: string }>(
    "select rolled_up_as from facility_states where facility_id = $1 and epoch > 0",
    [facilityId],
  );
  const [state] = rows;
  if (state === undefined || state.rolled_up_as === rolledUpAs(timezone)) return;
  const taken = await hasTakenOut(database, facilityId);
  if (!taken.lines && !taken.rows) return;
  if (taken.rows)
    throw new ArchiveDamaged(
      "the sums stay cut as they were: rows that they were made of are past their term and deleted",
    );
  await rebuildRollups(
    database,
    facilityId,
    timezone,
    archivedLedger(database, folder, facilityId),
  );
}
