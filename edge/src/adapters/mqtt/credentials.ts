import { createHash, timingSafeEqual } from "node:crypto";

/** Who may log in: client id → SHA-256 of its password. */
export class Credentials {
  readonly #hashes: ReadonlyMap<string, Buffer>;

  /** @param secrets SHA-256 in hex, 64 digits */
  constructor(secrets: Readonly<Record<string, string>>) {
    this.#hashes = new Map(
      Object.entries(secrets).map(([id, hex]) => [id, Buffer.from(hex, "hex")]),
    );
  }

  /** Takes as long for an unknown device as for a wrong password. */
  accept(clientId: string, userName: string | undefined, password: Buffer | undefined): boolean {
    const known = this.#hashes.get(clientId);
    const expected = known?.length === digestBytes ? known : unknownDevice;
    const given = createHash("sha256")
      .update(password ?? "")
      .digest();
    const same = timingSafeEqual(given, expected);
    return same && expected !== unknownDevice && userName === clientId && password !== undefined;
  }
}

const digestBytes = 32;
const unknownDevice = Buffer.alloc(digestBytes);
