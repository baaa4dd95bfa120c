import type { Part } from "@gatehouse/shared/part";
import type { Log } from "@gatehouse/shared/ports/log";
import { sql } from "drizzle-orm";
import pg from "pg";
import { type Database, type Queries, reasonOf } from "./database.ts";

/** What one process writes, every process hears: `NOTIFY` carries the facility's id. */
export const changesChannel = "gatehouse_changes";

/** Says that something about a facility has changed, once what changes it is committed. */
export const tellChange = ({ drizzle }: Queries, facilityId: string): Promise<unknown> =>
  drizzle.execute(sql`select pg_notify(${changesChannel}, ${facilityId})`);

const shortestPauseMs = 200;
const longestPauseMs = 10_000;

/** Tells which facilities changed, whichever process wrote. After a lost connection it tells `undefined`: any may have. */
export class ChangeFeed implements Part {
  readonly name = "changes";
  readonly #database: Database;
  readonly #log: Log;
  readonly #listeners = new Set<(facilityId: string | undefined) => void>();
  #client: pg.Client | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isWanted = false;

  constructor(database: Database, log: Log) {
    this.#database = database;
    this.#log = log;
  }

  /** @returns ends the subscription */
  onChange(listener: (facilityId: string | undefined) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  async start(): Promise<void> {
    this.#isWanted = true;
    await this.#listen(0);
  }

  async stop(): Promise<void> {
    this.#isWanted = false;
    clearTimeout(this.#timer);
    const client = this.#client;
    this.#client = undefined;
    await client?.end().catch(() => {});
  }

  async #listen(failures: number): Promise<void> {
    const client = new pg.Client({ ...this.#database.pool.options, keepAlive: true });
    let isOver = false;
    const again = (error?: Error): void => {
      if (isOver) return;
      isOver = true;
      void client.end().catch(() => {});
      this.#plan(failures, error);
    };
    client.on("error", again);
    client.on("end", () => again());
    client.on("notification", ({ payload }) => this.#tell(payload));
    try {
      await client.connect();
      await client.query(`listen ${changesChannel}`);
      this.#client = client;
      failures = 0;
      this.#tell(undefined);
    } catch (error) {
      again(error instanceof Error ? error : undefined);
    }
  }

  #plan(failures: number, error: Error | undefined): void {
    if (!this.#isWanted) return;
    this.#log.warn("changes-not-heard", { reason: reasonOf(error ?? "connection closed") });
    const pauseMs = Math.min(longestPauseMs, shortestPauseMs * 2 ** Math.min(failures, 10));
    this.#timer = setTimeout(() => void this.#listen(failures + 1), pauseMs);
  }

  #tell(facilityId: string | undefined): void {
    for (const listener of this.#listeners) listener(facilityId);
  }
}
