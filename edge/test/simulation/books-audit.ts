import type { MemorySite } from "@gatehouse/firmware-sim/devices/memory-site";
import type { Database } from "better-sqlite3";
import { placeOf } from "./books-fold.ts";
import type { LedgerFold } from "./ledger-fold.ts";
import type { Complain } from "./notebook.ts";

interface SessionRow {
  readonly id: string;
  readonly paid: number;
  readonly billing: string | null;
}

/** I11: the tables of money say what the ledger says, and both say what became of the money. */
export class BooksAudit {
  readonly #db: Database;
  readonly #fold: LedgerFold;
  readonly #site: MemorySite;
  readonly #complain: Complain;
  /** Debits less credits by account and subject, as the table of postings has them. */
  readonly #posted = new Map<string, number>();
  #readThrough = 0;

  constructor(db: Database, fold: LedgerFold, site: MemorySite, complain: Complain) {
    this.#db = db;
    this.#fold = fold;
    this.#site = site;
    this.#complain = complain;
  }

  /** @param touched sessions that something has happened to */
  check(touched: readonly string[]): void {
    this.#fold.money.check();
    this.#checkPostings();
    this.#checkTerminals();
    this.#checkSessions(touched);
  }

  checkAtRest(): void {
    this.check([...this.#fold.sessions.all.keys()]);
    this.#checkTrialBalance();
    this.#checkStoredValue();
    this.#checkPapers();
  }

  #checkPostings(): void {
    const rows = this.#db
      .prepare(
        `select account, subject, sum(minor) as minor, max(rowid) as last
         from postings where rowid > ? group by account, subject`,
      )
      .all(this.#readThrough) as {
      account: string;
      subject: string | null;
      minor: number;
      last: number;
    }[];
    for (const row of rows) {
      const place = placeOf(row);
      this.#readThrough = Math.max(this.#readThrough, row.last);
      this.#posted.set(place, (this.#posted.get(place) ?? 0) + row.minor);
    }
    for (const row of rows) {
      const place = placeOf(row);
      const told = this.#fold.money.books.balances.get(place) ?? 0;
      if (this.#posted.get(place) !== told)
        this.#complain("I11", `${place}: ${this.#posted.get(place)} posted, ${told} in the ledger`);
    }
  }

  #checkTrialBalance(): void {
    const sum = this.#db.prepare("select coalesce(sum(minor), 0) from postings").pluck().get();
    if (sum !== 0) this.#complain("I11", `the trial balance is ${String(sum)}`);
    const { balances } = this.#fold.money.books;
    if (balances.size !== this.#posted.size)
      this.#complain("I11", `${this.#posted.size} places posted, ${balances.size} in the ledger`);
  }

  /** What lies in clearing is what the cards have lost in the end, wherever nothing is open. */
  #checkTerminals(): void {
    const { money } = this.#fold;
    for (const { terminal } of this.#site.lanes) {
      if (terminal === undefined || money.isOpenAt(terminal.id)) continue;
      const taken = terminal.purses.charged();
      const booked = money.books.balance("card-clearing", terminal.id);
      if (taken !== booked)
        this.#complain("I11", `${terminal.id} has taken ${taken}, in the books ${booked}`);
    }
  }

  /** What is receivable of a stay: charged, less what was given up, less what was paid. */
  #checkSessions(ids: readonly string[]): void {
    const find = this.#db.prepare(
      "select session_id as id, paid_amount as paid, billing from parking_sessions where session_id = ?",
    );
    for (const id of ids) {
      const row = find.get(id) as SessionRow | undefined;
      if (row === undefined) continue;
      const owed = chargedTo(row) - row.paid;
      const receivable = this.#fold.money.books.balance("receivable", id);
      if (owed !== receivable)
        this.#complain("I11", `${id} owes ${owed}, receivable in the books ${receivable}`);
    }
  }

  #checkStoredValue(): void {
    const rows = this.#db.prepare("select account_id as id, balance from value_accounts").all() as {
      id: string;
      balance: number;
    }[];
    for (const { id, balance } of rows) {
      const stored = -this.#fold.money.books.balance("stored-value", id);
      if (stored !== balance)
        this.#complain("I11", `account ${id} has ${balance}, in the books ${stored}`);
      if (balance < 0) this.#complain("I11", `account ${id} was overdrawn: ${balance}`);
    }
  }

  /** Money that came from somebody has its receipt. */
  #checkPapers(): void {
    const { money, papers } = this.#fold;
    for (const [id, { method, status }] of money.payments) {
      const isTaken = !["started", "unknown", "declined", "accepted-offline"].includes(status);
      const isDue = isTaken && method !== "nil" && method !== "validation";
      if (isDue !== papers.receipts.has(id))
        this.#complain("I12", `${method} payment ${id}: ${isDue ? "no" : "a"} receipt`);
    }
    const count = this.#db.prepare("select count(*) from documents").pluck().get();
    if (count !== papers.count)
      this.#complain("I12", `${String(count)} papers, by the ledger ${papers.count}`);
  }
}

function chargedTo({ billing, paid }: SessionRow): number {
  if (billing === null) return paid;
  const { shares, allowed } = JSON.parse(billing) as {
    readonly shares: readonly { readonly net: number; readonly tax: number }[];
    readonly allowed: number;
  };
  return shares.reduce((sum, { net, tax }) => sum + net + tax, 0) - allowed;
}
