import { check } from "@gatehouse/shared/check";
import { Classifier } from "../classifier.ts";
import { Detector } from "../detector.ts";
import { PlateLocator } from "../plate/locator.ts";
import { PlateReader } from "../plate/reader.ts";
import { type ModelKind, modelKinds } from "./card.ts";
import type { Proof } from "./proof.ts";

/*
 * The process that `proveReadable` starts: `FILE KIND`. It says one thing and ends.
 */

async function proofOf(model: string, what: ModelKind): Promise<Proof> {
  try {
    return { kind: "readable", family: await readers[what](model) };
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return { kind: "unreadable", detail };
  }
}

/** Each loads a model and runs it once. @returns its family @throws of what is wrong */
const readers: Readonly<Record<ModelKind, (model: string) => Promise<string>>> = {
  detector: async (model) => (await Detector.load(model)).family.kind,
  "occupancy-patch": async (model) =>
    (await Classifier.load(model)).compares ? "patch-and-reference" : "patch",
  "plate-detector": async (model) => (await PlateLocator.load(model)).family.kind,
  "plate-reader": async (model) => (await PlateReader.load(model)).family,
};

const [file, kindText] = process.argv.slice(2);
const kind = modelKinds.find((each) => each === kindText);
check(file !== undefined && kind !== undefined, "runs with a file and a kind");
process.send?.(await proofOf(file, kind), () => process.exit());
