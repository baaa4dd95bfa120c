import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDatabase } from "../src/store/database.ts";
import { findBinaries } from "../src/store/embedded/binaries.ts";
import { EmbeddedPostgres } from "../src/store/embedded-postgres.ts";
import { migrate } from "../src/store/migrate.ts";
import { silentLog } from "./silent-log.ts";

/** What this process tells its parent once. */
export interface PostgresAnswer {
  /** Folder of the server's socket; left out where there is no PostgreSQL, and each test says so itself. */
  readonly host?: string;
}

/*
 * Holds a real PostgreSQL without fsync until its parent goes, whatever the parent dies of. Its database `gatehouse` is
 * empty and migrated, and nobody opens it, so that others can be made as its copies.
 */
const isHere = await findBinaries().then(
  () => true,
  () => false,
);
if (isHere) await hold();
else process.send?.({} satisfies PostgresAnswer, () => process.exit());

async function hold(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "gatehouse-test-"));
  const server = new EmbeddedPostgres({ folder, log: silentLog, isDurable: false });
  // A Ctrl-C is for everybody who shares the terminal; this one goes when its parent has gone.
  process.on("SIGINT", () => {});
  process.once("disconnect", () => {
    const { host } = server.connection;
    void server.stop().finally(() => {
      for (const each of [folder, host]) rmSync(each, { recursive: true, force: true });
      process.exit();
    });
  });
  await server.start();
  const database = openDatabase(server.connection, silentLog);
  await migrate(database);
  await database.pool.end();
  process.send?.({ host: server.connection.host } satisfies PostgresAnswer);
}
