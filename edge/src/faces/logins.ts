import { createHash } from "node:crypto";
import type { Me } from "@gatehouse/shared/contracts/kiosk";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { Random } from "@gatehouse/shared/ports/random";
import { hours } from "@gatehouse/shared/time";
import type { Role } from "./access.ts";

/** A shift; then the PIN is asked for again. Real time. */
export const loginLife = hours(12);
/** Logins of one operator at once; the oldest ends when one more begins. */
const loginsEach = 16;

/** One person signed in at one browser. */
export interface Login extends Me {
  readonly loginId: string;
  readonly role: Role;
}

interface Held extends Login {
  /** On the clock's monotonic time. */
  readonly endsAt: number;
}

/** Who is signed in. Only the hash of a token is kept, so a copy of memory opens nothing. */
export class Logins {
  readonly #held = new Map<string, Held>();
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #rate: number;

  constructor(options: { clock: Clock; random: Random; rate: number }) {
    this.#clock = options.clock;
    this.#random = options.random;
    this.#rate = options.rate;
  }

  /** @returns the token for the browser's cookie: 256 bits, never seen again */
  begin(me: Me): { readonly token: string; readonly ended: readonly string[] } {
    const token = this.#token();
    const endsAt = this.#clock.monotonic() + loginLife * this.#rate;
    this.#held.set(keyOf(token), { ...me, loginId: this.#random.id(), endsAt });
    return { token, ended: this.#endOldest(me.operator) };
  }

  find(token: string | undefined): Login | undefined {
    if (token === undefined) return undefined;
    const key = keyOf(token);
    const held = this.#held.get(key);
    if (held === undefined || held.endsAt > this.#clock.monotonic()) return held;
    this.#held.delete(key);
    return undefined;
  }

  /** @returns the id of the login that ended */
  end(token: string | undefined): string | undefined {
    if (token === undefined) return undefined;
    const key = keyOf(token);
    const ended = this.#held.get(key);
    this.#held.delete(key);
    return ended?.loginId;
  }

  isAlive(loginId: string): boolean {
    const now = this.#clock.monotonic();
    for (const held of this.#held.values()) {
      if (held.loginId === loginId) return held.endsAt > now;
    }
    return false;
  }

  #endOldest(operator: string): string[] {
    const own = [...this.#held].filter(([, held]) => held.operator === operator);
    const surplus = own.slice(0, Math.max(0, own.length - loginsEach));
    for (const [key] of surplus) this.#held.delete(key);
    return surplus.map(([, held]) => held.loginId);
  }

  /** Four ids hold 4 × 74 random bits; their hash is 256 bits of it. */
  #token(): string {
    const seed = [0, 1, 2, 3].map(() => this.#random.id()).join("\n");
    return createHash("sha256").update(seed).digest("base64url");
  }
}

const keyOf = (token: string): string => createHash("sha256").update(token).digest("base64url");
