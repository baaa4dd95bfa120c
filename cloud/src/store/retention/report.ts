import type { RetentionReport, RetentionRule } from "@gatehouse/shared/contracts/retention";
import { desc, eq } from "drizzle-orm";
import { retentionRules } from "../../domain/retention/rules.ts";
import { cutoffDay } from "../../domain/retention/terms.ts";
import { isoOrNull } from "../moments.ts";
import type { ReportDesk } from "../reports/desk.ts";
import { archiveFiles, retentionRounds } from "../retention-schema.ts";
import { readRetentionSettings } from "./settings.ts";

const shown = 100;

/** How long what is kept at a facility, and what was taken out. */
export async function readRetention(desk: ReportDesk): Promise<RetentionReport> {
  const { database, facilityId, today } = desk;
  const { drizzle } = database;
  const [settings, [round], log, newest, sums] = await Promise.all([
    readRetentionSettings(database, facilityId),
    drizzle.select().from(retentionRounds).where(eq(retentionRounds.facilityId, facilityId)),
    readLog(desk),
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
    log: log.map(({ at, table_name, ...taken }) => ({
      at: at.toISOString(),
      table: table_name,
      ...taken,
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

interface Taken {
  readonly at: Date;
  readonly table_name: string;
  readonly act: string;
  readonly rows: number;
  readonly through: string;
}

/** What was taken out, one row a round, table and act; of several files the last. */
async function readLog({ database, facilityId }: ReportDesk): Promise<Taken[]> {
  const { rows } = await database.pool.query<Taken>({
    name: "retention-log",
    text: `select at, table_name, act, sum(rows)::bigint as rows,
         (array_agg(through order by length(through) desc, through desc))[1] as through
       from retention_log where facility_id = $1
       group by at, table_name, act order by at desc, table_name, act limit ${shown}`,
    values: [facilityId],
  });
  return rows;
}
