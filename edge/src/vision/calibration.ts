import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { complaintsOf } from "@gatehouse/shared/contracts/problem";
import { Fault } from "@gatehouse/shared/fault";
import { z } from "zod";
import { jsonOf } from "@gatehouse/shared/json-text";
import { Sha256, sha256Of } from "./models/card.ts";
import { Trust } from "./trust.ts";

/** What a camera needs beyond the defaults, learnt from its own pictures: `calibration.json` in its folder. */
export const Calibration = z.strictObject({
  version: z.literal(1),
  madeAt: z.iso.datetime(),
  by: z.enum(["empty", "first-frames"]),
  /** How many pictures it was learnt from, and their size in pixels. */
  pictures: z.number().int().positive(),
  size: z.strictObject({ width: z.number().int(), height: z.number().int() }),
  /** SHA-256 of the networks that were asked: what was learnt of others means nothing. */
  detector: Sha256.optional(),
  classifier: Sha256.optional(),
  /** SHA-256 of `empty.jpg` beside it, the picture of the empty car park that spaces are compared with. */
  empty: Sha256.optional(),
  trust: Trust,
  /** Spaces that need something of their own. */
  spaces: z
    .array(
      z.strictObject({
        bay: z.string(),
        /** The detector's score from which a vehicle fills it: more than the ghost it sees there. */
        border: z.number().min(0).max(1).optional(),
        /** The classifier's logit when it is free. */
        freeLogit: z.number().optional(),
      }),
    )
    .max(1000),
  /** In words for the technician. */
  report: z.array(z.string()).max(100),
});
export type Calibration = z.infer<typeof Calibration>;

const file = "calibration.json";

/** The picture of the empty car park, in the camera's folder. */
const emptyFile = "empty.jpg";

/**
 * @returns undefined for a camera that was not calibrated
 * @throws Fault `calibration-unusable` naming the file and what is wrong with it
 */
export async function readCalibration(dir: string): Promise<Calibration | undefined> {
  const path = join(dir, file);
  const text = await readIfThere(path);
  if (text === undefined) return undefined;
  const read = Calibration.safeParse(jsonOf(text.toString()));
  if (read.success) return read.data;
  const [first] = complaintsOf(read.error);
  throw unusable(`${path}: ${first?.path} ${first?.message}`);
}

/**
 * The picture of the empty car park that a calibration was made by.
 *
 * @returns undefined where it was made without one
 * @throws Fault `calibration-unusable` when the picture is gone or another
 */
export async function readEmpty(
  dir: string,
  { empty }: Calibration,
): Promise<Uint8Array | undefined> {
  if (empty === undefined) return undefined;
  const path = join(dir, emptyFile);
  const bytes = await readIfThere(path);
  if (bytes === undefined) throw unusable(`${path}: there is no such file`);
  if (sha256Of(bytes) !== empty) throw unusable(`${path} is not the picture calibrated by`);
  return bytes;
}

/**
 * Puts a calibration in force for whoever opens the camera next. Each file is written whole or not at all.
 *
 * @param empty the picture that it was made by, where it names one
 */
export async function writeCalibration(
  dir: string,
  calibration: Calibration,
  empty?: Uint8Array,
): Promise<void> {
  await mkdir(dir, { recursive: true });
  if (empty !== undefined) await writeWhole(join(dir, emptyFile), empty);
  await writeWhole(join(dir, file), `${JSON.stringify(calibration, undefined, 1)}\n`);
}

async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  await writeFile(`${path}.new`, content, { flush: true });
  await rename(`${path}.new`, path);
}

async function readIfThere(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw unusable(`${path}: ${String(error)}`);
  }
}

const unusable = (detail: string): Fault => new Fault("calibration-unusable", detail);
