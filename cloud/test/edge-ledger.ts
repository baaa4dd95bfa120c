import { canonicalJson, chainHash, genesisHash, type Json } from "@gatehouse/shared/canonical";
import type { Batch, SealedLine, SpaceState } from "@gatehouse/shared/contracts/batch";
import type { EventBody, EventType } from "@gatehouse/shared/contracts/event";
import { type Instant, isoOf } from "@gatehouse/shared/time";

export const noon = Date.UTC(2026, 10, 20, 12) as Instant;

/** A facility's ledger as its edge writes it: sealed lines, chained, without a gap. */
export class EdgeLedger {
  readonly facilityId: string;
  readonly epoch: number;
  readonly lines: SealedLine[] = [];
  #last = genesisHash;

  constructor(facilityId = "north", epoch = 1) {
    this.facilityId = facilityId;
    this.epoch = epoch;
  }

  get written(): number {
    return this.lines.length;
  }

  write<T extends EventType>(type: T, body: EventBody<T>, at = isoOf(noon)): this {
    return this.writeAny(type, body as unknown as Json, at);
  }

  /** A line as a newer or a broken edge would write it. */
  writeAny(type: string, body: Json, at = isoOf(noon)): this {
    const seq = this.lines.length + 1;
    return this.writeText(canonicalJson({ at, body, epoch: this.epoch, seq, type }));
  }

  writeText(text: string): this {
    this.#last = chainHash(this.#last, text);
    this.lines.push({ text, hash: this.#last });
    return this;
  }

  /** The upload of the lines from `first` to `last`. */
  batch(first = 1, last = this.written, more: Partial<Batch> = {}): Batch {
    return {
      facility_id: this.facilityId,
      epoch: this.epoch,
      first_seq: first,
      lines: this.lines.slice(first - 1, last),
      spaces_through: 0,
      spaces: [],
      sent_at: isoOf(noon),
      directives_through: 0,
      version: "0.1.0",
      ...more,
    };
  }
}

/** A whole paid stay: ten lines of one car. */
export function writeStay(ledger: EdgeLedger, car: string, paidMinor = 250): EdgeLedger {
  const at = isoOf(noon);
  const session = { session_id: `session-${car}`, lane_id: "entry-1" };
  const leaving = { session_id: `session-${car}`, lane_id: "exit-1" };
  const payment = { payment_id: `payment-${car}`, session_id: session.session_id };
  return ledger
    .write("session-pending", {
      ...session,
      plate: "AB12CDE",
      raw_plate: "AB12CDE",
      vehicle_class: "car",
      tariff_id: "default",
      tariff_version: 1,
      permit_id: null,
      steady_ms: 1,
    })
    .write("gate-commanded", {
      command_id: `command-${car}`,
      decision_id: `decision-${car}`,
      lane_id: "entry-1",
      session_id: session.session_id,
    })
    .write("gate-answered", {
      command_id: `command-${car}`,
      lane_id: "entry-1",
      result: "accepted",
      evidence: "relay 1 on",
    })
    .write("session-opened", { ...session, entry_at: at, steady_ms: 1, assumed: false })
    .write("session-quoted", {
      ...leaving,
      duration_s: 3600,
      due_minor: paidMinor,
      total_minor: paidMinor,
      currency: "EUR",
      honoured_until: at,
    })
    .write("payment-started", {
      ...payment,
      method: "card",
      amount_minor: paidMinor,
      currency: "EUR",
      terminal_id: "terminal-1",
    })
    .write("payment-captured", {
      ...payment,
      amount_minor: paidMinor,
      receipt_number: "1",
      trace_number: "1",
      terminal_id: "terminal-1",
      card_last_four: "4242",
      known_by: "answer",
    })
    .write("session-settled", {
      ...leaving,
      paid_minor: paidMinor,
      grace_until: at,
      grace_until_steady_ms: 2,
    })
    .write("space-stay-closed", {
      stay_id: `stay-${car}`,
      space_id: "A001",
      zone_id: "a",
      source: "sensor",
      entry_time: at,
      exit_time: at,
      duration_seconds: 3000,
    })
    .write("session-closed", {
      ...leaving,
      exit_at: at,
      duration_s: 3600,
      total_minor: paidMinor,
      paid_minor: paidMinor,
      owed_minor: 0,
      outcome: "closed",
    });
}

/** States of spaces, changed one after the other from `change` on. */
export const spaceStates = (
  change: number,
  states: Readonly<Record<string, SpaceState["status"]>>,
): SpaceState[] =>
  Object.entries(states).map(([space_id, status], index) => ({
    space_id,
    status,
    zone_id: "a",
    level: "0",
    space_type: "standard",
    changed_at: isoOf(noon),
    change: change + index,
  }));
