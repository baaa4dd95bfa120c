import type { Ack, Batch } from "@gatehouse/shared/contracts/batch";
import type { Log } from "@gatehouse/shared/ports/log";
import { type Instant, isoOf } from "@gatehouse/shared/time";
import { type Acceptance, decideBatch } from "../domain/acceptance.ts";
import { brokenChainAlert, forkAlert, type HeadOfficeAlert } from "../domain/ledger-alerts.ts";
import type { Database } from "./database.ts";
import { IngestQueue } from "./ingest-queue.ts";
import { noteRefusal } from "./ingest-refusal.ts";
import { ackOf, type FacilityStanding, standingOf, standingQuery } from "./ingest-standing.ts";
import { Writing } from "./ingest-writing.ts";

/** Another process may be first so often before the edge is asked to send again. */
const turnsMax = 5;

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
  /** Which facilities were written, by whichever process; undefined: any may have been. Left out: nobody else writes. */
  readonly onChange?: (listener: (facilityId: string | undefined) => void) => void;
}

/**
 * Takes batches: exactly once, in order, each of them whole or not at all. What an acknowledgement says is durable
 * when its promise resolves.
 *
 * A facility's batches are written one after another, and while one is being written the next is read, checked and put
 * into SQL as if that had gone well: only its being written waits. Whether things stand as expected the write itself
 * finds out, by the facility's revision and the hash of its last line; if not, nothing was written and one looks anew.
 */
export class Ingest {
  readonly #ports: IngestPorts;
  readonly #queues = new Map<string, IngestQueue>();

  constructor(ports: IngestPorts) {
    this.#ports = ports;
    ports.onChange?.((facilityId) => this.#noteWrite(facilityId));
  }

  /**
   * Takes a batch. One that came before the one ahead of it, on another connection or to another process, waits for it
   * a moment before it is refused.
   *
   * @param now when the batch came
   * @throws whatever the database throws when it is away; then it is not known whether the batch was stored, and
   *   sending it again is harmless
   */
  take(batch: Batch, now: Instant): Promise<Ingested> {
    const queue = this.#queueOf(batch.facility_id);
    return queue.patiently(
      async () => {
        const taken = await this.#try(queue, batch, now);
        return "decision" in taken ? undefined : taken;
      },
      async () => {
        const taken = await this.#try(queue, batch, now);
        return "decision" in taken ? this.#refuse(batch, now, taken) : taken;
      },
    );
  }

  #queueOf(facilityId: string): IngestQueue {
    const queue = this.#queues.get(facilityId) ?? new IngestQueue();
    this.#queues.set(facilityId, queue);
    return queue;
  }

  #noteWrite(facilityId: string | undefined): void {
    if (facilityId !== undefined) this.#queues.get(facilityId)?.noteWrite();
    else for (const queue of this.#queues.values()) queue.noteWrite();
  }

  #try(queue: IngestQueue, batch: Batch, now: Instant): Promise<Ingested | Hole> {
    const ahead = this.#continuing(queue.expected, batch, now);
    if (ahead !== undefined) queue.expected = ahead.after;
    return queue.inTurn(async () => {
      const taken = await this.#takeInTurn(queue, batch, now, ahead);
      if (taken.kind === "stored") queue.noteWrite();
      return taken;
    });
  }

  /** The write of a batch that goes on exactly where things are expected to stand. */
  #continuing(
    expected: FacilityStanding | undefined,
    batch: Batch,
    now: Instant,
  ): Writing | undefined {
    if (expected === undefined || batch.epoch !== expected.held.epoch) return undefined;
    if (batch.first_seq !== expected.held.ackedSeq + 1) return undefined;
    const decision = decideBatch(batch, expected.held, []);
    if (decision.kind !== "accept") return undefined;
    return new Writing({ ...this.#ports, now }, batch, expected, decision);
  }

  async #takeInTurn(
    queue: IngestQueue,
    batch: Batch,
    now: Instant,
    ahead: Writing | undefined,
  ): Promise<Ingested | Hole> {
    const ack = await ahead?.run();
    if (ack !== undefined) return { kind: "stored", ack };
    if (ahead !== undefined) queue.expected = undefined;
    for (let turn = 0; turn < turnsMax; turn += 1) {
      const standing = standingOf(
        await this.#ports.database.pool.query(standingQuery(batch)),
        batch.first_seq,
      );
      if (standing === undefined) return { kind: "unknown-facility" };
      const decision = decideBatch(batch, standing.held, standing.hashes);
      if (decision.kind === "hole") return { kind: "hole", decision, standing };
      if (decision.kind !== "accept") return this.#refuse(batch, now, { standing, decision });
      const writing = new Writing({ ...this.#ports, now }, batch, standing, decision);
      queue.expected = writing.after;
      const written = await writing.run();
      if (written !== undefined) return { kind: "stored", ack: written };
    }
    return { kind: "busy" };
  }

  async #refuse(
    batch: Batch,
    now: Instant,
    { standing, decision }: { readonly standing: FacilityStanding; readonly decision: Refused },
  ): Promise<Ingested> {
    const { held } = decision;
    const seq = "seq" in decision ? decision.seq : held.ackedSeq + 1;
    const alerts: HeadOfficeAlert[] = [];
    if (decision.kind === "fork") alerts.push(forkAlert(batch.epoch, seq, isoOf(now)));
    if (decision.kind === "old-epoch" && decision.unheld !== undefined)
      alerts.push(forkAlert(batch.epoch, decision.unheld, isoOf(now)));
    if (decision.kind === "broken-chain")
      alerts.push(brokenChainAlert(batch.epoch, seq, isoOf(now)));
    await noteRefusal(this.#ports.database, batch.facility_id, decision.kind, alerts, now);
    return { kind: decision.kind, ack: ackOf(held, standing.directivesLatest), seq };
  }
}

/** Lines before the batch's are missing: perhaps they are on their way. */
interface Hole {
  readonly kind: "hole";
  readonly decision: Extract<Acceptance, { kind: "hole" }>;
  readonly standing: FacilityStanding;
}

type Refused = Exclude<Acceptance, { kind: "accept" }>;
