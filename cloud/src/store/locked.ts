import type { Database } from "./database.ts";

/** Jobs of which one process at a time does one: any numbers, the same in every process. */
const jobs = {
  "second-reading": 4_711_471,
  retention: 4_711_472,
  calendar: 4_711_473,
  outbox: 4_711_474,
} as const;

/**
 * Does a job if no other process is at it.
 *
 * @returns what the job returns; undefined where another process does it
 */
export async function ifMine<T>(
  { pool }: Database,
  job: keyof typeof jobs,
  work: () => Promise<T>,
): Promise<T | undefined> {
  const client = await pool.connect();
  // While it only holds the lock nobody waits for its answer: a lost connection must not end the process. The lock is
  // gone with it, and another process may begin; what a job does twice is harmless.
  let lost: Error | undefined;
  const lose = (error: Error): void => void (lost = error);
  client.on("error", lose);
  try {
    const { rows } = await client.query<{ mine: boolean }>(
      `select pg_try_advisory_lock(${jobs[job]}) as mine`,
    );
    if (rows[0]?.mine !== true) return undefined;
    try {
      return await work();
    } finally {
      if (lost === undefined) await client.query(`select pg_advisory_unlock(${jobs[job]})`);
    }
  } catch (error) {
    lost ??= error instanceof Error ? error : new Error(String(error));
    throw error;
  } finally {
    client.off("error", lose);
    // A connection that may still hold the lock is not used again.
    client.release(lost);
  }
}
