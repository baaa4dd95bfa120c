import type { ArchivedLine, ArchiveManifest } from "@gatehouse/shared/contracts/retention";
import type { Database } from "../database.ts";
import { ArchiveDamaged, type ArchiveFolder } from "./archive-folder.ts";

interface Row {
  readonly epoch: number;
  readonly first_seq: number;
  readonly last_seq: number;
  readonly sha256: string;
  readonly bytes: number;
  readonly hash_before: string;
  readonly last_hash: string;
  readonly is_gone: boolean;
}

/**
 * A facility's archived lines in the order of its ledger, file by file, each proved before it is handed out. What the
 * database says of a file counts, not what lies in the folder.
 *
 * @throws ArchiveDamaged where a file is gone or changed
 */
export async function* archivedLedger(
  { pool }: Database,
  folder: ArchiveFolder,
  facilityId: string,
): AsyncGenerator<readonly ArchivedLine[]> {
  const { rows } = await pool.query<Row>(
    `select epoch, first_seq, last_seq, sha256, bytes, hash_before, last_hash,
       gone_at is not null as is_gone
     from archive_files where facility_id = $1 order by epoch, first_seq`,
    [facilityId],
  );
  for (const { is_gone, ...row } of rows) {
    if (is_gone) throw new ArchiveDamaged(`${row.sha256}: it was deleted when its term was over`);
    const manifest: ArchiveManifest = {
      format: 1,
      facility_id: facilityId,
      ...row,
      first_at: null,
      last_at: null,
    };
    yield await folder.read(manifest);
  }
}
