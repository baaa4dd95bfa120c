import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { Edges } from "./alignment.ts";
import { Learnt } from "./health.ts";
import { jsonOf } from "@gatehouse/shared/json-text";

/** What of a camera's health outlives its process: `health.json` in its folder. */
const Kept = z.object({
  learnt: Learnt,
  /** How the view's edges run, as 32-bit floats in base64. */
  edges: z.base64().optional(),
});

export interface GuardMemory {
  readonly learnt: Learnt;
  readonly edges: Edges | undefined;
}

const file = "health.json";

/** @returns undefined where nothing is kept, or nothing that can be read: it is learnt again */
export async function readGuard(dir: string): Promise<GuardMemory | undefined> {
  try {
    const kept = Kept.safeParse(jsonOf(await readFile(join(dir, file), "utf8")));
    if (!kept.success) return undefined;
    const { learnt, edges } = kept.data;
    return { learnt, edges: edges === undefined ? undefined : floatsOf(edges) };
  } catch {
    return undefined;
  }
}

/** A full disk costs what was learnt since the last time, nothing else. */
export async function writeGuard(dir: string, { learnt, edges }: GuardMemory): Promise<void> {
  const kept = { learnt, ...(edges === undefined ? {} : { edges: base64Of(edges) }) };
  const path = join(dir, file);
  try {
    await mkdir(dir, { recursive: true });
    await writeFile(`${path}.new`, JSON.stringify(kept));
    await rename(`${path}.new`, path);
  } catch {
    // A half-written file is not the kept one, and the next try writes over it.
  }
}

export async function forgetGuard(dir: string): Promise<void> {
  try {
    await rm(join(dir, file), { force: true });
  } catch {
    // A folder that cannot be written has kept nothing.
  }
}

const base64Of = ({ buffer, byteOffset, byteLength }: Edges): string =>
  Buffer.from(buffer, byteOffset, byteLength).toString("base64");

/** Copied, so that the floats lie on a boundary of four bytes; what is left over is none. */
function floatsOf(base64: string): Float32Array {
  const bytes = Uint8Array.from(Buffer.from(base64, "base64"));
  return new Float32Array(bytes.buffer, 0, Math.floor(bytes.length / 4));
}
