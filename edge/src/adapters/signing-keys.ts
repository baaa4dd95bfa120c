import { createPrivateKey, generateKeyPairSync } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * The key that signs tickets, in `DATA/ticket-key.pem`: every ticket in a driver's hand is signed with it.
 *
 * @throws Error when the file there holds no such key
 */
export const ticketKeyIn = (dataDir: string): string => keyIn(join(dataDir, "ticket-key.pem"));

/** Where the key lies that signs the reports of shifts. */
export const shiftKeyFile = (dataDir: string): string => join(dataDir, "shift-key.pem");

/**
 * The key that signs the reports of shifts.
 *
 * @throws Error when the file there holds no such key
 */
export const shiftKeyIn = (dataDir: string): string => keyIn(shiftKeyFile(dataDir));

/** A private Ed25519 key (PKCS 8, PEM), mode 0600: made at the first start and never again. */
function keyIn(file: string): string {
  if (!existsSync(file)) {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
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
