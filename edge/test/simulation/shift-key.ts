import { createPrivateKey, createPublicKey, type KeyObject } from "node:crypto";

/** An Ed25519 private key in PKCS 8 (RFC 8410) is this, and 32 bytes of its own. */
const prefix = Buffer.from("302e020100300506032b657004220420", "hex");
/** The same in every life: a signature must not depend on when a life is lived. */
const key = createPrivateKey({
  key: Buffer.concat([prefix, Buffer.alloc(32, 7)]),
  format: "der",
  type: "pkcs8",
});

/** Signs the shift reports of the simulated site (PKCS 8, PEM). */
export const shiftKey: string = key.export({ type: "pkcs8", format: "pem" }).toString();
export const shiftPublicKey: KeyObject = createPublicKey(key);
