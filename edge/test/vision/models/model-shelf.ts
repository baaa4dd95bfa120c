import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { sha256Of } from "../../../src/vision/models/card.ts";
import type { ModelPlaces, Registry } from "../../../src/vision/models/registry.ts";
import { tinyDetector } from "../tiny-model.ts";

/** A model of a family that we read; `shade` makes another file of it that means the same. */
export function tinyModel(shade = 0): Uint8Array {
  // An unknown field of the outermost message is skipped by every reader of ONNX.
  return shade === 0
    ? tinyDetector()
    : Buffer.concat([tinyDetector(), Buffer.of(0xa0, 0x06, shade)]);
}

/** What the registry of `modelShelf` knows under the name `tiny`. */
export const knownTiny = {
  name: "tiny",
  kind: "detector",
  family: "detr",
  licence: "MIT",
  url: "https://models.example/tiny.onnx",
  bytes: tinyModel().length,
  sha256: sha256Of(tinyModel()),
} as const;

/** Folders of their own with a registry that knows `tiny` and ships `ours`. */
export function modelShelf(): ModelPlaces {
  const root = mkdtempSync(join(tmpdir(), "gatehouse-models-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const places = { shipped: join(root, "shipped"), installed: join(root, "data/models") };
  mkdirSync(places.shipped);
  const ours = tinyModel(1);
  const card = JSON.stringify({
    name: "ours",
    kind: "detector",
    licence: "Apache-2.0",
    sha256: sha256Of(ours),
  });
  writeFileSync(join(places.shipped, "ours.onnx"), ours);
  writeFileSync(join(places.shipped, "ours.json"), card);
  const registry: Registry = {
    shipped: [
      {
        name: "ours",
        bytes: ours.length,
        sha256: sha256Of(ours),
        card_sha256: sha256Of(Buffer.from(card)),
      },
    ],
    known: [{ ...knownTiny }],
  };
  writeFileSync(join(places.shipped, "registry.json"), JSON.stringify(registry));
  return places;
}

/** Writes a model file beside the installed ones and gives its path. */
export function looseFile(places: ModelPlaces, content: Uint8Array | string): string {
  const file = join(places.installed, "../loose.onnx");
  mkdirSync(join(places.installed, ".."), { recursive: true });
  writeFileSync(file, content);
  return file;
}
