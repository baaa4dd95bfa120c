import { argon2, timingSafeEqual } from "node:crypto";
import { newSecret } from "../../domain/people/office-key.ts";
import { samePassword } from "../../domain/people/password-rules.ts";

/**
 * 19 MiB, two passes, one lane: the least that OWASP's Password Storage Cheat Sheet (2025) takes for argon2id, and one
 * of the equal choices there; RFC 9106, 4, would rather have 64 MiB where a machine has them to spare.
 */
const cost = { memory: 19_456, passes: 2, parallelism: 1 } as const;
const saltBytes = 16;
const tagBytes = 32;

/** Hashes computed at once; they run beside the event loop, on threads that files need too. */
const computingMax = 2;
/** Guesses that wait for their turn; more are turned away unheard. */
const waitingMax = 16;

interface Cost {
  readonly memory: number;
  readonly passes: number;
  readonly parallelism: number;
}

/** What a stored hash says of a password. */
export interface Verdict {
  readonly isRight: boolean;
  /** Right, and hashed more cheaply than today: it should be hashed anew. */
  readonly isOld: boolean;
}

/**
 * Hashes passwords and compares them, a few at a time. Hashes are kept as `$argon2id$v=19$m=…,t=…,p=…$salt$hash`, so
 * that the cost can grow. Somebody who does not exist costs as long as somebody who does.
 */
export class Passwords {
  readonly #newId: () => string;
  #computing = 0;
  readonly #waiting: (() => void)[] = [];

  /** @param newId makes a new id each time, for the salts */
  constructor(newId: () => string) {
    this.#newId = newId;
  }

  /** @returns undefined when too many wait already */
  async hash(password: string): Promise<string | undefined> {
    const salt = newSecret(this.#newId).subarray(0, saltBytes);
    const tag = await this.#inTurn(() => derive(password, salt, cost));
    return tag && `$argon2id$v=19$${costText(cost)}$${text(salt)}$${text(tag)}`;
  }

  /**
   * @param stored undefined where there is nobody, or nobody with a password
   * @returns undefined when too many wait already
   */
  async check(password: string, stored: string | null | undefined): Promise<Verdict | undefined> {
    const kept = partsOf(stored ?? "");
    const { salt, tag, cost: itsCost } = kept ?? nobody;
    const derived = await this.#inTurn(() => derive(password, salt, itsCost));
    if (derived === undefined) return undefined;
    const isSame = derived.length === tag.length && timingSafeEqual(derived, tag);
    const isRight = kept !== undefined && isSame;
    return { isRight, isOld: isRight && costText(itsCost) !== costText(cost) };
  }

  async #inTurn(derive: () => Promise<Buffer>): Promise<Buffer | undefined> {
    if (this.#computing >= computingMax) {
      if (this.#waiting.length >= waitingMax) return undefined;
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    this.#computing += 1;
    try {
      return await derive();
    } finally {
      this.#computing -= 1;
      this.#waiting.shift()?.();
    }
  }
}

const nobody = { salt: Buffer.alloc(saltBytes), tag: Buffer.alloc(tagBytes), cost };

const costText = ({ memory, passes, parallelism }: Cost): string =>
  `m=${memory},t=${passes},p=${parallelism}`;

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64url");

function partsOf(stored: string) {
  const form = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([\w-]+)\$([\w-]+)$/.exec(stored);
  if (form === null) return undefined;
  const [, memory, passes, parallelism, salt = "", tag = ""] = form;
  return {
    salt: Buffer.from(salt, "base64url"),
    tag: Buffer.from(tag, "base64url"),
    cost: { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) },
  };
}

function derive(password: string, salt: Uint8Array, { memory, passes, parallelism }: Cost) {
  return new Promise<Buffer>((resolve, reject) => {
    const message = Buffer.from(samePassword(password));
    const parameters = { message, nonce: salt, memory, passes, parallelism, tagLength: tagBytes };
    argon2("argon2id", parameters, (error, tag) => {
      if (error === null) resolve(tag);
      else reject(error);
    });
  });
}
