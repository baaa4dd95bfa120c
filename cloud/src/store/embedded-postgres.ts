import { existsSync, mkdirSync, realpathSync } from "node:fs";
import type { Server } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Part } from "@gatehouse/shared/part";
import type { Log } from "@gatehouse/shared/ports/log";
import pg from "pg";
import { findBinaries, type PostgresBinaries } from "./embedded/binaries.ts";
import { stopLeftOver } from "./embedded/left-over.ts";
import { socketFolder, takeOwnership } from "./embedded/socket-folder.ts";
import { clusterOptions, serverSettings } from "./embedded/settings.ts";
import { findFooting, type Footing, type OutputOnly, spawnOn } from "./embedded/unprivileged.ts";

/** Recovery after a power cut reads the log again from the last checkpoint. */
const startLimitMs = 300_000;
const pollMs = 25;
const stopLimitMs = 20_000;
const shortestPauseMs = 50;
const longestPauseMs = 5_000;
/** A server that dies so often in a row, each time within `steadyMs`, is not started again. */
const restartsMax = 8;
const steadyMs = 60_000;
const keptLines = 40;

export const embeddedUser = "gatehouse";
export const embeddedDatabase = "gatehouse";

export interface EmbeddedOptions {
  /** Holds the cluster and what belongs to it; made when missing, mode 0700. */
  readonly folder: string;
  readonly log: Log;
  /** False for simulations and tests only: a power cut then loses and corrupts. */
  readonly isDurable?: boolean;
  /** False as root: try `nobody` at once instead of a user namespace. */
  readonly isNamespaceAllowed?: boolean;
  /** Called when the server cannot be kept running. */
  readonly onLost?: (error: Error) => void;
}

/** How to reach the server: no port, one socket in a folder of this user alone. */
export interface EmbeddedConnection {
  readonly host: string;
  readonly user: string;
  readonly database: string;
}

/** A real PostgreSQL as a child of this process: made at the first start, watched, restarted, stopped with us. */
export class EmbeddedPostgres implements Part {
  readonly name = "embedded-postgres";
  readonly #options: EmbeddedOptions;
  readonly #lines: string[] = [];
  #binaries: PostgresBinaries | undefined;
  #footing: Footing | undefined;
  #sockets = "";
  #owner: Server | undefined;
  #child: OutputOnly | undefined;
  #ended: Promise<void> = Promise.resolve();
  #isWanted = false;
  #quickDeaths = 0;
  #keeping: Promise<void> = Promise.resolve();

  constructor(options: EmbeddedOptions) {
    this.#options = options;
  }

  get connection(): EmbeddedConnection {
    return { host: this.#sockets, user: embeddedUser, database: embeddedDatabase };
  }

  /** The postmaster's process number; undefined while there is none. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /**
   * @throws Error saying what to do: no such package here, root without a way out, a damaged data folder
   * @throws Fault `already-running` when another process keeps its database here
   */
  async start(): Promise<void> {
    const { folder } = this.#options;
    this.#isWanted = true;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.#binaries = await findBinaries();
    this.#sockets = socketFolder(folder);
    this.#owner = await takeOwnership(this.#sockets, folder);
    try {
      if (existsSync(this.#data) && (await stopLeftOver(this.#data)))
        this.#options.log.warn("postgres-left-over-stopped", { folder });
      mkdirSync(this.#data, { recursive: true, mode: 0o700 });
      this.#footing = await findFooting(
        this.#binaries.postgres,
        [folder, this.#sockets],
        this.#options.isNamespaceAllowed,
      );
      await this.#initialise(this.#binaries, this.#footing);
      await this.#launch(this.#binaries, this.#footing);
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  async stop(): Promise<void> {
    this.#isWanted = false;
    await this.#endChild();
    await this.#keeping;
    this.#owner?.close();
    this.#owner = undefined;
  }

  get #isDurable(): boolean {
    return this.#options.isDurable ?? true;
  }

  get #data(): string {
    return join(realpathSync(this.#options.folder), "data");
  }

  async #initialise({ initdb }: PostgresBinaries, footing: Footing): Promise<void> {
    if (existsSync(join(this.#data, "PG_VERSION"))) return;
    const child = spawnOn(
      footing,
      initdb,
      clusterOptions(this.#data, embeddedUser, this.#isDurable),
    );
    this.#listenTo(child);
    const code = await new Promise((resolve) => {
      child.once("error", resolve);
      child.once("close", resolve);
    });
    if (code !== 0) throw new Error(`initdb failed (${String(code)}): ${this.#lastWords()}`);
  }

  async #launch({ postgres }: PostgresBinaries, footing: Footing): Promise<void> {
    const settings = serverSettings(this.#sockets, this.#isDurable);
    const child = spawnOn(footing, postgres, ["-D", this.#data, ...settings]);
    this.#listenTo(child);
    this.#child = child;
    this.#ended = new Promise((resolve) => {
      child.once("error", () => resolve());
      child.once("exit", () => resolve());
    });
    let hasEnded = false;
    const ended = this.#ended.then(() => {
      hasEnded = true;
      if (this.#child === child) this.#child = undefined;
    });
    for (let waitedMs = 0; !(await this.#answers()); waitedMs += pollMs) {
      if (hasEnded) throw new Error(`PostgreSQL ended while starting: ${this.#lastWords()}`);
      if (waitedMs > startLimitMs) throw new Error(`PostgreSQL is silent: ${this.#lastWords()}`);
      await sleep(pollMs);
    }
    const startedAt = Date.now();
    this.#keeping = ended.then(() => this.#keep(startedAt));
  }

  /** Starts it again after it died under us (killed, out of memory): what was committed is there again. */
  async #keep(startedAt: number): Promise<void> {
    let lastError = new Error(`PostgreSQL ended: ${this.#lastWords()}`);
    if (Date.now() - startedAt >= steadyMs) this.#quickDeaths = 0;
    while (this.#isWanted && this.#quickDeaths < restartsMax) {
      this.#quickDeaths += 1;
      this.#options.log.error("postgres-ended", { restarts: this.#quickDeaths });
      await sleep(Math.min(longestPauseMs, shortestPauseMs * 2 ** this.#quickDeaths));
      if (!this.#isWanted || this.#binaries === undefined || this.#footing === undefined) return;
      try {
        return await this.#launch(this.#binaries, this.#footing);
      } catch (error) {
        lastError = error instanceof Error ? error : lastError;
        await this.#endChild();
      }
    }
    if (this.#isWanted) this.#options.onLost?.(lastError);
  }

  async #endChild(): Promise<void> {
    const child = this.#child;
    if (child === undefined) return;
    for (const signal of ["SIGINT", "SIGQUIT", "SIGKILL"] as const) {
      child.kill(signal);
      const late = sleep(stopLimitMs, "late" as const, { ref: false });
      if ((await Promise.race([this.#ended, late])) !== "late") return;
    }
  }

  async #answers(): Promise<boolean> {
    const client = new pg.Client({
      ...this.connection,
      database: "postgres",
      connectionTimeoutMillis: stopLimitMs,
    });
    client.on("error", () => {});
    try {
      await client.connect();
      const found = await client.query("select 1 from pg_database where datname = $1", [
        embeddedDatabase,
      ]);
      if (found.rowCount === 0) await client.query(`create database ${embeddedDatabase}`);
      return true;
    } catch (error) {
      if (isNotYet(error)) return false;
      throw error;
    } finally {
      await client.end().catch(() => {});
    }
  }

  #listenTo(child: OutputOnly): void {
    const keep = (chunk: Buffer): void => {
      this.#lines.push(
        ...chunk
          .toString("utf8")
          .split("\n")
          .filter((line) => line.trim() !== ""),
      );
      this.#lines.splice(0, this.#lines.length - keptLines);
    };
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
  }

  #lastWords(): string {
    return this.#lines.slice(-5).join(" · ") || "it said nothing";
  }
}

/** The socket is not there yet, nobody listens yet, or recovery is not through. */
function isNotYet(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return (
    code === "ENOENT" ||
    code === "ECONNREFUSED" ||
    code === "ECONNRESET" ||
    code === "EPIPE" ||
    code === "57P03" ||
    (error instanceof Error && /Connection terminated|timeout/.test(error.message))
  );
}
