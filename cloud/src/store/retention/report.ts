import type { RetentionReport, RetentionRule } from "@gatehouse/shared/contracts/retention";
import { desc, eq } from "drizzle-orm";
import { retentionRules } from "../../domain/retention/rules.ts";
import { cutoffDay } from "../../domain/retention/terms.ts";
import { isoOrNull } from "../moments.ts";
import type { ReportDesk } from "../reports/desk.ts";
import { archiveFiles, retentionLog, retentionRounds } from "../retention-schema.ts";
import { readRetentionSettings } from "./settings.ts";

const shown = 100;

/** How long what is kept at a facility, and what was taken out. */
export async function readRetention(desk: ReportDesk): Promise<RetentionReport> {
  const { database, facilityId, today } = desk;
  const { drizzle } = database;
  const [settings, [round], log, newest, sums] = await Promise.all([
    readRetentionSettings(database, facilityId),
    drizzle.select().from(retentionRounds).where(eq(retentionRounds.facilityId, facilityId)),
    drizzle
      .select()
      .from(retentionLog)
      .where(eq(retentionLog.facilityId, facilityId))
      .orderBy(desc(retentionLog.at))
      .limit(shown),
    drizzle
      .select()
      .from(archiveFiles)
      .where(eq(archiveFiles.facilityId, facilityId))
      .orderBy(desc(archiveFiles.epoch), desc(archiveFiles.firstSeq))
      .limit(shown),
    readSums(desk),
  ]);
  return {
    about: desk.about,
    settings,
    rules: retentionRules.map(({ after, ...rule }): RetentionRule => ({
      ...rule,
      before: after === undefined ? null : cutoffDay(after, settings, today),
    })),
    last_round:
      round === undefined
        ? null
        : {
            ran_at: round.ranAt.toISOString(),
            rows: round.rows,
            has_more: round.hasMore,
            trouble: round.trouble,
          },
    log: log.map(({ at, tableName, act, rows, through }) => ({
      at: at.toISOString(),
      table: tableName,
      act,
      rows,
      through,
    })),
    archive: {
      ...sums,
      newest: newest.map((file) => ({
        sha256: file.sha256,
        epoch: file.epoch,
        first_seq: file.firstSeq,
        last_seq: file.lastSeq,
        bytes: file.bytes,
        first_at: isoOrNull(file.firstAt),
        last_at: isoOrNull(file.lastAt),
        made_at: file.madeAt.toISOString(),
        emptied_at: isoOrNull(file.emptiedAt),
        gone_at: isoOrNull(file.goneAt),
      })),
    },
  };
}

async function readSums({
  database,
  facilityId,
}: ReportDesk): Promise<{ files: number; lines: number; bytes: number }> {
  const { rows } = await database.pool.query<{ files: number; lines: number; bytes: number }>({
    name: "retention-sums",
    text: `select count(*) as files, coalesce(sum(last_seq - first_seq + 1), 0)::bigint as lines,
         coalesce(sum(bytes), 0)::bigint as bytes
       from archive_files where facility_id = $1 and gone_at is null`,
    values: [facilityId],
  });
  return rows[0] ?? { files: 0, lines: 0, bytes: 0 };
}
