import { createPrivateKey, generateKeyPairSync } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * The facility's private Ed25519 key (PKCS 8, PEM) in `DATA/ticket-key.pem`, mode 0600: made at the first start and
 * never again, because every ticket in a driver's hand is signed with it.
 *
 * @throws Error when the file there holds no such key
 */
export function ticketKeyIn(dataDir: string): string {
  const file = join(dataDir, "ticket-key.pem");
  if (!existsSync(file)) {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    const { privateKey } = generateKeyPairSync("ed25519");
    const pem = privateKey.export({ type: "pkcs8", format: "pem" });
    writeFileSync(file, pem, { mode: 0o600, flag: "wx", flush: true });
  }
  chmodSync(file, 0o600);
  const pem = readFileSync(file, "utf8");
  const kind = createPrivateKey(pem).asymmetricKeyType;
  if (kind !== "ed25519") throw new Error(`${file} holds a key of kind ${kind}, not ed25519`);
  return pem;
}
