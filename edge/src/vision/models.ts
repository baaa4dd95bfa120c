import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { Fault } from "@gatehouse/shared/fault";
import { ModelName } from "./models/card.ts";
import { modelPlaces, readRegistry } from "./models/registry.ts";

export interface ModelLookup {
  /** The daemon's data folder, below which models are installed. */
  readonly dataDir: string;
  /** Relative paths are seen from here. */
  readonly baseDir: string;
}

/**
 * The file that a configuration means by `detector: NAME` or `detector: PATH`. What looks like a name is one; a
 * file in the folder of the configuration is written `./file.onnx`.
 *
 * @returns an absolute path; of a path that was written, nobody has looked whether it is there
 * @throws Fault `model-unusable` for a name that is neither shipped nor installed, saying what to run
 */
export function modelFile(nameOrPath: string, { dataDir, baseDir }: ModelLookup): string {
  if (!ModelName.safeParse(nameOrPath).success) return resolve(baseDir, nameOrPath);
  const places = modelPlaces(dataDir);
  for (const folder of [places.shipped, places.installed]) {
    const file = resolve(join(folder, nameOrPath));
    // A model is there when both files are: an installation writes its card first.
    if (existsSync(`${file}.onnx`) && existsSync(`${file}.json`)) return `${file}.onnx`;
  }
  const isKnown = readRegistry(places).known.some(({ name }) => name === nameOrPath);
  throw new Fault(
    "model-unusable",
    isKnown
      ? `${nameOrPath} is not installed: npx gatehouse models install ${nameOrPath} --data ${dataDir}`
      : `there is no model ${nameOrPath}: npx gatehouse models list --data ${dataDir} shows those ` +
          `there are; a file is written as a path, for example ./${nameOrPath}.onnx`,
  );
}
