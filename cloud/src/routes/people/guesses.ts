import { timingSafeEqual } from "node:crypto";
import type { Clock } from "@gatehouse/shared/ports/clock";
import { minutes } from "@gatehouse/shared/time";
import type { OfficeKey } from "../../domain/people/office-key.ts";
import { RateLimit } from "../rate-limit.ts";

const within = minutes(15);
/** From a browser that has signed in to this account before. */
const perBrowser = 10;
/** From all browsers together that never have. */
const perAccount = 20;
/** From one address, from which a whole office may sign in. */
const perAddress = 60;

/** After so long the limits are forgotten, in seconds: for `Retry-After`. */
export const guessesForgottenS = within / 1000;

/** One try to sign in. */
export interface Guess {
  readonly isAllowed: boolean;
  /** It was right: it is not counted. */
  takeBack(): void;
}

/**
 * Slows guessing down without letting anybody lock somebody else out: a browser that has signed in to an account
 * before keeps a note that proves it, and is counted alone; strangers to the account are counted together, and by
 * their address (OWASP, "Slow Down Online Guessing Attacks with Device Cookies"). Each process counts for itself.
 */
export class Guesses {
  readonly #key: OfficeKey;
  readonly #browsers: RateLimit;
  readonly #accounts: RateLimit;
  readonly #addresses: RateLimit;

  constructor(clock: Clock, key: OfficeKey) {
    this.#key = key;
    this.#browsers = new RateLimit(clock, perBrowser, within);
    this.#accounts = new RateLimit(clock, perAccount, within);
    this.#addresses = new RateLimit(clock, perAddress, within);
  }

  /** Counts a try from the moment it begins, so that tries side by side gain nothing. */
  begin(email: string, address: string, note: string | undefined): Guess {
    const isKnown = note !== undefined && this.knows(note, email);
    const counts: readonly (readonly [RateLimit, string])[] = isKnown
      ? [[this.#browsers, note]]
      : [
          [this.#accounts, email],
          [this.#addresses, address],
        ];
    const allowed = counts.map(([limit, key]) => limit.begin(key));
    return {
      isAllowed: !allowed.includes(false),
      takeBack: () => {
        for (const [limit, key] of counts) limit.takeBack(key);
      },
    };
  }

  /** What a browser keeps to show that it has signed in to this account. @param id another one each time */
  note(email: string, id: string): string {
    return `${id}~${this.#key.sign("browser", email, id)}`;
  }

  /** Whether head office gave this note to a browser for this account. */
  knows(note: string, email: string): boolean {
    const [id = "", signature = ""] = note.split("~");
    const [offered, expected] = [
      Buffer.from(signature),
      Buffer.from(this.#key.sign("browser", email, id)),
    ];
    return offered.length === expected.length && timingSafeEqual(offered, expected);
  }
}
