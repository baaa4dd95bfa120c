import { createCipheriv, createDecipheriv, createHash, createHmac } from "node:crypto";

/** The key file's size. */
export const officeKeyBytes = 32;
/** AES-GCM's own (NIST SP 800-38D, 8.2). */
const nonceBytes = 12;
const tagBytes = 16;
const kind = "v1";

/**
 * Head office's own key: it seals what must be readable again, and signs what only head office may have said. Each
 * purpose has a key of its own, so that nothing made for one serves another.
 */
export class OfficeKey {
  readonly #key: Uint8Array;

  constructor(key: Uint8Array) {
    if (key.length !== officeKeyBytes)
      throw new RangeError(`head office's key has ${officeKeyBytes} bytes, not ${key.length}`);
    this.#key = key;
  }

  /** A text that nobody without the key can make for these words. @returns 43 characters, A–Z a–z 0–9 - _ */
  sign(purpose: string, ...words: readonly string[]): string {
    return createHmac("sha256", this.#for(purpose))
      .update(JSON.stringify(words))
      .digest("base64url");
  }

  /**
   * Encrypts (AES-256-GCM); what it belongs to is bound to it, so that it cannot be moved to somebody else's row.
   *
   * @param nonce never the same twice; the first 12 bytes of it are used
   */
  seal(plain: Uint8Array, belongsTo: string, nonce: Uint8Array): string {
    const own = nonce.subarray(0, nonceBytes);
    const cipher = createCipheriv("aes-256-gcm", this.#for("seal"), own);
    cipher.setAAD(Buffer.from(belongsTo));
    const sealed = Buffer.concat([own, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
    return `${kind}.${sealed.toString("base64url")}`;
  }

  /** @returns undefined when it was sealed with another key, for somebody else, or was changed */
  open(sealed: string, belongsTo: string): Buffer | undefined {
    const [name, text = ""] = sealed.split(".");
    const bytes = Buffer.from(text, "base64url");
    if (name !== kind || bytes.length < nonceBytes + tagBytes) return undefined;
    const nonce = bytes.subarray(0, nonceBytes);
    const decipher = createDecipheriv("aes-256-gcm", this.#for("seal"), nonce);
    decipher.setAAD(Buffer.from(belongsTo));
    decipher.setAuthTag(bytes.subarray(-tagBytes));
    try {
      return Buffer.concat([
        decipher.update(bytes.subarray(nonceBytes, -tagBytes)),
        decipher.final(),
      ]);
    } catch {
      return undefined; // OpenSSL says no more than that the tag does not fit.
    }
  }

  #for(purpose: string): Buffer {
    return createHmac("sha256", this.#key).update(`gatehouse ${purpose}`).digest();
  }
}

/**
 * 32 bytes that nobody can guess: the hash of four ids, each of which holds 74 random bits.
 *
 * @param newId makes a new id each time
 */
export function newSecret(newId: () => string): Buffer {
  const ids = [newId(), newId(), newId(), newId()];
  return createHash("sha256").update(ids.join("\n")).digest();
}
