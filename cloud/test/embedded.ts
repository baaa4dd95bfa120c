import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "vitest";
import { silentLog } from "./silent-log.ts";
import { type Database, openDatabase } from "../src/store/database.ts";
import { findBinaries } from "../src/store/embedded/binaries.ts";
import { EmbeddedPostgres } from "../src/store/embedded-postgres.ts";
import { migrate } from "../src/store/migrate.ts";

/** Why a test that needs PostgreSQL cannot run here; undefined where it can. */
export const noPostgres: string | undefined = await reasonWithout();

async function reasonWithout(): Promise<string | undefined> {
  try {
    await findBinaries();
    return undefined;
  } catch (error) {
    if (process.env["CI"] === "true") throw error;
    return error instanceof Error ? error.message : String(error);
  }
}

/* oxlint-disable vitest/no-conditional-tests, vitest/valid-describe-callback, vitest/valid-title, vitest/expect-expect -- it defines tests for others */
/** Tests that need PostgreSQL; where there is none, one skip that says why. */
export function describeWithPostgres(name: string, define: () => void): void {
  if (noPostgres === undefined) describe(name, define);
  else test(name, (context) => context.skip(noPostgres));
}
/* oxlint-enable vitest/no-conditional-tests, vitest/valid-describe-callback, vitest/valid-title, vitest/expect-expect */

export interface TestPostgres {
  readonly server: EmbeddedPostgres;
  readonly database: Database;
  /** One more way in, as another process has it. */
  another(): Database;
  stop(): Promise<void>;
}

/** A real, empty, migrated PostgreSQL of its own, without fsync. */
export async function startPostgres(): Promise<TestPostgres> {
  const folder = mkdtempSync(join(tmpdir(), "gatehouse-test-"));
  const server = new EmbeddedPostgres({ folder, log: silentLog, isDurable: false });
  await server.start();
  const opened: Database[] = [];
  const another = (): Database => {
    const database = openDatabase(server.connection, silentLog);
    opened.push(database);
    return database;
  };
  const database = another();
  await migrate(database);
  const stop = async (): Promise<void> => {
    await Promise.all(opened.map(({ pool }) => pool.end()));
    const { host } = server.connection;
    await server.stop();
    for (const each of [folder, host]) rmSync(each, { recursive: true, force: true });
  };
  return { server, database, another, stop };
}
