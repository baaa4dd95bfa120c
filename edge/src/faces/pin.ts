import { createHash, scrypt, timingSafeEqual } from "node:crypto";

/** N = 16384, r = 8, p = 1: 16 MiB and about 40 ms for each guess. */
const cost = { N: 16_384, r: 8, p: 1, maxmem: 64 * 1024 * 1024 } as const;
const keyBytes = 32;

/** Guesses being computed at once; they run beside the event loop, on threads that the disk needs too. */
const computingMax = 2;
/** Guesses that wait for their turn; more are turned away unheard. */
const waitingMax = 16;

/** Makes the text that `Secrets.operators[].pin` keeps. @param salt 16 random bytes */
export async function hashPin(pin: string, salt: Uint8Array): Promise<string> {
  const key = await derive(pin, salt);
  return `scrypt$${Buffer.from(salt).toString("hex")}$${key.toString("hex")}`;
}

/**
 * Compares PINs with their hashes, a few at a time.
 *
 * An operator who does not exist costs as long as one who does.
 */
export class PinCheck {
  #computing = 0;
  readonly #waiting: (() => void)[] = [];

  /**
   * @param stored the operator's hash, or undefined when there is no such operator
   * @returns whether the PIN is right; undefined when too many others wait already
   */
  async matches(pin: string, stored: string | undefined): Promise<boolean | undefined> {
    if (this.#waiting.length >= waitingMax) return undefined;
    await this.#turn();
    try {
      const parts = partsOf(stored);
      const key = await derive(pin, parts?.salt ?? noSalt);
      const same = timingSafeEqual(key, parts?.key ?? noKey);
      return parts !== undefined && same;
    } finally {
      this.#computing -= 1;
      this.#waiting.shift()?.();
    }
  }

  async #turn(): Promise<void> {
    if (this.#computing >= computingMax) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    this.#computing += 1;
  }
}

const noSalt = createHash("sha256").update("nobody").digest().subarray(0, 16);
const noKey = Buffer.alloc(keyBytes);

function partsOf(stored: string | undefined): { salt: Buffer; key: Buffer } | undefined {
  const [, salt, key] = /^scrypt\$([0-9a-f]{16,128})\$([0-9a-f]{64})$/.exec(stored ?? "") ?? [];
  if (salt === undefined || key === undefined) return undefined;
  return { salt: Buffer.from(salt, "hex"), key: Buffer.from(key, "hex") };
}

function derive(pin: string, salt: Uint8Array): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(pin, salt, keyBytes, cost, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });
}
