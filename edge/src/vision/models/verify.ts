import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Fault } from "@gatehouse/shared/fault";
import { cardFileOf, readModel, sha256Of } from "./card.ts";
import { isRegistrySigned, modelNamesIn, type ModelPlaces, readRegistry } from "./registry.ts";

/** What was found of one model; `trouble` is empty for one that is whole. */
export interface Finding {
  readonly name: string;
  readonly place: keyof ModelPlaces;
  readonly trouble: string;
}

export interface Verified {
  /** Whether the registry is as we signed it. Without that, the shipped models' checksums prove nothing. */
  readonly isSigned: boolean;
  readonly findings: readonly Finding[];
}

/** Reads every model that ships or is installed, whole, and compares it with what was written down of it. */
export function verifyModels(places: ModelPlaces): Verified {
  const registry = readRegistry(places);
  const listed = new Set(registry.shipped.map(({ name }) => name));
  const shipped = registry.shipped.map((model) => {
    const file = join(places.shipped, `${model.name}.onnx`);
    const trouble = changeOf(file, model.sha256) || changeOf(cardFileOf(file), model.card_sha256);
    return { name: model.name, place: "shipped" as const, trouble };
  });
  const unlisted = modelNamesIn(places.shipped)
    .filter((name) => !listed.has(name))
    .map((name) => ({
      name,
      place: "shipped" as const,
      trouble: "is not in the registry: it did not come with the program",
    }));
  const known = new Map(registry.known.map(({ name, sha256 }) => [name, sha256]));
  const installed = modelNamesIn(places.installed).map((name) => ({
    name,
    place: "installed" as const,
    trouble: troubleOf(join(places.installed, `${name}.onnx`), known.get(name)),
  }));
  return { isSigned: isRegistrySigned(places), findings: [...shipped, ...unlisted, ...installed] };
}

/** @returns what is wrong, or nothing */
function changeOf(file: string, sha256: string): string {
  if (!existsSync(file)) return `${file} is missing`;
  return sha256Of(readFileSync(file)) === sha256 ? "" : `${file} has changed`;
}

/** @param sha256 of the registry, where it knows a model of this name */
function troubleOf(file: string, sha256: string | undefined): string {
  try {
    const { card } = readModel(file);
    if (card === undefined) return `${cardFileOf(file)} is missing: nobody installed this file`;
    const isAsKnown = sha256 === undefined || card.sha256 === sha256;
    return isAsKnown ? "" : "is not the model that the registry knows by this name";
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return error.message;
  }
}
