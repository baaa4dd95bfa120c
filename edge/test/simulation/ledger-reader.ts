import { createHash } from "node:crypto";
import type { Database } from "better-sqlite3";
import { LedgerFold } from "./ledger-fold.ts";
import type { Complain } from "./notebook.ts";

const genesis = "0".repeat(64);

/** Follows the ledger in the book, line by line: its numbers, its chain, and what it says. */
export class LedgerReader {
  readonly fold: LedgerFold;
  /** The chain's hash after each line, by sequence. */
  readonly hashes: string[] = [genesis];
  readonly #db: Database;
  readonly #writtenAt: readonly number[];
  readonly #complain: Complain;

  /** @param writtenAt world time (ms) at which each line was written, by sequence */
  constructor(db: Database, writtenAt: readonly number[], complain: Complain) {
    this.#db = db;
    this.#writtenAt = writtenAt;
    this.#complain = complain;
    this.fold = new LedgerFold(complain);
  }

  /** Lines read so far. */
  get length(): number {
    return this.hashes.length - 1;
  }

  get lastHash(): string {
    return this.hashes.at(-1) ?? genesis;
  }

  /** How far the edge believes that head office holds its ledger. */
  get acknowledged(): number {
    const note = this.#db.prepare("select value from notes where name = 'acked.1'").pluck().get();
    return Number(note ?? 0);
  }

  read(): void {
    const rows = this.#db
      .prepare("select epoch, seq, text, hash from ledger where seq > ? order by epoch, seq")
      .all(this.length) as { epoch: number; seq: number; text: string; hash: string }[];
    for (const { epoch, seq, text, hash } of rows) {
      if (epoch !== 1 || seq !== this.length + 1)
        this.#complain("I5", `line ${epoch}/${seq} follows ${this.length}`);
      const expected = createHash("sha256").update(this.lastHash).update(text).digest("hex");
      if (hash !== expected) this.#complain("I5", `line ${seq} does not continue the chain`);
      this.hashes.push(hash);
      this.fold.apply(text, this.#writtenAt[seq] ?? 0);
    }
    const kept = this.#db.prepare("select hash from ledger where seq = ?").pluck().get(this.length);
    if (this.length > 0 && kept !== this.lastHash)
      this.#complain("I6", `line ${this.length} was in the book and is not any more`);
  }
}
