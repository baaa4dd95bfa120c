import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { complaintsOf } from "@gatehouse/shared/contracts/problem";
import { Fault } from "@gatehouse/shared/fault";
import { z } from "zod";
import { jsonOf } from "@gatehouse/shared/json-text";
import { modelFacts, ModelName, Sha256 } from "./card.ts";
import { isSignedByUs } from "./signature.ts";

/** A model of our own that comes with the program; its card beside it says the rest. */
const ShippedModel = z.strictObject({
  name: ModelName,
  bytes: z.number().int().positive(),
  sha256: Sha256,
  card_sha256: Sha256,
});
export type ShippedModel = z.infer<typeof ShippedModel>;

/** A model of others that we have tried; it is fetched from where its project publishes it. */
const KnownModel = z.strictObject({
  ...modelFacts,
  family: z.string().max(40),
  url: z.url({ protocol: /^https$/ }),
  bytes: z.number().int().positive(),
  sha256: Sha256,
});
export type KnownModel = z.infer<typeof KnownModel>;

/** `registry.json`: every model we know, each with the SHA-256 of its file; signed as a whole by `registry.sig`. */
export const Registry = z.strictObject({
  shipped: z.array(ShippedModel),
  known: z.array(KnownModel),
});
export type Registry = z.infer<typeof Registry>;

/** Where models lie. */
export interface ModelPlaces {
  /** The models that come with the program, and the registry. */
  readonly shipped: string;
  /** Those that somebody installed for one facility. */
  readonly installed: string;
}

/** @param dataDir the daemon's data folder */
export const modelPlaces = (dataDir: string): ModelPlaces => ({
  shipped: fileURLToPath(new URL("../../../models", import.meta.url)),
  installed: join(dataDir, "models"),
});

/** @throws Fault `model-unusable` for a registry that is damaged */
export function readRegistry({ shipped }: Pick<ModelPlaces, "shipped">): Registry {
  const file = join(shipped, "registry.json");
  const registry = Registry.safeParse(jsonOf(textOf(file)));
  if (registry.success) return registry.data;
  const [first] = complaintsOf(registry.error);
  throw new Fault("model-unusable", `${file}: ${first?.path} ${first?.message}`);
}

/** Whether the registry is as we signed it: then so is every file whose SHA-256 stands there. */
export function isRegistrySigned({ shipped }: Pick<ModelPlaces, "shipped">): boolean {
  const signature = textOf(join(shipped, "registry.sig")).trim();
  return isSignedByUs(Buffer.from(textOf(join(shipped, "registry.json"))), signature);
}

/** The model files of a folder by name. A folder that is not there holds none. */
export function modelNamesIn(folder: string): string[] {
  return namesIn(folder)
    .filter((file) => file.endsWith(".onnx") && !file.startsWith("."))
    .map((file) => file.slice(0, -".onnx".length))
    .toSorted();
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  }
}

/** Missing is the same as empty: neither can be parsed, nor is it signed. */
function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return "";
    throw error;
  }
}
