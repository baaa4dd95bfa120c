import type { Log } from "@gatehouse/shared/ports/log";
import { knownTypes, type ReadLine, readLine } from "../domain/ledger-reading.ts";
import { projectLate, touches } from "../domain/second-reading.ts";
import { changesChannel } from "./changes.ts";
import { codeOf, type Database, isRefusedValue, reasonOf } from "./database.ts";
import { ifMine } from "./locked.ts";
import { addProjection } from "./projection-sql.ts";
import { Statement } from "./statement.ts";

/** Lines of one epoch that are taken over together. */
const lateMax = 2_000;
/** Lines read at once while looking for later ones about the same thing. */
const pageSize = 2_000;
/** Ingest may be first so often while a facility's lines are read again; the next start tries again. */
const turnsMax = 50;

export interface SecondReadingPorts {
  readonly database: Database;
  readonly log: Log;
  /** Whether to leave off; what is done by then is done. */
  readonly isOver: () => boolean;
}

/**
 * Reads again what an older program has set aside, and takes over what this one understands: as if it had been
 * understood when it came. One process at a time; a facility's ingest goes on meanwhile.
 *
 * @returns how many lines are understood now
 */
export const readAsideAgain = async (ports: SecondReadingPorts): Promise<number> =>
  (await ifMine(ports.database, "second-reading", () => new SecondReading(ports).run())) ?? 0;

interface Epoch {
  readonly facility_id: string;
  readonly epoch: number;
  readonly timezone: string;
}

interface Held {
  readonly epoch: number;
  readonly seq: number;
  readonly text: string;
  readonly hash: string;
}

class SecondReading {
  readonly #ports: SecondReadingPorts;
  #understood = 0;

  constructor(ports: SecondReadingPorts) {
    this.#ports = ports;
  }

  async run(): Promise<number> {
    const epochs = await this.#rows<Epoch>(
      `select distinct aside.facility_id, aside.epoch, facility.timezone
       from set_aside_lines as aside join facilities as facility using (facility_id)
       where ${mayBeUnderstood("aside", "$1")} order by 1, 2`,
      [[...knownTypes]],
    );
    for (const epoch of epochs) await this.#readEpoch(epoch);
    await this.#tellArchived();
    return this.#understood;
  }

  /** What lines tell that are archived is not taken over: what came after them is no longer here to be folded again. */
  async #tellArchived(): Promise<void> {
    const [left] = await this.#rows<{ lines: number }>(
      `select count(*) as lines from set_aside_lines as aside
       where ${mayBeUnderstood("aside", "$1")} and exists (select from archive_files as file
         where file.facility_id = aside.facility_id and file.epoch = aside.epoch
           and aside.seq between file.first_seq and file.last_seq)`,
      [[...knownTypes]],
    );
    if (left !== undefined && left.lines > 0)
      this.#ports.log.warn("set-aside-archived", { lines: left.lines });
  }

  async #readEpoch(epoch: Epoch): Promise<void> {
    for (let after = 0; !this.#ports.isOver();) {
      const rows = await this.#rows<Held>(
        `select line.epoch, line.seq, line.text, line.hash
         from set_aside_lines as aside
         join ledger_lines as line using (facility_id, epoch, seq)
         where aside.facility_id = $1 and aside.epoch = $2 and aside.seq > $3
           and ${mayBeUnderstood("aside", "$4")} and line.text is not null
         order by aside.seq limit ${lateMax}`,
        [epoch.facility_id, epoch.epoch, after, [...knownTypes]],
      );
      const late = rows.map(lineOf).filter(({ aside }) => aside === undefined);
      if (late.length > 0) await this.#takeOver(epoch, late);
      const last = rows.at(-1);
      if (last === undefined) break;
      after = last.seq;
    }
    await this.#endAlerts(epoch.facility_id);
  }

  /** A value that PostgreSQL itself refuses is found by halving, as when a batch comes. */
  async #takeOver(epoch: Epoch, late: readonly ReadLine[]): Promise<void> {
    try {
      await this.#takeOverAtOnce(epoch, late);
    } catch (error) {
      const [line] = late;
      if (!isRefusedValue(error) || line === undefined) throw error;
      if (late.length === 1) return this.#leave(epoch, line, error);
      const half = Math.ceil(late.length / 2);
      await this.#takeOver(epoch, late.slice(0, half));
      await this.#takeOver(epoch, late.slice(half));
    }
  }

  /** Reads on while ingest writes on; what is written stands on the very revision up to which was read. */
  async #takeOverAtOnce(epoch: Epoch, late: readonly ReadLine[]): Promise<void> {
    const { facility_id, timezone } = epoch;
    const isTouched = touches(late, timezone);
    const isLate = new Set(late.map(({ seq }) => seq));
    const since: ReadLine[] = [];
    let from: Pick<Held, "epoch" | "seq"> = { epoch: epoch.epoch, seq: (late[0]?.seq ?? 1) - 1 };
    for (let turn = 0; turn < turnsMax && !this.#ports.isOver(); turn += 1) {
      const revision = await this.#revisionOf(facility_id);
      for (;;) {
        const page = await this.#pageAfter(facility_id, from);
        for (const held of page) {
          const line = lineOf(held);
          const isOwn = held.epoch === epoch.epoch && isLate.has(held.seq);
          if (line.aside === undefined && (isOwn || isTouched(line))) since.push(line);
          from = held;
        }
        if (page.length < pageSize) break;
      }
      if (await this.#write(epoch, revision, late, since)) {
        this.#understood += late.length;
        return;
      }
    }
  }

  async #write(
    { facility_id, epoch, timezone }: Epoch,
    revision: number,
    late: readonly ReadLine[],
    since: readonly ReadLine[],
  ): Promise<boolean> {
    const statement = new Statement();
    const seqs = late.map(({ seq }) => seq);
    statement.add(
      "turn",
      `update facility_states as state set revision = state.revision + 1,
         lines_set_aside = state.lines_set_aside - ${statement.bind(late.length, "bigint")}
       where state.facility_id = ${statement.bind(facility_id, "text")}
         and state.revision = ${statement.bind(revision, "bigint")}
       returning state.facility_id, ${statement.bind(epoch, "bigint")} as epoch`,
    );
    statement.add(
      "understood",
      `delete from set_aside_lines as aside using turn
       where aside.facility_id = turn.facility_id and aside.epoch = turn.epoch
         and aside.seq = any(${statement.bind(seqs, "bigint[]")})`,
    );
    addProjection(statement, projectLate(late, since, timezone), timezone);
    const { rows } = await this.#ports.database.pool.query(
      statement.query(
        "second-reading",
        `select pg_notify('${changesChannel}', turn.facility_id)::text from turn`,
      ),
    );
    return rows.length > 0;
  }

  async #leave({ facility_id, epoch }: Epoch, { seq }: ReadLine, error: unknown): Promise<void> {
    this.#ports.log.warn("line-not-storable", { seq, code: codeOf(error) });
    await this.#rows(
      `update set_aside_lines set reason = 'not-storable', detail = $4
       where facility_id = $1 and epoch = $2 and seq = $3`,
      [facility_id, epoch, seq, reasonOf(error)],
    );
  }

  /** The alert about a kind of line ends with the last line of that kind. */
  async #endAlerts(facilityId: string): Promise<void> {
    await this.#rows(
      `update alerts set resolved_at = now(), resolved_by = 'head-office'
       where facility_id = $1 and alert_type = 'ledger-line-set-aside' and source = 'head-office'
         and resolved_at is null and not exists (
           select 1 from set_aside_lines as aside where aside.facility_id = alerts.facility_id
             and 'set-aside-' || aside.reason || '-' || aside.detail = alerts.alert_id)
         and alerts.alert_id ~ '^set-aside-(unknown-type|unreadable-body)-'`,
      [facilityId],
    );
  }

  async #revisionOf(facilityId: string): Promise<number> {
    const [state] = await this.#rows<{ revision: number }>(
      "select revision from facility_states where facility_id = $1",
      [facilityId],
    );
    return state?.revision ?? 0;
  }

  #pageAfter(facilityId: string, from: Pick<Held, "epoch" | "seq">): Promise<Held[]> {
    return this.#rows<Held>(
      `select epoch, seq, text, hash from ledger_lines
       where facility_id = $1 and (epoch, seq) > ($2, $3) and text is not null
       order by epoch, seq limit ${pageSize}`,
      [facilityId, from.epoch, from.seq],
    );
  }

  async #rows<T>(sql: string, values: readonly unknown[]): Promise<T[]> {
    return (await this.#ports.database.pool.query(sql, [...values])).rows as T[];
  }
}

/** A type that this program knows: it was unknown then, or its body did not fit. */
const mayBeUnderstood = (aside: string, types: string): string =>
  `${aside}.reason in ('unknown-type', 'unreadable-body') and ${aside}.detail = any(${types}::text[])`;

const lineOf = ({ epoch, seq, text, hash }: Held): ReadLine => readLine({ text, hash }, epoch, seq);
