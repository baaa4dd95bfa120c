import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, inject, test } from "vitest";
import { silentLog } from "./silent-log.ts";
import { type Database, openDatabase } from "../src/store/database.ts";
import { findBinaries } from "../src/store/embedded/binaries.ts";
import {
  type EmbeddedConnection,
  embeddedDatabase,
  EmbeddedPostgres,
  embeddedUser,
} from "../src/store/embedded-postgres.ts";

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
  readonly connection: EmbeddedConnection;
  readonly database: Database;
  /** One more way in, as another process has it. */
  another(): Database;
  stop(): Promise<void>;
}

const user = embeddedUser;
let copies = 0;

/** An empty, migrated database of its own on the run's real PostgreSQL, without fsync. */
export async function startPostgres(): Promise<TestPostgres> {
  const host = inject("postgresHost");
  if (host === undefined) throw new Error("no PostgreSQL was started for this project's tests");
  copies += 1;
  const connection = { host, user, database: `test_${process.pid}_${copies}` };
  const keeper = openDatabase({ host, user, database: "postgres" }, silentLog);
  await keeper.pool.query(`create database ${connection.database} template ${embeddedDatabase}`);
  const opened: Database[] = [];
  const another = (): Database => {
    const database = openDatabase(connection, silentLog);
    opened.push(database);
    return database;
  };
  const stop = async (): Promise<void> => {
    await Promise.all(opened.map(({ pool }) => pool.end()));
    await keeper.pool.query(`drop database ${connection.database} with (force)`);
    await keeper.pool.end();
  };
  return { connection, database: another(), another, stop };
}

export interface OwnPostgres {
  readonly server: EmbeddedPostgres;
  readonly database: Database;
  stop(): Promise<void>;
}

/** A PostgreSQL of its own, for who stops it: slower to have than a database of the run's. */
export async function startOwnPostgres(): Promise<OwnPostgres> {
  const folder = mkdtempSync(join(tmpdir(), "gatehouse-test-"));
  const server = new EmbeddedPostgres({ folder, log: silentLog, isDurable: false });
  await server.start();
  const database = openDatabase(server.connection, silentLog);
  const stop = async (): Promise<void> => {
    await database.pool.end();
    const { host } = server.connection;
    await server.stop();
    for (const each of [folder, host]) rmSync(each, { recursive: true, force: true });
  };
  return { server, database, stop };
}
