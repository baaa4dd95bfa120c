import { jsonOf } from "@gatehouse/shared/json-text";
import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { complaintsOf } from "@gatehouse/shared/contracts/problem";
import { Fault } from "@gatehouse/shared/fault";
import { z } from "zod";

/** What a model is for. */
export const modelKinds = [
  "detector",
  "occupancy-patch",
  "plate-detector",
  "plate-reader",
] as const;
export type ModelKind = (typeof modelKinds)[number];

/** A model's name is also its files' name, so it must not lead out of its folder. */
export const ModelName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, "write lower-case letters, digits and dashes");

export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/, "write 64 lower-case hexadecimal digits");

const side = z.number().int().min(32).max(4096);

/** What is said of a model before it is loaded; the network itself cannot tell. */
export const modelFacts = {
  name: ModelName,
  kind: z.enum(modelKinds),
  /** What its outputs mean, where a kind has several families; the file's own shape decides. */
  family: z.string().max(40).optional(),
  licence: z.string().trim().min(1, "say under which licence it came").max(200),
  /** What somebody must know before using it. */
  licence_note: z.string().max(1000).optional(),
  /** Of a detector: its classes in the order of its outputs. Left out: the 80 of COCO. */
  classes: z.array(z.string().min(1).max(60)).min(1).max(1000).optional(),
  /** The size in pixels at which a network is run that declares none. */
  input: z.object({ width: side, height: side }).optional(),
};

/**
 * The card beside a model file (`NAME.json` beside `NAME.onnx`). Our own cards say more: what the model learned
 * from, how good it was found, and where it fails.
 */
export const ModelCard = z.looseObject({ ...modelFacts, sha256: Sha256 });
export type ModelCard = z.infer<typeof ModelCard>;

const mostCardBytes = 1024 * 1024;
/** Nothing larger is read; a detector for a camera is a hundredth of this. */
export const mostModelBytes = 512 * 1024 * 1024;

export const cardFileOf = (modelFile: string): string =>
  `${modelFile.replace(/\.onnx$/i, "")}.json`;

/**
 * The card beside a model file.
 *
 * @returns undefined where there is none: a file that somebody simply put there
 * @throws Fault `model-unusable` for a card that is none
 */
export function readCardOf(modelFile: string): ModelCard | undefined {
  const file = cardFileOf(modelFile);
  const content = readLimited(file, mostCardBytes);
  if (content === undefined) return undefined;
  const card = ModelCard.safeParse(jsonOf(content.toString("utf8")));
  if (card.success) return card.data;
  const [first] = complaintsOf(card.error);
  throw new Fault("model-unusable", `${file} is no model card: ${first?.path} ${first?.message}`);
}

/**
 * A model's bytes, the same as when its card was written. What is loaded is what was checked: never read the file
 * a second time.
 *
 * @returns the card too, where there is one; without it nothing is known of the bytes
 * @throws Fault `model-unusable` when the file is missing, far too large, or not what its card says
 */
export function readModel(file: string): { bytes: Buffer; card: ModelCard | undefined } {
  const card = readCardOf(file);
  const bytes = readLimited(file, mostModelBytes);
  if (bytes === undefined) throw new Fault("model-unusable", `${file}: there is no such file`);
  if (card !== undefined && sha256Of(bytes) !== card.sha256) {
    throw new Fault(
      "model-unusable",
      `${file} is not the file that its card ${cardFileOf(file)} was written for: ` +
        "npx gatehouse models verify tells more",
    );
  }
  return { bytes, card };
}

export const sha256Of = (bytes: Uint8Array): string =>
  createHash("sha256").update(bytes).digest("hex");

function readLimited(file: string, most: number): Buffer | undefined {
  try {
    const { size } = statSync(file);
    if (size > most) throw new Fault("model-unusable", `${file}: ${size} bytes; at most ${most}`);
    return readFileSync(file);
  } catch (error) {
    if (error instanceof Fault) throw error;
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw new Fault("model-unusable", `${file}: ${String(error)}`, { cause: error });
  }
}
