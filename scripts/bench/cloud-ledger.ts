import { canonicalJson, chainHash, genesisHash, type Json } from "../../shared/src/canonical.ts";
import { type Batch, batchLinesMax } from "../../shared/src/contracts/batch.ts";
import type { EventBody, EventType } from "../../shared/src/contracts/event.ts";
import { type Instant, isoOf } from "../../shared/src/time.ts";

const begin = Date.UTC(2026, 0, 5, 6) as Instant;
/** A car every so often. */
const everyMs = 6_000;

interface Line {
  readonly type: string;
  readonly at: string;
  readonly text: string;
  readonly hash: string;
}

/** A ledger as an edge writes it, ready to be sent. */
export interface CloudLedger {
  readonly facilityId: string;
  readonly lines: readonly Line[];
  readonly batches: readonly Batch[];
}

/** Paid stays, one after the other: 14 lines each, of the types and lengths that a lane writes. */
export function cloudLedger(facilityId: string, count: number): CloudLedger {
  const lines: Line[] = [];
  let hash = genesisHash;
  let at = isoOf(begin);
  const write = <T extends EventType>(type: T, body: EventBody<T>): void => {
    const seq = lines.length + 1;
    const text = canonicalJson({ at, body: body as unknown as Json, epoch: 1, seq, type });
    hash = chainHash(hash, text);
    lines.push({ type, at, text, hash });
  };
  for (let car = 0; lines.length < count; car += 1) {
    at = isoOf((begin + car * everyMs) as Instant);
    writeStay(write, `${facilityId}-${car}`, at);
  }
  lines.length = count;
  return { facilityId, lines, batches: batchesOf(facilityId, lines) };
}

type Write = <T extends EventType>(type: T, body: EventBody<T>) => void;

function writeStay(write: Write, car: string, at: string): void {
  const minor = 100 + (car.length % 7) * 50;
  const session = { session_id: `session-${car}`, lane_id: "entry-1" };
  const leaving = { session_id: `session-${car}`, lane_id: "exit-1" };
  const payment = { payment_id: `payment-${car}`, session_id: session.session_id };
  const read = { plate: "AB12CDE", raw_plate: "AB12CDE", confidence: 0.97 };
  for (const direction of ["entry", "exit"] as const) {
    const lane_id = `${direction}-1`;
    const command = { command_id: `${direction}-command-${car}`, lane_id };
    const decision_id = `${direction}-decision-${car}`;
    const about = { session_id: session.session_id, lane_id };
    if (direction === "exit") pay(write, { ...payment, minor, at, lane_id });
    write("lane-decided", {
      ...read,
      ...about,
      decision_id,
      direction,
      kind: "open",
      reason: direction === "entry" ? "transient" : "paid",
      rules: ["free-places", "not-denied"],
      actor: { kind: "plate-rule", id: `camera-${direction}` },
      read_id: `${direction}-read-${car}`,
    });
    if (direction === "entry")
      write("session-pending", {
        ...session,
        plate: read.plate,
        raw_plate: read.raw_plate,
        vehicle_class: "car",
        tariff_id: "default",
        tariff_version: 1,
        permit_id: null,
        steady_ms: 1,
      });
    write("gate-commanded", { ...command, decision_id, session_id: session.session_id });
    write("gate-answered", { ...command, result: "accepted", evidence: "relay 1 on" });
    if (direction === "entry")
      write("session-opened", { ...session, entry_at: at, steady_ms: 1, assumed: false });
  }
  write("session-closed", {
    ...leaving,
    exit_at: at,
    duration_s: 3600,
    total_minor: minor,
    paid_minor: minor,
    owed_minor: 0,
    outcome: "closed",
  });
  write("space-stay-closed", {
    stay_id: `stay-${car}`,
    space_id: "A001",
    zone_id: "a",
    source: "sensor",
    entry_time: at,
    exit_time: at,
    duration_seconds: 3000,
  });
}

function pay(
  write: Write,
  about: {
    readonly payment_id: string;
    readonly session_id: string;
    readonly minor: number;
    readonly at: string;
    readonly lane_id: string;
  },
): void {
  const { payment_id, session_id, minor, at, lane_id } = about;
  write("payment-started", {
    payment_id,
    session_id,
    method: "card",
    amount_minor: minor,
    currency: "EUR",
    terminal_id: "terminal-1",
  });
  write("payment-captured", {
    payment_id,
    session_id,
    amount_minor: minor,
    receipt_number: "1",
    trace_number: "1",
    terminal_id: "terminal-1",
    card_last_four: "4242",
    known_by: "answer",
  });
  write("session-settled", {
    session_id,
    lane_id,
    paid_minor: minor,
    grace_until: at,
    grace_until_steady_ms: 2,
  });
}

function batchesOf(facilityId: string, lines: readonly Line[]): Batch[] {
  const batches: Batch[] = [];
  for (let first = 0; first < lines.length; first += batchLinesMax) {
    const some = lines.slice(first, first + batchLinesMax);
    batches.push({
      facility_id: facilityId,
      epoch: 1,
      first_seq: first + 1,
      lines: some.map(({ text, hash }) => ({ text, hash })),
      spaces_through: 0,
      spaces: [],
      sent_at: isoOf(begin),
      directives_through: 0,
      version: "0.1.0",
    });
  }
  return batches;
}
