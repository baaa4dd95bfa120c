import { createHash, timingSafeEqual } from "node:crypto";

/** The token of an `Authorization` header: `Bearer …`, or `Token …` as some cameras write it. */
export const tokenIn = (header: string | undefined): string | undefined =>
  /^(?:token|bearer)\s+(\S+)\s*$/i.exec(header ?? "")?.[1];

/**
 * Whether a token is the one that was hashed, in constant time; also when there is none.
 *
 * @param sha256 64 hex digits; anything else is no token's hash
 */
export function isToken(token: string, sha256: string | undefined): boolean {
  const expected = /^[0-9a-f]{64}$/i.test(sha256 ?? "")
    ? Buffer.from(sha256 ?? "", "hex")
    : undefined;
  const given = createHash("sha256").update(token).digest();
  const isEqual = timingSafeEqual(given, expected ?? Buffer.alloc(given.length));
  return isEqual && expected !== undefined;
}
