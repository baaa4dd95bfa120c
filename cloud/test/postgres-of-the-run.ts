import { fork } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import type { TestProject } from "vitest/node";
import type { PostgresAnswer } from "./postgres-process.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Folder of the socket of the server that all files share; undefined where there is no PostgreSQL. */
    postgresHost: string | undefined;
  }
}

/** One PostgreSQL for all files of a run: each asks it for a database of its own (`startPostgres`). */
export default async function startForAll(project: TestProject): Promise<() => Promise<void>> {
  const child = fork(resolve(import.meta.dirname, "postgres-process.ts"), { execArgv: [] });
  const ended = once(child, "exit");
  const answer = await Promise.race([once(child, "message"), ended.then(() => undefined)]);
  if (answer === undefined) throw new Error("the PostgreSQL of this run ended while starting");
  project.provide("postgresHost", (answer[0] as PostgresAnswer).host);
  return async () => {
    if (child.connected) child.disconnect();
    await ended;
  };
}
