import type { Town } from "@gatehouse/firmware-sim/town";
import { placeOf } from "./books-fold.ts";
import type { LedgerReader } from "./ledger-reader.ts";
import type { Complain } from "./notebook.ts";
import type { SimulatedOffice } from "./simulated-office.ts";

export interface OfficeAuditParts {
  readonly office: SimulatedOffice;
  /** The edge's, as it has been read. */
  readonly ledger: LedgerReader;
  readonly town: Town;
  readonly complain: Complain;
}

/** I5: head office holds the edge's ledger, line by line and once each, and never less than the edge was told. */
export class OfficeAudit {
  readonly #parts: OfficeAuditParts;
  #compared = 0;

  constructor(parts: OfficeAuditParts) {
    this.#parts = parts;
  }

  async check(): Promise<void> {
    const { office, ledger } = this.#parts;
    const { acknowledged } = ledger;
    const [held] = await office.rows<{ count: number; distinct: number; last: number }>(
      `select count(*) as count, count(distinct (epoch, seq)) as distinct, coalesce(max(seq), 0) as last
       from ledger_lines where facility_id = $1`,
    );
    if (held === undefined) return;
    if (held.count !== held.distinct || held.count !== held.last)
      this.#complain("I5", `head office holds ${held.count} lines up to ${held.last}`);
    if (held.last > ledger.length)
      this.#complain("I5", `head office holds line ${held.last} of ${ledger.length}`);
    if (acknowledged > held.last)
      this.#complain("I6", `acknowledged to ${acknowledged}, head office holds ${held.last}`);
    const lines = await office.rows<{ seq: number; hash: string }>(
      "select seq, hash from ledger_lines where facility_id = $1 and seq > $2 order by seq",
      this.#compared,
    );
    for (const { seq, hash } of lines) {
      if (hash !== ledger.hashes[seq])
        this.#complain("I5", `line ${seq} is another at head office`);
      this.#compared = seq;
    }
  }

  /** Everything has arrived, and head office's tables say what the ledger says. */
  async checkAtRest(): Promise<void> {
    await this.check();
    const { office, ledger } = this.#parts;
    const { acknowledged } = ledger;
    if (acknowledged !== ledger.length)
      this.#complain("I9", `acknowledged to ${acknowledged} of ${ledger.length} at rest`);
    await this.#checkMoney();
    await this.#checkBooks();
    await this.#checkSessions();
    await this.#checkSpaces();
    const [directives] = await office.rows<{ latest: number }>(
      "select directives_latest as latest from facilities where facility_id = $1",
    );
    if (directives?.latest !== ledger.fold.directivesThrough) {
      this.#complain(
        "I9",
        `directives applied to ${ledger.fold.directivesThrough} of ${directives?.latest}`,
      );
    }
  }

  async #checkMoney(): Promise<void> {
    const { office, ledger } = this.#parts;
    const [sums] = await office.rows<{ captured: string; days: string }>(
      `select
         (select coalesce(sum(amount_minor), 0) from payments
          where facility_id = $1 and captured_on is not null)::text as captured,
         (select coalesce(sum(captured_minor), 0) from facility_days
          where facility_id = $1)::text as days`,
    );
    const expected = String(ledger.fold.money.capturedMinor);
    if (sums?.captured !== expected || sums.days !== expected) {
      this.#complain(
        "I1",
        `head office has ${sums?.captured} captured, ${sums?.days} by day, the edge ${expected}`,
      );
    }
  }

  /** I11: its books are the edge's, place by place. */
  async #checkBooks(): Promise<void> {
    const { office, ledger } = this.#parts;
    const rows = await office.rows<{ account: string; subject: string | null; minor: string }>(
      `select account, subject, sum(minor)::text as minor from postings
       where facility_id = $1 group by account, subject`,
    );
    const { balances } = ledger.fold.money.books;
    if (rows.length !== balances.size)
      this.#complain("I11", `head office has ${rows.length} places, the edge ${balances.size}`);
    for (const row of rows) {
      const place = placeOf(row);
      if (Number(row.minor) !== balances.get(place))
        this.#complain("I11", `${place}: ${row.minor} at head office, ${balances.get(place)} here`);
    }
  }

  async #checkSessions(): Promise<void> {
    const { office, ledger } = this.#parts;
    const rows = await office.rows<{ id: string; state: string; paid: number | null }>(
      "select session_id as id, state, paid_minor as paid from sessions where facility_id = $1",
    );
    if (rows.length !== ledger.fold.sessions.all.size)
      this.#complain("I5", `head office has ${rows.length} sessions`);
    for (const { id, state } of rows) {
      const folded = ledger.fold.sessions.all.get(id)?.status;
      if ((state === "settled" ? "open" : state) !== folded)
        this.#complain("I5", `session ${id} is ${state} at head office, ${folded} at the edge`);
    }
  }

  async #checkSpaces(): Promise<void> {
    const { office, town } = this.#parts;
    const rows = await office.rows<{ id: string; status: string }>(
      "select space_id as id, status from spaces where facility_id = $1",
    );
    for (const { id, status } of rows) {
      const truth = town.bays.isTaken(id) ? "occupied" : "free";
      if (status !== truth)
        this.#complain("I5", `space ${id} is ${truth}, ${status} at head office`);
    }
  }

  #complain(invariant: string, what: string): void {
    this.#parts.complain(invariant, what);
  }
}
