import { createHash } from "node:crypto";
import { statSync } from "node:fs";
import type { MemorySite } from "@gatehouse/firmware-sim/devices/memory-site";
import type { Town } from "@gatehouse/firmware-sim/town";
import type { SpaceObservation } from "@gatehouse/shared/ports/space-feed";
import Database from "better-sqlite3";
import type { Complain } from "./ledger-fold.ts";
import { LedgerFold } from "./ledger-fold.ts";
import { VisitMatch } from "./visit-match.ts";

export interface AuditorParts {
  readonly bookFile: string;
  readonly site: MemorySite;
  readonly town: Town;
  readonly writtenAt: readonly number[];
  readonly complain: Complain;
}

const genesis = "0".repeat(64);
const walLimitBytes = 64 * 1024 * 1024;

/**
 * Reads the book as it lies on the disk, with its own connection and its own SQL, and holds it against what
 * the town and the devices know. It shares no code with the daemon beyond the contracts.
 */
export class Auditor {
  readonly fold: LedgerFold;
  readonly #parts: AuditorParts;
  readonly #db: Database.Database;
  readonly #visits: VisitMatch;
  #seq = 0;
  #looks = 0;
  #agreed = 0;
  #hash = genesis;
  readonly #pulsesSeen = new Map<string, number>();
  #observations: SpaceObservation[] = [];
  #promises: { kind: "read" | "receipt"; id: string }[] = [];

  constructor(parts: AuditorParts) {
    this.#parts = parts;
    this.fold = new LedgerFold(parts.complain);
    this.#db = new Database(parts.bookFile, { readonly: true });
    this.#visits = new VisitMatch(parts.town, this.fold, parts.complain);
  }

  get ledgerHash(): string {
    return this.#hash;
  }

  get ledgerLength(): number {
    return this.#seq;
  }

  /** The chain's hash at each of the last lines, for comparing with head office. */
  readonly hashes: string[] = [genesis];

  /** How far the edge believes that head office holds its ledger. */
  acknowledgedSeq(): number {
    const note = this.#db.prepare("select value from notes where name = 'acked.1'").pluck().get();
    return Number(note ?? 0);
  }

  acknowledged(batch: readonly SpaceObservation[]): void {
    this.#observations.push(...batch);
  }

  /** A camera looks at a car now. */
  seen(readId: string): void {
    this.fold.seenAt.set(readId, this.#parts.town.now);
  }

  promised(kind: "read" | "receipt", id: string): void {
    this.#promises.push({ kind, id });
  }

  /** Nobody stands before an arm, and head office has been told everything. */
  isQuiet(): boolean {
    this.#readLedger();
    const [changed, told] = this.#db
      .prepare(
        `select (select coalesce(max(change), 0) from parking_spaces),
                (select coalesce(max(value + 0), 0) from notes where name = 'spaces')`,
      )
      .raw()
      .get() as [number, number];
    return (
      this.#parts.town.queued === 0 && this.acknowledgedSeq() === this.#seq && told === changed
    );
  }

  /** Everything that must hold at any moment, right after a crash too. */
  check(): void {
    this.#readLedger();
    this.#checkPromises();
    this.#checkPulses();
    this.#checkSessions(this.fold.takeTouched());
    this.#checkMoney();
    this.#checkRoom();
    this.#visits.check();
  }

  /** What must hold besides when every fault has been over for a while. */
  checkAtRest(): void {
    this.check();
    this.#checkSessions([...this.fold.sessions.keys()]);
    this.#checkAllPayments();
    this.#checkNothingPending();
    this.#checkAlerts();
    this.#checkSpaces();
    this.#checkBooked();
  }

  /** How often a space was published as it truly was, over all looks so far; 1 before the first. */
  get agreement(): number {
    return this.#looks === 0 ? 1 : this.#agreed / this.#looks;
  }

  /** Compares every space with the truth; a space that nobody can tell counts as wrong. */
  lookAtSpaces(): void {
    for (const { id, status } of this.#publishedSpaces()) {
      this.#looks++;
      if (status === this.#truthOf(id)) this.#agreed++;
    }
  }

  close(): void {
    this.#db.close();
  }

  #readLedger(): void {
    const rows = this.#db
      .prepare("select epoch, seq, text, hash from ledger where seq > ? order by epoch, seq")
      .all(this.#seq) as { epoch: number; seq: number; text: string; hash: string }[];
    for (const { epoch, seq, text, hash } of rows) {
      if (epoch !== 1 || seq !== this.#seq + 1)
        this.#complain("I5", `line ${epoch}/${seq} follows ${this.#seq}`);
      const expected = createHash("sha256").update(this.#hash).update(text).digest("hex");
      if (hash !== expected) this.#complain("I5", `line ${seq} does not continue the chain`);
      this.#seq = seq;
      this.#hash = hash;
      this.hashes[seq] = hash;
      this.fold.apply(text, this.#parts.writtenAt[seq] ?? 0);
    }
    const last = this.#db
      .prepare("select hash from ledger where epoch = 1 and seq = ?")
      .pluck()
      .get(this.#seq);
    if (this.#seq > 0 && last !== this.#hash)
      this.#complain("I6", `line ${this.#seq} was in the book and is not any more`);
  }

  /** I6: what a device was told is kept, is kept. */
  #checkPromises(): void {
    const observation = this.#db
      .prepare("select 1 from observations where source_id = ? and boot = ? and sequence = ?")
      .pluck();
    for (const { sourceId, boot, sequence } of this.#observations) {
      if (observation.get(sourceId, boot, sequence) === undefined)
        this.#complain("I6", `acknowledged and lost: ${sourceId} ${boot}/${sequence}`);
    }
    this.#observations = [];
    const read = this.#db
      .prepare("select 1 from plate_reads where reader_id = ? and read_id = ?")
      .pluck();
    for (const { kind, id } of this.#promises) {
      const [device = "", number = ""] = id.split("/");
      const isKept =
        kind === "read" ? read.get(device, number) !== undefined : this.fold.receipts.has(id);
      if (!isKept) this.#complain("I6", `${kind} ${id} was taken and is not in the book`);
    }
    this.#promises = [];
  }

  /** I3: the contact closed at most once for each command, and each command stood in the book before. */
  #checkPulses(): void {
    const kept = this.#db.prepare("select 1 from gate_commands where command_id = ?").pluck();
    for (const { laneId, gate } of this.#parts.site.lanes) {
      const seen = this.#pulsesSeen.get(laneId) ?? 0;
      const fresh = gate.pulsed.slice(seen);
      this.#pulsesSeen.set(laneId, gate.pulsed.length);
      for (const commandId of fresh) {
        if (kept.get(commandId) === undefined || !this.fold.commands.has(commandId))
          this.#complain("I3", `${laneId} was opened by ${commandId}, which is not in the book`);
        if (gate.pulsed.indexOf(commandId) !== gate.pulsed.lastIndexOf(commandId))
          this.#complain("I3", `${laneId} was opened twice by ${commandId}`);
      }
    }
  }

  /** I7: the table of sessions says what the ledger says. */
  #checkSessions(ids: readonly string[]): void {
    const find = this.#db.prepare(
      "select status, paid_amount as paid, vehicle_license as plate from parking_sessions where session_id = ?",
    );
    for (const id of ids) {
      const folded = this.fold.sessions.get(id);
      const row = find.get(id) as
        | { status: string; paid: number; plate: string | null }
        | undefined;
      if (folded === undefined || row === undefined) {
        this.#complain("I7", `session ${id}: book ${row?.status}, ledger ${folded?.status}`);
        continue;
      }
      const { status, paid } = folded;
      const same = status === "open" ? openInBook.has(row.status) : isSame(status, row.status);
      if (!same) this.#complain("I7", `session ${id} is ${row.status}, by the ledger ${status}`);
      if (paid !== row.paid || !Number.isSafeInteger(row.paid) || row.paid < 0)
        this.#complain("I1", `session ${id} has ${row.paid} paid, by the ledger ${paid}`);
      if ((row.plate ?? "") !== folded.plate)
        this.#complain("I7", `session ${id} has another plate than its ledger line`);
    }
  }

  /** I1: captured payments = credits of sessions = ledger; what was captured was booked at a terminal. */
  #checkMoney(): void {
    const sums = this.#db
      .prepare(
        `select (select coalesce(sum(amount), 0) from payments where status = 'captured') as captured,
                (select coalesce(sum(paid_amount), 0) from parking_sessions) as credited`,
      )
      .get() as { captured: number; credited: number };
    if (sums.captured !== this.fold.capturedMinor || sums.credited !== this.fold.capturedMinor) {
      this.#complain(
        "I1",
        `captured ${sums.captured}, credited ${sums.credited}, ledger ${this.fold.capturedMinor}`,
      );
    }
    let booked = 0;
    for (const { terminal } of this.#parts.site.lanes) {
      if (terminal === undefined) continue;
      booked += terminal.booked.size;
      for (const [receipt, { paymentId, amount }] of this.fold.receipts) {
        const [terminalId, number = ""] = receipt.split("/");
        if (terminalId === terminal.id && terminal.booked.get(number) !== amount)
          this.#complain("I1", `${paymentId} captured ${amount} by ${receipt}, not booked there`);
      }
    }
    if (booked - this.fold.receipts.size > this.fold.unresolvedCount) {
      this.#complain("I1", `booked ${booked}, captured ${this.fold.receipts.size}`);
    }
  }

  /** I10 */
  #checkRoom(): void {
    const wal = statSync(`${this.#parts.bookFile}-wal`, { throwIfNoEntry: false });
    if (wal !== undefined && wal.size > walLimitBytes)
      this.#complain("I10", `the write-ahead log has ${wal.size} bytes`);
  }

  #checkAllPayments(): void {
    const rows = this.#db
      .prepare("select payment_id as id, status, amount from payments")
      .all() as { id: string; status: string; amount: number }[];
    if (rows.length !== this.fold.payments.size)
      this.#complain("I7", `${rows.length} payments, by the ledger ${this.fold.payments.size}`);
    for (const { id, status, amount } of rows) {
      const folded = this.fold.payments.get(id);
      const expected = status === "failed" ? "declined" : status;
      if (folded?.status !== expected || folded.amount !== amount)
        this.#complain("I7", `payment ${id} is ${status}, by the ledger ${folded?.status}`);
    }
  }

  /** I9: nothing hangs when the faults are over. */
  #checkNothingPending(): void {
    const count = (sql: string): number => this.#db.prepare(sql).pluck().get() as number;
    const asked = count("select count(*) from gate_commands where result = 'asked'");
    if (asked > 0) this.#complain("I9", `${asked} gate commands have no answer`);
    const unresolved = count(
      "select count(*) from payments where status in ('started', 'unknown')",
    );
    if (unresolved > 0) this.#complain("I9", `${unresolved} payments are not resolved`);
    const passages = count("select count(*) from passages where outcome is null");
    if (passages > 0) this.#complain("I9", `${passages} passages have not ended`);
    if (this.fold.passagesEnded !== this.fold.commands.size)
      this.#complain(
        "I7",
        `${this.fold.commands.size} commands, ${this.fold.passagesEnded} passages ended`,
      );
    const { truth } = this.#parts.town;
    if (truth.stranded > 0) this.#complain("I9", `${truth.stranded} cars never got out`);
  }

  #checkAlerts(): void {
    const open = this.#db
      .prepare("select alert_id from anomaly_alerts where resolved = 0")
      .pluck()
      .all() as string[];
    const { openAlerts } = this.fold;
    if (open.length !== openAlerts.size || open.some((id) => !openAlerts.has(id)))
      this.#complain("I7", `${open.length} open alerts, by the ledger ${openAlerts.size}`);
  }

  /** At rest every space is published as it is. */
  #checkSpaces(): void {
    for (const { id, status } of this.#publishedSpaces()) {
      const truth = this.#truthOf(id);
      if (status !== truth) this.#complain("I7", `space ${id} is ${truth}, published ${status}`);
    }
  }

  #publishedSpaces(): { id: string; status: string }[] {
    return this.#db.prepare("select space_id as id, status from parking_spaces").all() as {
      id: string;
      status: string;
    }[];
  }

  #truthOf(spaceId: string): string {
    return this.#parts.town.bays.isTaken(spaceId) ? "occupied" : "free";
  }

  /** I1 at rest: every receipt of every terminal pays for something, once. */
  #checkBooked(): void {
    for (const { terminal } of this.#parts.site.lanes) {
      for (const number of terminal?.booked.keys() ?? []) {
        const receipt = `${terminal?.id ?? ""}/${number}`;
        if (!this.fold.receipts.has(receipt))
          this.#complain("I1", `${receipt} was booked and pays for nothing`);
      }
    }
  }

  #complain(invariant: string, what: string): void {
    this.#parts.complain(invariant, what);
  }
}

const openInBook = new Set(["open", "paid-grace", "exiting"]);

/** An exit commanded for a session that was only pending has no line of its own. */
const isSame = (folded: string, booked: string): boolean =>
  folded === booked || (folded === "pending" && booked === "exiting");
