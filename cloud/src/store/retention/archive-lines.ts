import { genesisHash } from "@gatehouse/shared/canonical";
import type { ArchivedLine } from "@gatehouse/shared/contracts/retention";
import { type Instant, isoOf } from "@gatehouse/shared/time";
import { dayOf } from "../../domain/day.ts";
import { firstBroken, type Place } from "../../domain/retention/archived-lines.ts";
import type { Database } from "../database.ts";
import { ArchiveDamaged, type ArchiveFolder } from "./archive-folder.ts";
import { taking } from "./retention-log.ts";

/** Lines of one file at most; a busy day makes several. */
const linesMax = 50_000;
const pageSize = 5_000;
/** The newest lines of the present epoch always stay: a batch that comes twice is compared with them. */
const newestKept = 2_000;
/** A line that a newer program may understand holds its place so long. */
const asideHeldDays = 400;

export interface Archiving {
  readonly database: Database;
  readonly folder: ArchiveFolder;
  readonly facilityId: string;
  readonly timezone: string;
  /** Lines from before this day there. */
  readonly before: string;
  readonly now: Instant;
}

interface Row {
  readonly seq: number;
  readonly hash: string;
  readonly at: Date | null;
  readonly received_at: Date;
  readonly text: string | null;
  readonly raw: Buffer | null;
}

/**
 * Puts the next day of a facility's oldest lines into a file: written, read again from the disk, proved from the line
 * before them to the last, and only then taken out of the database, in one transaction with its note.
 *
 * @returns how many lines; 0 when nothing is old enough
 * @throws ArchiveDamaged where the lines in the database do not follow each other, or the file is not what was written
 */
export async function archiveNext(archiving: Archiving): Promise<number> {
  const epochs = await readEpochs(archiving);
  for (const [place, { epoch, acked_seq }] of epochs.entries()) {
    const from = await readEnd(archiving, epoch);
    const kept = place === epochs.length - 1 ? newestKept : 0;
    const limit = Math.min(acked_seq - kept, await heldBack(archiving, epoch));
    const rows = await readDay(archiving, epoch, from.seq, limit);
    if (rows.length > 0) return archiveDay(archiving, epoch, from, rows);
    // What is archived is always the beginning of the whole ledger: sums depend on the order of its epochs.
    if (from.seq < acked_seq) return 0;
  }
  return 0;
}

async function archiveDay(
  { database, folder, facilityId, now }: Archiving,
  epoch: number,
  from: Place,
  rows: readonly Row[],
): Promise<number> {
  const lines = rows.map((row) => lineOf(epoch, row));
  const broken = firstBroken(from, lines);
  if (broken !== undefined)
    throw new ArchiveDamaged(
      `line ${epoch}/${broken} in the database does not follow the one before it`,
    );
  const span = spanOf(rows);
  const [first, last] = [lines[0], lines.at(-1)];
  if (first === undefined || last === undefined) return 0;
  await folder.removeAfter(facilityId, epoch, from.seq);
  const made = await folder.write(
    {
      facility_id: facilityId,
      epoch,
      first_seq: first.seq,
      last_seq: last.seq,
      first_at: span === undefined ? null : isoOf(span.first),
      last_at: span === undefined ? null : isoOf(span.last),
      hash_before: from.hash,
      last_hash: last.hash,
    },
    lines,
  );
  const note = {
    facilityId,
    at: new Date(now),
    tableName: "ledger_lines",
    act: "archived",
    through: `${epoch}/${last.seq}`,
  } as const;
  return taking(database, note, async (client) => {
    await client.query(
      `insert into archive_files (facility_id, sha256, epoch, first_seq, last_seq, bytes, first_at,
         last_at, hash_before, last_hash, made_at, emptied_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11)`,
      [
        facilityId,
        made.sha256,
        epoch,
        first.seq,
        last.seq,
        made.bytes,
        made.first_at,
        made.last_at,
        from.hash,
        last.hash,
        note.at,
      ],
    );
    const { rowCount } = await client.query(
      `delete from ledger_lines
       where facility_id = $1 and epoch = $2 and seq between $3 and $4`,
      [facilityId, epoch, first.seq, last.seq],
    );
    if (rowCount !== lines.length)
      throw new ArchiveDamaged(`${rowCount} lines stood where ${lines.length} were archived`);
    return lines.length;
  });
}

/** From the earliest to the latest moment; undefined where no line tells one. */
function spanOf(rows: readonly Row[]): { first: Instant; last: Instant } | undefined {
  let span: { first: Instant; last: Instant } | undefined;
  for (const { at } of rows) {
    if (at === null) continue;
    const moment = at.getTime() as Instant;
    if (span === undefined) span = { first: moment, last: moment };
    else if (moment < span.first) span.first = moment;
    else if (moment > span.last) span.last = moment;
  }
  return span;
}

const lineOf = (epoch: number, { seq, hash, received_at, text, raw }: Row): ArchivedLine => ({
  epoch,
  seq,
  hash,
  received_at: received_at.toISOString(),
  text,
  ...(text === null ? { raw: (raw ?? Buffer.alloc(0)).toString("base64") } : {}),
});

const readEpochs = async ({
  database,
  facilityId,
}: Archiving): Promise<{ epoch: number; acked_seq: number }[]> =>
  (
    await database.pool.query<{ epoch: number; acked_seq: number }>(
      "select epoch, acked_seq from watermarks where facility_id = $1 order by epoch",
      [facilityId],
    )
  ).rows;

/** How far an epoch is archived, and the hash with which it goes on. */
async function readEnd({ database, facilityId }: Archiving, epoch: number): Promise<Place> {
  const { rows } = await database.pool.query<Place>(
    `select last_seq as seq, last_hash as hash from archive_files
     where facility_id = $1 and epoch = $2 order by first_seq desc limit 1`,
    [facilityId, epoch],
  );
  return rows[0] ?? { seq: 0, hash: genesisHash };
}

/** The last line before one that may still be understood: taking it over needs all that came after it. */
async function heldBack({ database, facilityId, now }: Archiving, epoch: number): Promise<number> {
  const { rows } = await database.pool.query<{ seq: number | null }>(
    `select min(seq) - 1 as seq from set_aside_lines
     where facility_id = $1 and epoch = $2 and reason in ('unknown-type', 'unreadable-body')
       and set_aside_at > $3`,
    [facilityId, epoch, new Date(now - asideHeldDays * 86_400_000)],
  );
  return rows[0]?.seq ?? Number.MAX_SAFE_INTEGER;
}

/** The lines after a place that are of one day there, or of the part of it that a file holds. */
async function readDay(
  { database, facilityId, timezone, before }: Archiving,
  epoch: number,
  after: number,
  limit: number,
): Promise<Row[]> {
  const day: Row[] = [];
  let [name, from] = ["", after];
  while (day.length < linesMax) {
    const { rows } = await database.pool.query<Row>(
      `select line.seq, line.hash, line.at, line.received_at, line.text, aside.raw
       from ledger_lines as line
       left join set_aside_lines as aside on line.text is null
         and aside.facility_id = line.facility_id and aside.epoch = line.epoch and aside.seq = line.seq
       where line.facility_id = $1 and line.epoch = $2 and line.seq > $3 and line.seq <= $4
       order by line.seq limit ${pageSize}`,
      [facilityId, epoch, from, limit],
    );
    for (const row of rows) {
      // A line without a moment, and one that was written with a clock set back, is of the day of those before it.
      const own = row.at === null ? name : dayOf(row.at.getTime() as Instant, timezone);
      if (own >= before || (name !== "" && own > name)) return day;
      if (own > name) name = own;
      day.push(row);
    }
    if (rows.length < pageSize) return day;
    from = rows.at(-1)?.seq ?? from;
  }
  return day;
}
