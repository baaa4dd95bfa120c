import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EmbeddedPostgres } from "@gatehouse/cloud/store/embedded-postgres";
import type { Log } from "@gatehouse/shared/ports/log";

const silence: Log = { info: () => {}, warn: () => {}, error: () => {} };

/** The database server of all processes that live at the same time: a real PostgreSQL, without fsync. */
export class OfficeServer {
  readonly #folder = mkdtempSync(join(tmpdir(), "gatehouse-office-"));
  readonly #server = new EmbeddedPostgres({ folder: this.#folder, log: silence, isDurable: false });

  /** @returns the folder of its socket */
  async start(): Promise<string> {
    await this.#server.start();
    return this.#server.connection.host;
  }

  async stop(): Promise<void> {
    await this.#server.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
