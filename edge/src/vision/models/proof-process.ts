import { check } from "@gatehouse/shared/check";
import { Fault } from "@gatehouse/shared/fault";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { Detector } from "../detector.ts";
import { type Declared, namesOf } from "../family.ts";
import { type ModelKind, modelKinds, readModel } from "./card.ts";
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

type Shape = readonly (number | "any")[];

/** Each loads a model and runs it once. @returns its family @throws of what is wrong */
const readers: Readonly<Record<ModelKind, (model: string) => Promise<string>>> = {
  detector: async (model) => (await Detector.load(model)).family.kind,
  "occupancy-patch": (model) => familyWith(model, { patch: ["any", 4, 64, 64] }),
  "plate-detector": (model) => familyWith(model, { y5fu: [1, 3, "any", "any"] }),
  "plate-reader": (model) =>
    familyWith(model, { cct: ["any", 64, 128, 3], ctc: ["any", 3, 48, "any"] }),
};

/** Models of one picture in and numbers out, known by the shape of what they take. */
async function familyWith(model: string, families: Record<string, Shape>): Promise<string> {
  const session = await InferenceSession.create(readModel(model).bytes, { logSeverityLevel: 4 });
  const inputs = session.inputMetadata.filter((each) => each.isTensor);
  const family = Object.entries(families).find(([, shape]) =>
    inputs.some((input) => isOf(shape, input)),
  )?.[0];
  if (family === undefined) {
    const known = Object.values(families).map((shape) => `[${shape.join(",")}]`);
    throw new Fault("model-unusable", `takes ${namesOf(inputs)}, not ${known.join(" or ")}`);
  }
  await session.run(Object.fromEntries(inputs.map((input) => [input.name, emptyFor(input)])));
  return family;
}

const isOf = (shape: Shape, declared: Declared): boolean =>
  declared.shape.length === shape.length &&
  shape.every((size, index) => {
    const own = declared.shape[index];
    return size === "any" || typeof own === "string" || own === size;
  });

/** One blank picture; a size that the model leaves open is small and fits any pooling. */
function emptyFor({ type, shape }: Declared): Tensor {
  const dims = shape.map((size, index) => {
    if (typeof size === "number" && size > 0) return size;
    return index === 0 ? 1 : 320;
  });
  const length = dims.reduce((product, size) => product * size, 1);
  if (type === "uint8") return new Tensor("uint8", new Uint8Array(length), dims);
  return new Tensor("float32", new Float32Array(length), dims);
}

const [file, kindText] = process.argv.slice(2);
const kind = modelKinds.find((each) => each === kindText);
check(file !== undefined && kind !== undefined, "runs with a file and a kind");
process.send?.(await proofOf(file, kind), () => process.exit());
