import { existsSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chainHash, canonicalJson, genesisHash, type Json } from "@gatehouse/shared/canonical";
import { check } from "@gatehouse/shared/check";
import { type LedgerFact, LedgerLine } from "@gatehouse/shared/contracts/event";
import { Fault } from "@gatehouse/shared/fault";
import { type Instant, isoOf } from "@gatehouse/shared/time";
import Database from "better-sqlite3";
import { type BetterSQLite3Database, drizzle } from "drizzle-orm/better-sqlite3";
import { migrate } from "drizzle-orm/better-sqlite3/migrator";
import { appendLine, lastLine, takeLinesAfter } from "./ledger.ts";
import { readNote, saveNote, spacesCursor } from "./notes.ts";

declare const open: unique symbol;

/** Anything that can look something up. */
export interface Reader {
  readonly db: BetterSQLite3Database;
}

/** An open write transaction; only `Book.write` makes one, so only inside it can a row change. */
export interface Tx extends Reader {
  readonly [open]: true;
  /** Counts one changed row; the simulation crashes the process in here. */
  step(): void;
  /** The number of the next change of a space. */
  nextChange(): number;
  /** Adds one line to the ledger. */
  append(at: Instant, fact: LedgerFact): void;
  /**
   * Runs `action` when everything written here is durable, and never when it was wound back: what is counted
   * or remembered in memory follows the book. It must not throw.
   */
  afterCommit(action: () => void): void;
}

type Sync<T> = T extends PromiseLike<unknown> ? never : T;

export interface BookOptions {
  /** Called at every changed row and around every commit; may throw to play a crash or a power cut. */
  readonly onStep?: () => void;
  /** How long another process's lock is waited for. */
  readonly busyMs?: number;
  /** A file that only takes room, given up so that money and gate decisions still fit on a full disk. */
  readonly ballast?: string;
}

/** Only a person's tool holds the book's lock besides us; every lane waits meanwhile. */
const busyMsDefault = 1000;
const migrations = fileURLToPath(new URL("../../drizzle", import.meta.url));
const walLimitBytes = 64 * 1024 * 1024;
const ballastBytes = 4 * 1024 * 1024;

/** The facility's one book: every durable fact of the edge. One process writes it. */
export class Book implements Reader {
  readonly db: BetterSQLite3Database;
  readonly #database: Database.Database;
  readonly #onStep: () => void;
  readonly #ballast: string | undefined;
  readonly #tx: Tx;
  #place: LedgerPlace;
  #afterCommit: (() => void)[] = [];

  /**
   * Opens the book, in the newest shape of its tables. A file that is no book is left as it is.
   *
   * @param path a file, or ":memory:"
   * @throws Fault `already-running` when another process is writing to it
   */
  constructor(path: string, options: BookOptions = {}) {
    this.#onStep = options.onStep ?? (() => {});
    this.#ballast = options.ballast;
    this.#database = new Database(path, { timeout: options.busyMs ?? busyMsDefault });
    this.db = drizzle({ client: this.#database });
    try {
      this.#database.pragma("journal_mode = wal");
      this.#database.pragma("synchronous = full");
      this.#database.pragma(`journal_size_limit = ${walLimitBytes}`);
      migrate(this.db, { migrationsFolder: migrations });
    } catch (error) {
      this.#database.close();
      throw faultOf(error) ?? error;
    }
    this.#place = this.#readPlace();
    this.#tx = {
      db: this.db,
      step: () => this.#onStep(),
      nextChange: () => ++this.#place.change,
      afterCommit: (action: () => void) => void this.#afterCommit.push(action),
      append: (at: Instant, fact: LedgerFact) => this.#append(at, fact),
    } as Tx;
  }

  get epoch(): number {
    return this.#place.epoch;
  }

  /** Sequence of the last line written in this epoch. */
  get written(): number {
    return this.#place.seq;
  }

  /**
   * Runs `work` in one transaction; all of it is kept or none. `work` must not wait for anything.
   * `urgent` work (money, gates, passages) may use the room that the ballast held.
   *
   * @throws Fault `disk-full` when there is no room, `already-running` when another process holds the lock:
   *   nothing was kept
   */
  write<T>(work: (tx: Tx) => Sync<T>, urgency: "urgent" | "plain" = "urgent"): Sync<T> {
    check(!this.#database.inTransaction, "one transaction at a time");
    try {
      return this.#attempt(work);
    } catch (error) {
      const fault = faultOf(error);
      if (fault?.code !== "disk-full") throw fault ?? error;
      if (urgency === "plain" || !this.#dropBallast()) throw fault;
    }
    try {
      return this.#attempt(work);
    } catch (error) {
      throw faultOf(error) ?? error;
    }
  }

  /** Takes the ballast's room again. @returns whether it is in place */
  takeBallast(): boolean {
    if (this.#ballast === undefined || existsSync(this.#ballast)) return true;
    try {
      writeFileSync(this.#ballast, Buffer.alloc(ballastBytes, 1));
      return true;
    } catch {
      rmSync(this.#ballast, { force: true });
      return false;
    }
  }

  #dropBallast(): boolean {
    if (this.#ballast === undefined || !existsSync(this.#ballast)) return false;
    rmSync(this.#ballast);
    return true;
  }

  #attempt<T>(work: (tx: Tx) => Sync<T>): Sync<T> {
    const before = this.#place;
    this.#place = { ...before };
    this.#afterCommit = [];
    let committed = false;
    try {
      this.#onStep();
      const run = this.#database.transaction(() => {
        const value = work(this.#tx);
        this.#onStep();
        return value;
      });
      const result = run.immediate() as Sync<T>;
      committed = true;
      this.#onStep();
      for (const action of this.#afterCommit) action();
      return result;
    } catch (error) {
      // A throw after the commit (a played crash) must not wind the place back: the rows are there.
      if (!committed) this.#place = before;
      throw error;
    }
  }

  /**
   * Begins a later epoch, because this book is an older copy and no number may be used twice: the present epoch ends
   * at line `shared`, the last one that head office holds as we do, and what was written since is told anew. The spaces
   * are told anew as well. One transaction, some 20 µs for each line that moves.
   *
   * @param forgotten lines that head office holds behind `shared` and this book does not know
   */
  beginEpoch(epoch: number, shared: number, forgotten: number, at: Instant): void {
    check(epoch > this.#place.epoch, "an epoch is never begun twice");
    this.write((tx) => {
      const previous = this.#place.epoch;
      const retold = takeLinesAfter(tx, previous, shared);
      saveNote(tx, "epoch", epoch);
      saveNote(tx, spacesCursor, 0);
      this.#place = { ...this.#place, epoch, seq: 0, hash: genesisHash };
      const body = {
        previous_epoch: previous,
        previous_seq: shared,
        forgotten,
        retold: retold.length,
      };
      this.#append(at, { type: "epoch-begun", body });
      for (const { at: then, text } of retold) {
        const { type, body } = LedgerLine.parse(JSON.parse(text));
        this.#append(then as Instant, { type, body } as LedgerFact);
      }
    });
  }

  /** SQLite's own check of the whole file; "ok" when it is whole. */
  integrity(): string {
    return String(this.#database.pragma("quick_check", { simple: true }));
  }

  close(): void {
    this.#database.close();
  }

  #append(at: Instant, fact: LedgerFact): void {
    const { epoch, seq, hash } = this.#place;
    const line = { epoch, seq: seq + 1, type: fact.type, at: isoOf(at), body: fact.body as Json };
    const text = canonicalJson(line);
    const next = chainHash(hash, text);
    appendLine(
      this.#tx,
      { epoch, seq: line.seq, type: fact.type, at, text, hash: next },
      subjectsOf(fact),
    );
    this.#place = { ...this.#place, seq: line.seq, hash: next };
  }

  #readPlace(): LedgerPlace {
    const epoch = Number(readNote(this, "epoch") ?? 1);
    const last = lastLine(this, epoch);
    const change = this.#database
      .prepare("select coalesce(max(change), 0) from parking_spaces")
      .pluck()
      .get();
    return {
      epoch,
      seq: last?.seq ?? 0,
      hash: last?.hash ?? genesisHash,
      change: Number(change),
    };
  }
}

/** Where the next line goes; it is wound back with its transaction. */
interface LedgerPlace {
  readonly epoch: number;
  readonly seq: number;
  readonly hash: string;
  change: number;
}

/** What went wrong outside our own code; anything else that SQLite says is a bug or a broken disk, and stops us. */
function faultOf(cause: unknown): Fault | undefined {
  if (!(cause instanceof Database.SqliteError)) return undefined;
  if (cause.code.startsWith("SQLITE_FULL"))
    return new Fault("disk-full", "the book has no room", { cause });
  if (cause.code.startsWith("SQLITE_BUSY"))
    return new Fault("already-running", "another process is writing to the book", { cause });
  return undefined;
}

/** The ids a line speaks of: every member of its body whose name ends in `_id` and names a thing of ours. */
function subjectsOf(fact: LedgerFact): string[] {
  const named = [
    "session_id",
    "decision_id",
    "command_id",
    "payment_id",
    "passage_id",
    "alert_id",
    "violation_id",
  ];
  return Object.entries(fact.body)
    .filter(([key, value]) => named.includes(key) && typeof value === "string")
    .map(([, value]) => value as string);
}
