import type { Ack, Batch, SpaceState } from "@gatehouse/shared/contracts/batch";
import type { Log } from "@gatehouse/shared/ports/log";
import { type Instant, instantOf, isoOf } from "@gatehouse/shared/time";
import { type Acceptance, decideBatch, type Watermark } from "../domain/acceptance.ts";
import { isTimezone } from "../domain/day.ts";
import {
  brokenChainAlert,
  forkAlert,
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
import { ingestStatement } from "./ingest-statement.ts";
import { type FacilityStanding, standingQuery, standingOf } from "./ingest-standing.ts";
import { noteRefusal } from "./ingest-refusal.ts";
import { hasTakenOut, rebuildRollups, rolledUpAs } from "./rollup-rebuild.ts";

/** Another process may be first so often before the edge is asked to send again. */
const turnsMax = 5;
const longestVersion = 100;

export type Ingested =
  | { readonly kind: "stored"; readonly ack: Ack }
  | {
      readonly kind: "hole" | "old-epoch" | "fork" | "broken-chain";
      readonly ack: Ack;
      /** Where the batch and what head office holds part. */
      readonly seq: number;
    }
  | { readonly kind: "unknown-facility" }
  | { readonly kind: "busy" };

export interface IngestPorts {
  readonly database: Database;
  readonly log: Log;
  /** When the batch came. */
  readonly now: Instant;
}

/**
 * Takes a batch: exactly once, in order, all of it or nothing. Two round trips: one reads how things stand, one writes
 * everything if they still stand so. What the acknowledgement says is durable when this resolves.
 *
 * @throws whatever the database throws when it is away; then it is not known whether the batch was stored, and
 *   sending it again is harmless
 */
export async function ingest(ports: IngestPorts, batch: Batch): Promise<Ingested> {
  for (let turn = 0; turn < turnsMax; turn += 1) {
    const standing = standingOf(
      await ports.database.pool.query(standingQuery(batch)),
      batch.first_seq,
    );
    if (standing === undefined) return { kind: "unknown-facility" };
    const decision = decideBatch(batch, standing.held, standing.hashes);
    if (decision.kind !== "accept") return refuse(ports, batch, standing, decision);
    const ack = await new Writing(ports, batch, standing, decision).run();
    if (ack !== undefined) return { kind: "stored", ack };
  }
  return { kind: "busy" };
}

type Refused = Exclude<Acceptance, { kind: "accept" }>;

async function refuse(
  { database, now }: IngestPorts,
  batch: Batch,
  standing: FacilityStanding,
  decision: Refused,
): Promise<Ingested> {
  const { held } = decision;
  const seq = "seq" in decision ? decision.seq : held.ackedSeq + 1;
  const alerts: HeadOfficeAlert[] = [];
  if (decision.kind === "fork") alerts.push(forkAlert(batch.epoch, seq, isoOf(now)));
  if (decision.kind === "old-epoch" && decision.unheld !== undefined)
    alerts.push(forkAlert(batch.epoch, decision.unheld, isoOf(now)));
  if (decision.kind === "broken-chain") alerts.push(brokenChainAlert(batch.epoch, seq, isoOf(now)));
  await noteRefusal(database, batch.facility_id, decision.kind, alerts, now);
  return { kind: decision.kind, ack: ackOf(held, standing), seq };
}

const ackOf = (held: Watermark, standing: FacilityStanding): Ack => ({
  epoch: held.epoch,
  acked_seq: held.ackedSeq,
  spaces_through: held.spacesThrough,
  directives_latest: standing.directivesLatest,
});

type Accepted = Extract<Acceptance, { kind: "accept" }>;

/** One accepted batch on its way into the database. */
class Writing {
  readonly #ports: IngestPorts;
  readonly #batch: Batch;
  readonly #standing: FacilityStanding;
  readonly #accepted: Accepted;
  readonly #now: string;
  #held: Watermark;
  #revision: number;
  /** What travels once with the first write, however many there are. */
  #rest: {
    spaces: readonly SpaceState[];
    alerts: readonly HeadOfficeAlert[];
    repeated: number;
  };

  constructor(ports: IngestPorts, batch: Batch, standing: FacilityStanding, accepted: Accepted) {
    this.#ports = ports;
    this.#batch = batch;
    this.#standing = standing;
    this.#accepted = accepted;
    this.#now = isoOf(ports.now);
    this.#held = accepted.from;
    this.#revision = standing.revision;
    this.#rest = this.#wholeRest();
  }

  /** @returns undefined when another process was first */
  async run(): Promise<Ack | undefined> {
    const { fresh, firstSeq } = this.#accepted;
    const lines = fresh.map((line, index) => readLine(line, this.#batch.epoch, firstSeq + index));
    if (!(await this.#write(lines))) return undefined;
    await this.#rollUpAnew();
    return ackOf(this.#held, this.#standing);
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

  get #timezone(): string {
    return this.#newCard()?.timezone ?? this.#standing.timezone;
  }

  /** Nothing of the facility was held before. */
  get #isFirst(): boolean {
    return this.#standing.held.epoch === 0;
  }

  /**
   * A value that PostgreSQL itself refuses is found by halving: the line that brings it is set aside, every other one
   * is stored as usual.
   */
  async #write(lines: readonly ReadLine[]): Promise<boolean> {
    try {
      return await this.#writeAtOnce(lines);
    } catch (error) {
      const [line] = lines;
      if (!isRefusedValue(error) || line === undefined) throw error;
      if (lines.length === 1) {
        if (line.aside?.reason === "not-storable") throw error;
        this.#ports.log.warn("line-not-storable", { seq: line.seq, code: codeOf(error) });
        return this.#writeAtOnce([notStorable(line, reasonOf(error))]);
      }
      const half = Math.ceil(lines.length / 2);
      return (await this.#write(lines.slice(0, half))) && this.#write(lines.slice(half));
    }
  }

  async #writeAtOnce(lines: readonly ReadLine[]): Promise<boolean> {
    const { facility_id, version, written_seq, directives_through, sent_at } = this.#batch;
    const last = lines.at(-1);
    const to: Watermark = {
      epoch: this.#held.epoch,
      ackedSeq: last?.seq ?? this.#held.ackedSeq,
      lastHash: last?.hash ?? this.#held.lastHash,
      spacesThrough: Math.max(this.#held.spacesThrough, this.#batch.spaces_through),
    };
    const card = this.#newCard();
    const timezone = this.#timezone;
    const { rows } = await this.#ports.database.pool.query(
      ingestStatement({
        facilityId: facility_id,
        revision: this.#revision,
        to,
        firstSeq: this.#held.ackedSeq + 1,
        lines,
        repeated: this.#rest.repeated,
        spaces: this.#rest.spaces,
        projection: project(lines, timezone),
        timezone,
        rolledUpAs: this.#isFirst ? rolledUpAs(timezone) : undefined,
        alerts: [
          ...this.#rest.alerts,
          ...setAsideAlerts(lines, to.epoch, this.#now),
          ...restoredAlerts(lines, this.#now),
        ],
        card,
        version: version.replaceAll("\0", "").slice(0, longestVersion),
        writtenSeq: written_seq,
        directivesThrough: directives_through,
        skewMs: (instantOf(sent_at) ?? this.#ports.now) - this.#ports.now,
        now: this.#now,
      }),
    );
    if (rows.length === 0) return false;
    this.#revision += 1;
    this.#held = to;
    this.#rest = { spaces: [], alerts: [], repeated: 0 };
    return true;
  }

  #wholeRest(): { spaces: SpaceState[]; alerts: HeadOfficeAlert[]; repeated: number } {
    const { repeated, skippedEpochs, from } = this.#accepted;
    const { spaces, refused } = newestOf(this.#batch.spaces);
    const alerts: HeadOfficeAlert[] = [];
    if (refused > 0) alerts.push(refusedSpacesAlert(refused, this.#now));
    if (skippedEpochs > 0) alerts.push(skippedEpochAlert(from.epoch, skippedEpochs, this.#now));
    return { spaces, alerts, repeated };
  }

  /** The facility's card when it says something new; one in a zone that does not exist is passed over. */
  #newCard(): Batch["facility"] {
    const card = this.#batch.facility;
    if (card === undefined || !isTimezone(card.timezone)) return undefined;
    if (/\0/.test(card.name + card.locale)) return undefined;
    const { name, timezone, currency, locale } = this.#standing;
    const isSame =
      card.name === name &&
      card.timezone === timezone &&
      card.currency === currency &&
      card.locale === locale;
    return isSame ? undefined : card;
  }
}
