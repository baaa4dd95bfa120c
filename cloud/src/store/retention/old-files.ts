import type { Archiving } from "./archive-lines.ts";
import { taking } from "./retention-log.ts";

/** Files of one round at most. */
const filesMax = 1_000;

/** Deletes archive files all of whose lines are from before a day; their rows stay, with the hashes. @returns how many */
export async function removeOldFiles({
  database,
  folder,
  facilityId,
  before,
  now,
}: Archiving): Promise<number> {
  const { rows } = await database.pool.query<{
    facility_id: string;
    sha256: string;
    epoch: number;
    first_seq: number;
    last_seq: number;
  }>(
    `select facility_id, sha256, epoch, first_seq, last_seq from archive_files
     where facility_id = $1 and gone_at is null and last_at < $2::date limit ${filesMax}`,
    [facilityId, before],
  );
  for (const file of rows) {
    const note = {
      facilityId,
      at: new Date(now),
      tableName: "archive_files",
      act: "file-deleted",
      through: file.sha256,
    } as const;
    await taking(database, note, async (client) => {
      const { rowCount } = await client.query(
        "update archive_files set gone_at = $3 where facility_id = $1 and sha256 = $2",
        [facilityId, file.sha256, note.at],
      );
      await folder.remove(file);
      return rowCount ?? 0;
    });
  }
  return rows.length;
}
