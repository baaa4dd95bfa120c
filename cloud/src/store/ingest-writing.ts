import { setImmediate } from "node:timers/promises";
import type { Ack, Batch, FacilityCard, SpaceState } from "@gatehouse/shared/contracts/batch";
import type { Log } from "@gatehouse/shared/ports/log";
import { type Instant, instantOf, isoOf } from "@gatehouse/shared/time";
import type { QueryConfig } from "pg";
import type { Acceptance, Watermark } from "../domain/acceptance.ts";
import { isTimezone } from "../domain/day.ts";
import {
  type HeadOfficeAlert,
  refusedSpacesAlert,
  restoredAlerts,
  setAsideAlerts,
  skippedEpochAlert,
} from "../domain/ledger-alerts.ts";
import { notStorable, type ReadLine, readLine } from "../domain/ledger-reading.ts";
import { project } from "../domain/projection.ts";
import { newestOf } from "../domain/spaces.ts";
import { codeOf, type Database, isRefusedValue, reasonOf } from "./database.ts";
import { ackOf, type FacilityStanding } from "./ingest-standing.ts";
import { ingestStatement } from "./ingest-statement.ts";
import { hasTakenOut, rebuildRollups, rolledUpAs } from "./rollup-rebuild.ts";

const longestVersion = 100;
/** So many lines are read before others have their turn: a millisecond or less. */
const linesAtATime = 64;

export interface WritingPorts {
  readonly database: Database;
  readonly log: Log;
  /** When the batch came. */
  readonly now: Instant;
}

type Accepted = Extract<Acceptance, { kind: "accept" }>;

interface Written {
  readonly directives_latest: number;
}

interface Write {
  readonly lines: readonly ReadLine[];
  readonly query: QueryConfig;
  /** How far the facility's ledger is held then. */
  readonly to: Watermark;
}

/** One accepted batch on its way into the database: one statement, made beforehand. */
export class Writing {
  readonly #ports: WritingPorts;
  readonly #batch: Batch;
  readonly #standing: FacilityStanding;
  readonly #accepted: Accepted;
  readonly #now: string;
  /** The facility's card where it says something new. */
  readonly #card: FacilityCard | undefined;
  readonly #timezone: string;
  /** All of it at once, as it goes unless PostgreSQL refuses a value. */
  readonly #whole: Promise<Write>;
  #held: Watermark;
  #revision: number;
  #rolledUpAs: string;
  /** What travels once with the first write, however many there are. */
  #rest: {
    spaces: readonly SpaceState[];
    alerts: readonly HeadOfficeAlert[];
    repeated: number;
  };

  constructor(ports: WritingPorts, batch: Batch, standing: FacilityStanding, accepted: Accepted) {
    this.#ports = ports;
    this.#batch = batch;
    this.#standing = standing;
    this.#accepted = accepted;
    this.#now = isoOf(ports.now);
    this.#card = newCard(batch.facility, standing);
    this.#timezone = this.#card?.timezone ?? standing.timezone;
    this.#held = accepted.from;
    this.#revision = standing.revision;
    this.#rolledUpAs = standing.rolledUpAs;
    this.#rest = this.#wholeRest();
    this.#whole = this.#prepare();
    // Told when it is carried out.
    this.#whole.catch(() => {});
  }

  /** How things stand once it is written; undefined where only a look into the database can tell. */
  get after(): FacilityStanding | undefined {
    const rolledUp = rolledUpAs(this.#timezone);
    if (!this.#isFirst && this.#standing.rolledUpAs !== rolledUp) return undefined;
    return {
      ...this.#standing,
      ...this.#card,
      held: this.#heldWith(this.#accepted.fresh),
      hashes: [],
      revision: this.#standing.revision + 1,
      rolledUpAs: rolledUp,
    };
  }

  /** @returns undefined when things do not stand as they were thought to: then nothing was written */
  async run(): Promise<Ack | undefined> {
    const directivesLatest = await this.#write(await this.#whole);
    if (directivesLatest === undefined) return undefined;
    await this.#rollUpAnew();
    return ackOf(this.#held, directivesLatest);
  }

  /** Others have their turn meanwhile: what waits to be sent, and pages. */
  async #prepare(): Promise<Write> {
    const { fresh, firstSeq } = this.#accepted;
    const lines: ReadLine[] = [];
    for (const [index, line] of fresh.entries()) {
      if (index % linesAtATime === 0) await setImmediate();
      lines.push(readLine(line, this.#batch.epoch, firstSeq + index));
    }
    await setImmediate();
    return this.#writeOf(lines);
  }

  /** Sums that were made in another zone or by an older program, and with them what this batch has added. */
  async #rollUpAnew(): Promise<void> {
    if (this.#isFirst || this.#standing.rolledUpAs === rolledUpAs(this.#timezone)) return;
    const { database } = this.#ports;
    const { facility_id } = this.#batch;
    const taken = await hasTakenOut(database, facility_id);
    // Whoever has the archive makes them anew (retention/sums-anew.ts); until then they stay as they are.
    if (taken.lines || taken.rows) return;
    await rebuildRollups(database, facility_id, this.#timezone);
  }

  /** Nothing of the facility was held before. */
  get #isFirst(): boolean {
    return this.#standing.held.epoch === 0;
  }

  /**
   * A value that PostgreSQL itself refuses is found by halving: the line that brings it is set aside, every other one
   * is stored as usual.
   *
   * @returns the highest directive that waits
   */
  async #write(write: Write): Promise<number | undefined> {
    try {
      return await this.#carryOut(write);
    } catch (error) {
      const { lines } = write;
      const [line] = lines;
      if (!isRefusedValue(error) || line === undefined) throw error;
      if (lines.length === 1) {
        if (line.aside?.reason === "not-storable") throw error;
        this.#ports.log.warn("line-not-storable", { seq: line.seq, code: codeOf(error) });
        return this.#carryOut(this.#writeOf([notStorable(line, reasonOf(error))]));
      }
      const half = Math.ceil(lines.length / 2);
      const first = await this.#write(this.#writeOf(lines.slice(0, half)));
      return first === undefined ? undefined : this.#write(this.#writeOf(lines.slice(half)));
    }
  }

  async #carryOut({ query, to }: Write): Promise<number | undefined> {
    const { rows } = await this.#ports.database.pool.query<Written>(query);
    const [row] = rows;
    if (row === undefined) return undefined;
    this.#revision += 1;
    if (this.#isFirst) this.#rolledUpAs = rolledUpAs(this.#timezone);
    this.#held = to;
    this.#rest = { spaces: [], alerts: [], repeated: 0 };
    return row.directives_latest;
  }

  /** How far the ledger is held with these lines as well. */
  #heldWith(lines: readonly { readonly hash: string }[]): Watermark {
    return {
      epoch: this.#held.epoch,
      ackedSeq: this.#held.ackedSeq + lines.length,
      lastHash: lines.at(-1)?.hash ?? this.#held.lastHash,
      spacesThrough: Math.max(this.#held.spacesThrough, this.#batch.spaces_through),
    };
  }

  #writeOf(lines: readonly ReadLine[]): Write {
    const { facility_id, version, written_seq, directives_through, sent_at } = this.#batch;
    const to = this.#heldWith(lines);
    const timezone = this.#timezone;
    const query = ingestStatement({
      facilityId: facility_id,
      revision: this.#revision,
      from: this.#held,
      to,
      lines,
      repeated: this.#rest.repeated,
      spaces: this.#rest.spaces,
      projection: project(lines, timezone),
      timezone,
      wasRolledUpAs: this.#rolledUpAs,
      rolledUpAs: this.#isFirst ? rolledUpAs(timezone) : undefined,
      alerts: [
        ...this.#rest.alerts,
        ...setAsideAlerts(lines, to.epoch, this.#now),
        ...restoredAlerts(lines, this.#now),
      ],
      card: this.#card,
      version: version.replaceAll("\0", "").slice(0, longestVersion),
      writtenSeq: written_seq,
      directivesThrough: directives_through,
      skewMs: (instantOf(sent_at) ?? this.#ports.now) - this.#ports.now,
      now: this.#now,
    });
    return { lines, query, to };
  }

  #wholeRest(): { spaces: SpaceState[]; alerts: HeadOfficeAlert[]; repeated: number } {
    const { repeated, skippedEpochs, from } = this.#accepted;
    const { spaces, refused } = newestOf(this.#batch.spaces);
    const alerts: HeadOfficeAlert[] = [];
    if (refused > 0) alerts.push(refusedSpacesAlert(refused, this.#now));
    if (skippedEpochs > 0) alerts.push(skippedEpochAlert(from.epoch, skippedEpochs, this.#now));
    return { spaces, alerts, repeated };
  }
}

/** A facility's card when it says something new; one in a zone that does not exist is passed over. */
function newCard(
  card: FacilityCard | undefined,
  { name, timezone, currency, locale }: FacilityStanding,
): FacilityCard | undefined {
  if (card === undefined || !isTimezone(card.timezone)) return undefined;
  if (/\0/.test(card.name + card.locale)) return undefined;
  const isSame =
    card.name === name &&
    card.timezone === timezone &&
    card.currency === currency &&
    card.locale === locale;
  return isSame ? undefined : card;
}
