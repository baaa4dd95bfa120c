import type { RetentionSettings } from "@gatehouse/shared/contracts/retention";
import type { Instant } from "@gatehouse/shared/time";
import { dayOf } from "../../domain/day.ts";
import type { OfficeKey } from "../../domain/people/office-key.ts";
import { retentionRules } from "../../domain/retention/rules.ts";
import { cutoffDay } from "../../domain/retention/terms.ts";
import { type Database, isUnavailable, reasonOf } from "../database.ts";
import { ifMine } from "../locked.ts";
import { ArchiveDamaged, type ArchiveFolder } from "./archive-folder.ts";
import { archiveNext } from "./archive-lines.ts";
import { clear, type Clearing, facilityClearings, peopleClearings } from "./clearing.ts";
import { removeOldFiles } from "./old-files.ts";
import { plateTables, pseudonymise } from "./plates.ts";
import { readRetentionSettings } from "./settings.ts";
import { remakeSums } from "./sums-anew.ts";
import { usualRetention } from "../../domain/retention/terms.ts";

/** Rows that one statement takes, and steps of one kind in one round of a facility: the next round takes the rest. */
const rowsAtOnce = 2_000;
const stepsMax = 50;

export interface RetentionPorts {
  readonly database: Database;
  readonly key: OfficeKey;
  /** Undefined: nothing is archived, and raw lines stay where they are. */
  readonly folder: ArchiveFolder | undefined;
  readonly now: Instant;
  /** Whether to leave off; what is done by then is done. */
  readonly isOver: () => boolean;
}

/**
 * Goes once through everything that is old enough, in bounded steps, one process at a time.
 *
 * @returns how many rows were taken out or changed; undefined where another process is at it
 */
export const retentionRound = (ports: RetentionPorts): Promise<number | undefined> =>
  ifMine(ports.database, "retention", () => throughAll(ports));

async function throughAll(ports: RetentionPorts): Promise<number> {
  const { rows } = await ports.database.pool.query<{ facility_id: string; timezone: string }>(
    "select facility_id, timezone from facilities order by facility_id",
  );
  let taken = 0;
  for (const { facility_id, timezone } of rows) {
    if (ports.isOver()) return taken;
    taken += await tryFacility(ports, facility_id, timezone);
  }
  for (const clearing of peopleClearings)
    taken += (await steps(ports, () => clearOne(ports, undefined, clearing, usualRetention))).rows;
  return taken;
}

/** A facility at which something breaks holds up no other: its trouble is kept, and told by an alert. */
async function tryFacility(
  ports: RetentionPorts,
  facilityId: string,
  timezone: string,
): Promise<number> {
  try {
    return await throughFacility(ports, facilityId, timezone);
  } catch (error) {
    if (isUnavailable(error)) throw error;
    await keepRound(ports, facilityId, { rows: 0, hasMore: true, trouble: reasonOf(error) });
    return 0;
  }
}

async function throughFacility(
  ports: RetentionPorts,
  facilityId: string,
  timezone: string,
): Promise<number> {
  const { database, key, now, folder } = ports;
  const settings = await readRetentionSettings(database, facilityId);
  const before = new Date(
    `${cutoffDay({ kind: "setting", name: "plate_days" }, settings, dayOf(now, timezone))}T00:00:00Z`,
  );
  const done: { rows: number; hasMore: boolean }[] = [];
  for (const table of plateTables) {
    const asked = { database, key, facilityId, before, now, limit: rowsAtOnce };
    done.push(await steps(ports, () => pseudonymise(asked, table)));
  }
  for (const clearing of facilityClearings)
    done.push(await steps(ports, () => clearOne(ports, facilityId, clearing, settings)));

  let trouble: string | null = null;
  try {
    if (folder !== undefined) {
      await remakeSums({ database, folder, facilityId, timezone });
      const today = dayOf(now, timezone);
      const rawBefore = cutoffDay({ kind: "setting", name: "raw_days" }, settings, today);
      const archiving = { database, folder, facilityId, timezone, before: rawBefore, now };
      done.push(await steps(ports, () => archiveNext(archiving)));
      const filesBefore = cutoffDay({ kind: "money-years" }, settings, today);
      done.push({
        rows: await removeOldFiles({ ...archiving, before: filesBefore }),
        hasMore: false,
      });
    }
  } catch (error) {
    if (!(error instanceof ArchiveDamaged) && !isOfDisk(error)) throw error;
    trouble = error instanceof Error ? error.message : String(error);
  }
  const rows = done.reduce((sum, each) => sum + each.rows, 0);
  const hasMore = done.some((each) => each.hasMore);
  await keepRound(ports, facilityId, { rows, hasMore, trouble });
  return rows;
}

interface RoundKept {
  readonly rows: number;
  readonly hasMore: boolean;
  readonly trouble: string | null;
}

async function keepRound(
  { database, now }: RetentionPorts,
  facilityId: string,
  { rows, hasMore, trouble }: RoundKept,
): Promise<void> {
  await database.pool.query(
    `insert into retention_rounds (facility_id, ran_at, rows, has_more, trouble)
     values ($1, $2, $3, $4, $5)
     on conflict (facility_id) do update set ran_at = excluded.ran_at, rows = excluded.rows,
       has_more = excluded.has_more, trouble = excluded.trouble`,
    [facilityId, new Date(now), rows, hasMore, trouble],
  );
}

/** Repeats a step until it finds nothing more, or has done enough for one round. */
async function steps(
  { isOver }: RetentionPorts,
  step: () => Promise<number>,
): Promise<{ rows: number; hasMore: boolean }> {
  let rows = 0;
  for (let count = 0; count < stepsMax && !isOver(); count += 1) {
    const taken = await step();
    if (taken === 0) return { rows, hasMore: false };
    rows += taken;
  }
  return { rows, hasMore: true };
}

function clearOne(
  { database, now }: RetentionPorts,
  facilityId: string | undefined,
  clearing: Clearing,
  settings: RetentionSettings,
): Promise<number> {
  const rule = retentionRules.find(
    ({ table, act }) => table === clearing.table && (act === "delete" || act === "thin"),
  );
  if (rule?.after === undefined) throw new Error(`${clearing.table} has no rule of retention`);
  const day = cutoffDay(rule.after, settings, new Date(now).toISOString().slice(0, 10));
  const before = new Date(`${day}T00:00:00Z`);
  return clear({ database, facilityId, before, now, limit: rowsAtOnce }, clearing);
}

/** The disk is full, gone, or not ours to write on. */
const isOfDisk = (error: unknown): boolean =>
  error instanceof Error &&
  "code" in error &&
  typeof error.code === "string" &&
  /^(ENOSPC|EACCES|EPERM|EROFS|ENOENT|EIO|ENOTDIR|EDQUOT)$/.test(error.code);
