import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const Runs = z.object({ runs: z.number().int().nonnegative() });

/** Counts the starts on the same data. @returns this one, from 1 */
export function nextRun(dataDir: string): number {
  const file = join(dataDir, "runs.json");
  const before = existsSync(file) ? Runs.parse(JSON.parse(readFileSync(file, "utf8"))).runs : 0;
  writeFileSync(file, JSON.stringify({ runs: before + 1 }));
  return before + 1;
}
