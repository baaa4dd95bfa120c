import type { MemorySite } from "@gatehouse/firmware-sim/devices/memory-site";
import type { Database } from "better-sqlite3";
import { BooksAudit } from "./books-audit.ts";
import type { LedgerFold } from "./ledger-fold.ts";
import { statusOf } from "./money-fold.ts";
import type { Complain } from "./notebook.ts";

/** I7 and I1: the book's tables say what its ledger says, and its money is what the terminals booked. */
export class TableAudit {
  readonly #db: Database;
  readonly #fold: LedgerFold;
  readonly #site: MemorySite;
  readonly #complain: Complain;
  readonly #books: BooksAudit;

  constructor(db: Database, fold: LedgerFold, site: MemorySite, complain: Complain) {
    this.#db = db;
    this.#fold = fold;
    this.#site = site;
    this.#complain = complain;
    this.#books = new BooksAudit(db, fold, site, complain);
  }

  /** What must hold at any moment, for the sessions that something has happened to. */
  check(): void {
    const touched = this.#fold.takeTouched();
    this.#checkSessions(touched);
    this.#books.check(touched);
    this.#checkSums();
    this.#checkReceipts();
  }

  /** What must hold besides when nothing is under way. */
  checkAtRest(): void {
    this.#checkSessions([...this.#fold.sessions.all.keys()]);
    this.#books.checkAtRest();
    this.#checkPayments();
    this.#checkPassages();
    this.#checkAlerts();
    this.#checkBooked();
  }

  #checkSessions(ids: readonly string[]): void {
    const find = this.#db.prepare(
      `select status, paid_amount as paid, coalesce(vehicle_license, '') as plate
       from parking_sessions where session_id = ?`,
    );
    for (const id of ids) {
      const folded = this.#fold.sessions.all.get(id);
      const row = find.get(id) as { status: string; paid: number; plate: string } | undefined;
      if (folded === undefined || row === undefined) {
        this.#complain("I7", `session ${id}: book ${row?.status}, ledger ${folded?.status}`);
        continue;
      }
      if (!(statusesInBook[folded.status] ?? [folded.status]).includes(row.status))
        this.#complain("I7", `session ${id} is ${row.status}, by the ledger ${folded.status}`);
      if (folded.paid !== row.paid || !Number.isSafeInteger(row.paid) || row.paid < 0)
        this.#complain("I1", `session ${id} has ${row.paid} paid, by the ledger ${folded.paid}`);
      if (row.plate !== folded.plate)
        this.#complain("I7", `session ${id} has another plate than its ledger line`);
    }
  }

  /** Payments that count, less what of them went back = credits of sessions = ledger. */
  #checkSums(): void {
    const { accepted, credited } = this.#db
      .prepare(
        `select (select coalesce(sum(amount - refunded), 0) from payments
                 where session_id is not null and status in
                   ('captured', 'accepted-offline', 'part-refunded', 'refunded', 'disputed',
                    'charged-back')
                ) as accepted,
                (select coalesce(sum(paid_amount), 0) from parking_sessions) as credited`,
      )
      .get() as { accepted: number; credited: number };
    const { paidMinor } = this.#fold.sessions;
    if (accepted !== paidMinor || credited !== paidMinor)
      this.#complain("I1", `accepted ${accepted}, credited ${credited}, ledger ${paidMinor}`);
  }

  /** What was captured was booked, and what was booked and not captured is still being asked for. */
  #checkReceipts(): void {
    const { receipts, unresolvedCount } = this.#fold.money;
    const booked = this.#booked();
    let goneReceipts = 0;
    for (const [receipt, { paymentId, amount }] of receipts) {
      const minor = booked.get(receipt);
      if (minor === undefined && this.#fold.money.isGoingBack(paymentId)) goneReceipts++;
      else if (minor !== amount)
        this.#complain("I1", `${paymentId} captured ${amount} by ${receipt}, not booked there`);
    }
    const explained =
      receipts.size - goneReceipts + this.#fold.money.byWord.filter(isOfTerminal).length;
    if (booked.size - explained > unresolvedCount)
      this.#complain("I1", `booked ${booked.size}, captured ${explained}`);
  }

  #checkPayments(): void {
    const rows = this.#db
      .prepare("select payment_id as id, status, amount from payments")
      .all() as { id: string; status: string; amount: number }[];
    const { payments } = this.#fold.money;
    if (rows.length !== payments.size)
      this.#complain("I7", `${rows.length} payments, by the ledger ${payments.size}`);
    for (const { id, status, amount } of rows) {
      const folded = payments.get(id);
      const told = folded === undefined ? undefined : statusOf(folded);
      if (told !== (status === "failed" ? "declined" : status) || folded?.amount !== amount)
        this.#complain("I7", `payment ${id} is ${status}, by the ledger ${told}`);
    }
  }

  #checkPassages(): void {
    const { commands, passagesEnded } = this.#fold.lanes;
    if (passagesEnded !== commands.size)
      this.#complain("I7", `${commands.size} commands, ${passagesEnded} passages ended`);
  }

  #checkAlerts(): void {
    const open = this.#db
      .prepare("select alert_id from anomaly_alerts where resolved = 0")
      .pluck()
      .all() as string[];
    const { openAlerts } = this.#fold;
    if (open.length !== openAlerts.size || open.some((id) => !openAlerts.has(id)))
      this.#complain("I7", `${open.length} open alerts, by the ledger ${openAlerts.size}`);
  }

  /** What was booked pays for something: the terminal said so, or a person who looked there. */
  #checkBooked(): void {
    const told = this.#fold.money.byWord.filter(isOfTerminal);
    for (const [receipt, amount] of this.#booked()) {
      if (this.#fold.money.receipts.has(receipt)) continue;
      const at = told.indexOf(`${receipt.split("/")[0]} ${amount}`);
      if (at < 0) this.#complain("I1", `${receipt} was booked and pays for nothing`);
      else told.splice(at, 1);
    }
    if (told.length > 0) this.#complain("I1", `never booked: ${told.join(", ")}`);
  }

  /** Amounts by `terminal/receipt`. */
  #booked(): Map<string, number> {
    return new Map(
      this.#site.lanes.flatMap(({ terminal }) =>
        [...(terminal?.booked ?? [])].map(
          ([number, amount]) => [`${terminal?.id ?? ""}/${number}`, amount] as const,
        ),
      ),
    );
  }
}

/** How the book may call what the ledger calls so; an exit under way has no line of its own. */
const statusesInBook: Readonly<Record<string, readonly string[]>> = {
  pending: ["pending", "exiting"],
  open: ["open", "paid-grace", "exiting"],
};

/** A person's word about a gateway is held against the gateway. */
const isOfTerminal = (word: string): boolean => word.startsWith("terminal-");
