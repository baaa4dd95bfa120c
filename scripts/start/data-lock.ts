import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Another demonstration runs on this data. */
export class DataInUse extends Error {
  override readonly name = "DataInUse";
}

/**
 * Keeps a second demonstration away from live data. A lock whose process has died, or whose number now belongs
 * to another program, is taken over.
 *
 * @returns what lets go of it again
 * @throws DataInUse naming the process
 */
export function lockData(dataDir: string): () => void {
  const file = join(dataDir, "start.pid");
  try {
    writeFileSync(file, ownMark(), { flag: "wx", mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    const holder = readFileSync(file, "utf8");
    if (isAlive(holder)) {
      throw new DataInUse(
        `a demonstration already runs on ${dataDir} (process ${holder.split(" ")[0]}); stop it first, or choose another --data DIR`,
      );
    }
    writeFileSync(file, ownMark(), { mode: 0o600 });
  }
  return () => rmSync(file, { force: true });
}

/** A process is known by its number and the moment it started: numbers are used again. */
const ownMark = (): string => `${process.pid} ${startOf(process.pid) ?? ""}`;

function isAlive(mark: string): boolean {
  const [pid = "", start = ""] = mark.split(" ");
  try {
    process.kill(Number(pid), 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return false;
  }
  return start === "" || startOf(Number(pid)) === start;
}

/** Start time of a process in clock ticks since boot (proc(5), field 22 of stat); undefined off Linux. */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
  } catch {
    return undefined;
  }
}
