import { join } from "node:path";
import { Fault } from "@gatehouse/shared/fault";
import { type ModelKind, readCardOf } from "./card.ts";
import { modelNamesIn, type ModelPlaces, readRegistry } from "./registry.ts";

/** One model as `gatehouse models list` shows it. */
export interface ListedModel {
  readonly name: string;
  readonly kind: ModelKind | null;
  /** `available`: known and not installed. */
  readonly state: "shipped" | "installed" | "available" | "damaged";
  /** Null where nobody has said. */
  readonly licence: string | null;
  readonly licence_note: string | null;
  /** Where it comes from, or what is wrong with it. */
  readonly note: string;
}

/** Every model that can be used or installed, each name once. */
export function listModels(places: ModelPlaces): ListedModel[] {
  const shipped = modelNamesIn(places.shipped).map((name) => present(name, "shipped", places));
  const installed = modelNamesIn(places.installed).map((name) =>
    present(name, "installed", places),
  );
  const names = new Set(installed.map(({ name }) => name));
  const available = readRegistry(places)
    .known.filter(({ name }) => !names.has(name))
    .map(({ name, kind, licence, licence_note, url }) => ({
      name,
      kind,
      state: "available" as const,
      licence,
      licence_note: licence_note ?? null,
      note: url,
    }));
  return [...shipped, ...installed, ...available];
}

function present(name: string, state: "shipped" | "installed", places: ModelPlaces): ListedModel {
  const file = join(places[state], `${name}.onnx`);
  const none = { kind: null, licence: null, licence_note: null };
  try {
    const card = readCardOf(file);
    if (card === undefined) return { name, ...none, state: "damaged", note: "it has no card" };
    const { kind, licence, licence_note } = card;
    return { name, kind, state, licence, licence_note: licence_note ?? null, note: file };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { name, ...none, state: "damaged", note: error.message };
  }
}
