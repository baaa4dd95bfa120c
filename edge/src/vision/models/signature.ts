import { createPublicKey, verify } from "node:crypto";

/** Of the key that signs the registry of models; the private one is with whoever makes releases. */
const publicKey = createPublicKey(`-----BEGIN PUBLIC KEY-----
MCowBQYDK2VwAyEADZmScXh9NBJhvpaW9Wwzbo67j4OxK1+kdfcVJjtEbHc=
-----END PUBLIC KEY-----
`);

/** Whether these bytes were signed by us (Ed25519, RFC 8032). @param signature in base64 */
export const isSignedByUs = (bytes: Uint8Array, signature: string): boolean =>
  verify(null, bytes, publicKey, Buffer.from(signature, "base64"));
