import { execFileSync } from "node:child_process";
import { readFileSync, realpathSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const pollMs = 50;
/** Each signal gets so long to work before the next, harder one. */
const patienceMs: readonly [NodeJS.Signals, number][] = [
  ["SIGINT", 20_000],
  ["SIGQUIT", 5_000],
  ["SIGKILL", 5_000],
];

/**
 * Stops a postmaster that outlived the process which had started it. The caller owns the data folder, so nobody else
 * needs that postmaster.
 *
 * @returns whether there was one
 * @throws Error when it survives even SIGKILL
 */
export async function stopLeftOver(dataFolder: string): Promise<boolean> {
  const pid = readPid(dataFolder);
  if (pid === undefined) return false;
  if (!isPostmaster(pid, dataFolder)) {
    // The number may belong to another program by now, and PostgreSQL would then refuse to start.
    rmSync(join(dataFolder, "postmaster.pid"), { force: true });
    return false;
  }
  for (const [signal, limitMs] of patienceMs) {
    process.kill(pid, signal);
    if (await isGoneWithin(limitMs, () => !isPostmaster(pid, dataFolder))) return true;
  }
  throw new Error(`the PostgreSQL process ${pid} on ${dataFolder} does not end`);
}

async function isGoneWithin(limitMs: number, isGone: () => boolean): Promise<boolean> {
  for (let waitedMs = 0; waitedMs < limitMs; waitedMs += pollMs) {
    if (isGone()) return true;
    await sleep(pollMs);
  }
  return isGone();
}

function readPid(dataFolder: string): number | undefined {
  try {
    const pid = Number(readFileSync(join(dataFolder, "postmaster.pid"), "utf8").split("\n")[0]);
    return Number.isSafeInteger(pid) && pid > 1 ? pid : undefined;
  } catch {
    return undefined;
  }
}

/** Whether that process is a PostgreSQL on that folder: process numbers are used again. */
function isPostmaster(pid: number, dataFolder: string): boolean {
  const command = commandOf(pid);
  return command.includes("postgres") && command.includes(realpathSync(dataFolder));
}

/** Empty for a process that has ended, also while nobody has collected it. */
function commandOf(pid: number): string {
  try {
    if (process.platform === "linux")
      return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
    return execFileSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8" });
  } catch {
    return "";
  }
}
