import { createHash, timingSafeEqual } from "node:crypto";

export const sha256 = (secret: string | Uint8Array): string =>
  createHash("sha256").update(secret).digest("hex");

/** Whether a secret is one of those whose SHA-256 (hex) is kept; it takes equally long whichever it is. */
export function isOneOf(secret: string, hashes: readonly string[]): boolean {
  const offered = Buffer.from(sha256(secret), "hex");
  const fits = hashes.map((hash) => {
    const kept = Buffer.from(hash, "hex");
    return kept.length === offered.length && timingSafeEqual(kept, offered);
  });
  return fits.includes(true);
}
