import { basename, resolve } from "node:path";
import { Fault } from "@gatehouse/shared/fault";
import { readPictureFile } from "../../edge/src/vision/folder.ts";
import { modelFile } from "../../edge/src/vision/models.ts";
import { CannotEvaluate } from "./cannot-evaluate.ts";

/** @throws CannotEvaluate for what is no picture file */
export async function pictureAt(path: string): Promise<Uint8Array> {
  const picture = await readPictureFile(path, basename(path)).catch((error: unknown) => {
    throw new CannotEvaluate(String(error));
  });
  if (picture.kind === "refused") throw new CannotEvaluate(picture.detail);
  return picture.bytes;
}

/** What the daemon reports as a fault of its files ends the evaluation. */
export async function orCannot<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    throw new CannotEvaluate(error.message, { cause: error });
  }
}

/**
 * The file of a model that is named as in a configuration.
 *
 * @returns undefined for `none`
 * @throws CannotEvaluate for a name that is neither shipped nor installed
 */
export function modelNamed(nameOrPath: string): string | undefined {
  if (nameOrPath === "none") return undefined;
  try {
    return modelFile(nameOrPath, { dataDir: resolve("data"), baseDir: process.cwd() });
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    throw new CannotEvaluate(error.message, { cause: error });
  }
}
