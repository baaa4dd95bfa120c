import { createPrivateKey, sign } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { cardFileOf, readModel, sha256Of } from "../edge/src/vision/models/card.ts";
import {
  isRegistrySigned,
  modelNamesIn,
  modelPlaces,
  readRegistry,
} from "../edge/src/vision/models/registry.ts";

/**
 * Writes down every model in `edge/models` with its SHA-256 and signs the registry. Run by hand whenever one of them
 * has changed: `node scripts/sign-models.ts KEY.pem`. The private key (Ed25519, PKCS#8) stays outside the repository;
 * its public half is in `edge/src/vision/models/signature.ts`.
 */
const [keyFile] = process.argv.slice(2);
if (keyFile === undefined || !existsSync(keyFile)) {
  throw new Error("usage: node scripts/sign-models.ts KEY.pem");
}
const places = modelPlaces(".");
const folder = places.shipped;
const shipped = modelNamesIn(folder).flatMap((name) => {
  const file = join(folder, `${name}.onnx`);
  const { bytes, card } = readModel(file);
  if (card?.name !== name) {
    console.error(`left out: ${cardFileOf(file)} is missing or of another name`);
    return [];
  }
  const card_sha256 = sha256Of(readFileSync(cardFileOf(file)));
  return [{ name, bytes: bytes.length, sha256: sha256Of(bytes), card_sha256 }];
});
const registry = `${JSON.stringify({ shipped, known: readRegistry(places).known }, undefined, 2)}\n`;
writeFileSync(join(folder, "registry.json"), registry);
const signature = sign(
  null,
  Buffer.from(registry),
  createPrivateKey(readFileSync(resolve(keyFile))),
);
writeFileSync(join(folder, "registry.sig"), `${signature.toString("base64")}\n`);
if (!isRegistrySigned(places)) throw new Error("this is not the key whose public half is known");
console.log(`signed: ${shipped.map(({ name }) => name).join(", ") || "no model of our own yet"}`);
