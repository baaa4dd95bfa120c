import { join } from "node:path";
import { type ModelLookup, modelFile } from "../models.ts";
import { type ModelKind, readCardOf } from "../models/card.ts";
import { modelNamesIn, modelPlaces } from "../models/registry.ts";
import { shippedReader } from "./reader.ts";

/** The localiser that comes with the program. */
export const shippedDetector = "plate-corners";

/**
 * The plate detector that a configuration means: the one it names, else the first that somebody has installed, else
 * ours.
 *
 * @throws Fault `model-unusable` for a name that is neither shipped nor installed
 */
export const plateDetectorFile = (named: string | undefined, lookup: ModelLookup): string =>
  modelFile(named ?? installedOf("plate-detector", lookup) ?? shippedDetector, lookup);

/** The same for the recogniser; the one that ships lies in a package of its own. */
export function plateReaderFile(named: string | undefined, lookup: ModelLookup): string {
  const name = named ?? installedOf("plate-reader", lookup);
  return name === undefined ? shippedReader : modelFile(name, lookup);
}

function installedOf(kind: ModelKind, { dataDir }: ModelLookup): string | undefined {
  const { installed } = modelPlaces(dataDir);
  return modelNamesIn(installed).find(
    (name) => readCardOf(join(installed, `${name}.onnx`))?.kind === kind,
  );
}
