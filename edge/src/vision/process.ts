import { check } from "@gatehouse/shared/check";
import { writeFileSync } from "node:fs";
import { Worker } from "node:worker_threads";
import { type CameraJob, type FromChild, FromThread, ToChild } from "./messages.ts";

/**
 * The vision process: deals out looks to its threads and passes on what they saw. It holds nothing worth
 * keeping, so whatever goes wrong it ends at once and the daemon starts another.
 */

/** How often each thread is asked whether it lives, and how often it may fail to say so. */
const beatMs = 1000;
const mostMisses = 20;

/** No picture takes this long; the network or the disk below it hangs. */
const longestLookMs = 30_000;

check(process.send !== undefined, "runs as a forked child");
const tell = (message: FromChild): void => {
  if (process.connected) process.send?.(message);
};

interface Thread {
  readonly worker: Worker;
  misses: number;
}
const threads: Thread[] = [];
const threadOf = new Map<string, Worker>();

process.on("disconnect", end);
process.on("message", (raw: unknown) => {
  const message = ToChild.parse(raw);
  switch (message.kind) {
    case "configure":
      volunteerToDie();
      for (const jobs of message.threads) startThread(jobs);
      setInterval(beat, beatMs);
      return tell({ kind: "ready" });
    case "ping":
      return tell({ kind: "pong", residentBytes: process.memoryUsage.rss() });
    default:
      return threadOf.get(message.camera)?.postMessage(message);
  }
});

function startThread(jobs: readonly CameraJob[]): void {
  const worker = new Worker(new URL("./thread.ts", import.meta.url), { workerData: jobs });
  const thread: Thread = { worker, misses: 0 };
  threads.push(thread);
  for (const { id } of jobs) threadOf.set(id, worker);
  worker.on("message", (raw: unknown) => {
    const message = FromThread.parse(raw);
    if (message.kind !== "pong") return tell(message);
    thread.misses = 0;
    if (message.busyMs > longestLookMs) endBecause(`a look has taken ${message.busyMs} ms`);
  });
  worker.on("error", (error) => endBecause(String(error instanceof Error ? error.stack : error)));
  worker.on("exit", () => endBecause("a thread ended"));
}

function beat(): void {
  for (const thread of threads) {
    thread.misses += 1;
    if (thread.misses > mostMisses) endBecause("a thread does not answer");
    thread.worker.postMessage({ kind: "ping" } satisfies ToChild);
  }
}

/** Where memory runs out Linux ends somebody: then us, who hold nothing, and never the daemon. */
function volunteerToDie(): void {
  try {
    writeFileSync("/proc/self/oom_score_adj", "1000");
  } catch {
    // No Linux, or not allowed: the daemon still watches what we hold.
  }
}

/** The daemon logs the last of what stands here. */
function endBecause(why: string): void {
  process.stderr.write(`${why}\n`);
  end();
}

/** Not `process.exit`: that waits for a thread which may hang in native code. Whom we started ends with us. */
function end(): void {
  process.kill(-process.pid, "SIGKILL");
}
