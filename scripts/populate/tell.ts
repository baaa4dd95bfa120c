import { randomUUID } from "node:crypto";
import { SeededRandom } from "@gatehouse/firmware-sim/seeded-random";
import { type Batch, batchLinesMax, type SealedLine } from "@gatehouse/shared/contracts/batch";
import type { Log } from "@gatehouse/shared/ports/log";
import { type Instant, isoOf } from "@gatehouse/shared/time";
import type { Database } from "../../cloud/src/store/database.ts";
import { enrol } from "../../cloud/src/store/facilities.ts";
import { Ingest } from "../../cloud/src/store/ingest.ts";
import { ChainedLedger } from "./chained-ledger.ts";
import { decidedFor, sendDecided } from "./decided.ts";
import { History } from "./history.ts";
import { type FacilityPlan, planOf } from "./plan.ts";

const hourMs = 3_600_000;

export interface Telling {
  readonly database: Database;
  readonly log: Log;
  readonly seed: number;
  readonly scale: number;
  /** When a history begins that has not begun yet, and until when all are told: starts of hours. */
  readonly begin: Instant;
  readonly until: Instant;
}

/** What became of one facility. */
export interface Told {
  readonly facilityId: string;
  readonly lines: number;
  /** How many of them head office held before. */
  readonly held: number;
}

/**
 * Tells head office the past of the facility with this number through its own ingest. What is held already is made
 * up again and passed over: the same seed gives the same lines.
 *
 * @throws Error where head office holds another history under this name
 */
export async function tellFacility(telling: Telling, number: number): Promise<Told> {
  const { database, log, seed, scale, until } = telling;
  const ingest = new Ingest({ database, log });
  const chances = (what: string): SeededRandom => new SeededRandom(seed).fork(`${what}-${number}`);
  const plan = planOf(number, chances("plan"), scale);
  const known = await heldOf(database, plan.facilityId);
  const begin = known.began ?? telling.begin;
  const decided = decidedFor(plan, begin, chances("decided"));
  if (known.began === undefined) {
    const token = randomUUID() + randomUUID();
    await enrol(database, { facilityId: plan.facilityId, token }, until);
    if (!known.isDecided) await sendDecided(database, plan.facilityId, decided, begin);
  }
  const ledger = new ChainedLedger();
  const history = new History(plan, ledger, chances("history"), begin, decided);
  let waiting: SealedLine[] = [];
  while (history.toldUntil < until) {
    for (let hour = 0; hour < 24 && history.toldUntil < until; hour += 1) history.tellHour();
    waiting = [...waiting, ...ledger.take()];
    const isLast = history.toldUntil >= until;
    waiting = await sendAll({ ingest, plan, history, ledger, waiting, isLast });
  }
  return { facilityId: plan.facilityId, lines: ledger.written, held: known.acked };
}

interface Sending {
  readonly ingest: Ingest;
  readonly plan: FacilityPlan;
  readonly history: History;
  readonly ledger: ChainedLedger;
  readonly waiting: readonly SealedLine[];
  readonly isLast: boolean;
}

/** Sends full batches, and at the end the rest. @returns what waits for more */
async function sendAll({
  ingest,
  plan,
  history,
  ledger,
  waiting,
  isLast,
}: Sending): Promise<SealedLine[]> {
  let rest = [...waiting];
  while (rest.length >= batchLinesMax || (isLast && rest.length > 0)) {
    const lines = rest.slice(0, batchLinesMax);
    const isEnd = isLast && lines.length === rest.length;
    const spaces = isEnd ? history.states() : [];
    const batch: Batch = {
      facility_id: plan.facilityId,
      epoch: ledger.epoch,
      first_seq: ledger.written - rest.length + 1,
      lines,
      spaces,
      spaces_through: spaces.at(-1)?.change ?? 0,
      sent_at: isoOf(history.toldUntil),
      directives_through: history.directivesApplied,
      version: "0.1.0",
      written_seq: ledger.written,
      facility: plan.card,
    };
    const told = await ingest.take(batch, history.toldUntil);
    if (told.kind !== "stored")
      throw new Error(
        `${plan.facilityId}: head office answers ${told.kind}; it holds another history under this name ` +
          "(another --seed or --scale, or a real car park)",
      );
    rest = rest.slice(lines.length);
  }
  return rest;
}

interface Held {
  readonly began: Instant | undefined;
  readonly acked: number;
  /** Head office has sent it something already. */
  readonly isDecided: boolean;
}

async function heldOf({ pool }: Database, facilityId: string): Promise<Held> {
  const { rows } = await pool.query<{ at: Date | null; acked_seq: number; latest: number }>(
    `select coalesce(file.first_at, line.at) as at, coalesce(mark.acked_seq, 0) as acked_seq,
       facility.directives_latest as latest
     from facilities as facility
     left join watermarks as mark on mark.facility_id = facility.facility_id and mark.epoch = 1
     left join ledger_lines as line on line.facility_id = mark.facility_id
       and line.epoch = mark.epoch and line.seq = 1
     left join archive_files as file on file.facility_id = mark.facility_id
       and file.epoch = mark.epoch and file.first_seq = 1
     where facility.facility_id = $1`,
    [facilityId],
  );
  const [row] = rows;
  return {
    began: row?.at?.getTime() as Instant | undefined,
    acked: row?.acked_seq ?? 0,
    isDecided: (row?.latest ?? 0) > 0,
  };
}

/** The start of the hour in which a moment lies. */
export const hourStart = (at: number): Instant => (Math.floor(at / hourMs) * hourMs) as Instant;
