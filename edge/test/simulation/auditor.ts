import { statSync } from "node:fs";
import type { MemorySite } from "@gatehouse/firmware-sim/devices/memory-site";
import type { Town } from "@gatehouse/firmware-sim/town";
import { earlier, type Instant, minutes } from "@gatehouse/shared/time";
import Database from "better-sqlite3";
import { DevicePromises } from "./device-promises.ts";
import { LedgerReader } from "./ledger-reader.ts";
import { CashAudit } from "./money/cash-audit.ts";
import { ClaimsAudit } from "./money/claims-audit.ts";
import type { MoneyPeople } from "./money/money-people.ts";
import { OnlineAudit } from "./money/online-audit.ts";
import type { Complain } from "./notebook.ts";
import { SpaceAudit } from "./space-audit.ts";
import { TableAudit } from "./table-audit.ts";
import { type WasUnwitnessed, VisitMatch } from "./visit-match.ts";

export interface AuditorParts {
  readonly bookFile: string;
  readonly site: MemorySite;
  readonly town: Town;
  readonly money: MoneyPeople;
  /** What the facility's own clock says, steps and all. */
  readonly siteTime: () => Instant;
  readonly writtenAt: readonly number[];
  readonly wasUnwitnessed: WasUnwitnessed;
  readonly complain: Complain;
}

/** Nobody stands before an arm for so long. */
const pendingMostMs = 2 * 3_600_000;
/** A page that has ended is asked about within so long. */
const pageAskedWithin = minutes(10);
const walLimitBytes = 64 * 1024 * 1024;

/**
 * Reads the book as it lies on the disk, with its own connection and its own SQL, and holds it against what
 * the town and the devices know. It shares no code with the daemon beyond the contracts.
 */
export class Auditor {
  readonly ledger: LedgerReader;
  readonly promises: DevicePromises;
  readonly #parts: AuditorParts;
  readonly #db: Database.Database;
  readonly #visits: VisitMatch;
  readonly #tables: TableAudit;
  readonly #spaces: SpaceAudit;
  readonly #cash: CashAudit;
  readonly #online: OnlineAudit;
  readonly #claims: ClaimsAudit;

  constructor(parts: AuditorParts) {
    const { bookFile, site, town, writtenAt, wasUnwitnessed, complain } = parts;
    this.#parts = parts;
    this.#db = new Database(bookFile, { readonly: true });
    this.ledger = new LedgerReader(this.#db, writtenAt, complain);
    const { fold } = this.ledger;
    this.promises = new DevicePromises(this.#db, fold, site, complain);
    this.#visits = new VisitMatch(town, fold.sessions, wasUnwitnessed, complain);
    this.#tables = new TableAudit(this.#db, fold, site, complain);
    this.#spaces = new SpaceAudit(this.#db, town, complain);
    this.#cash = new CashAudit(this.#db, fold, parts.money.cashier, complain);
    this.#online = new OnlineAudit(fold, parts.money.gateway, complain);
    this.#claims = new ClaimsAudit(fold, complain);
  }

  /** Everything that must hold at any moment, right after a crash too. */
  check(): void {
    this.ledger.read();
    this.promises.check();
    this.#tables.check();
    this.#cash.check();
    this.#online.check();
    this.#claims.check();
    this.#visits.check();
    this.#checkRoom();
  }

  /** Besides `check`, how well the spaces are published just now. */
  checkHour(): void {
    this.check();
    this.#spaces.look();
  }

  /** What must hold besides in a quiet minute, when every fault has been over for a while. */
  checkAtRest(): void {
    this.check();
    this.#tables.checkAtRest();
    this.#cash.checkAtRest();
    this.#online.checkAtRest();
    this.#claims.checkAtRest();
    this.#spaces.checkAtRest();
    this.#checkNothingHangs();
  }

  /** Nobody stands before an arm, and head office has been told everything. */
  isQuiet(): boolean {
    this.ledger.read();
    const [changed, told] = this.#db
      .prepare(
        `select (select coalesce(max(change), 0) from parking_spaces),
                (select coalesce(max(value + 0), 0) from notes where name = 'spaces')`,
      )
      .raw()
      .get() as [number, number];
    const { acknowledged, length } = this.ledger;
    return this.#parts.town.queued === 0 && acknowledged === length && told === changed;
  }

  /** A gate was told to open, or a vehicle left its space, and what became of it is not written yet. */
  isMoving(): boolean {
    const under = this.#db.prepare("select count(*) from passages where outcome is null");
    return under.pluck().get() !== 0 || this.#spaces.differ();
  }

  close(): void {
    this.#db.close();
  }

  /** I10 */
  #checkRoom(): void {
    const wal = statSync(`${this.#parts.bookFile}-wal`, { throwIfNoEntry: false });
    if (wal !== undefined && wal.size > walLimitBytes)
      this.#parts.complain("I10", `the write-ahead log has ${wal.size} bytes`);
  }

  /** I9 */
  #checkNothingHangs(): void {
    const none = (what: string, sql: string): void => {
      const count = this.#db.prepare(`select count(*) from ${sql}`).pluck().get() as number;
      if (count > 0) this.#parts.complain("I9", `${count} ${what}`);
    };
    none("gate commands without an answer", "gate_commands where result = 'asked'");
    // A page that the gateway never named to us was shown to nobody; it ends a day later by itself. One that still
    // stands open waits for its driver.
    const ended = earlier(this.#parts.siteTime(), pageAskedWithin);
    none(
      "payments not resolved",
      `payments where status in ('started', 'unknown') and payment_id not in
         (select payment_id from online_payments where offer_ref is null or expires_at > ${ended})`,
    );
    none("refunds not resolved", "refunds where status in ('started', 'unknown')");
    none("passages that have not ended", "passages where outcome is null");
    const { now } = this.#parts.town;
    for (const { sessionId, status, pendingAt } of this.ledger.fold.sessions.all.values()) {
      if (status === "pending" && now - pendingAt > pendingMostMs)
        this.#parts.complain("I9", `session ${sessionId} is pending for hours`);
    }
    const { stranded } = this.#parts.town.truth;
    if (stranded > 0) this.#parts.complain("I9", `${stranded} cars never got out`);
  }
}
