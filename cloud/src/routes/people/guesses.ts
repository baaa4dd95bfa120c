import { timingSafeEqual } from "node:crypto";
import type { Clock } from "@gatehouse/shared/ports/clock";
import { minutes } from "@gatehouse/shared/time";
import type { OfficeKey } from "../../domain/people/office-key.ts";
import type { Database } from "../../store/database.ts";
import { type Counted, countTry, takeTryBack } from "../../store/people/sign-in-tries.ts";

const within = minutes(15);
/** From a browser that has signed in to this account before. */
const perBrowser = 10;
/** From all browsers together that never have. */
const perAccount = 20;
/** From one address, from which a whole office may sign in. */
const perAddress = 60;

/** After so long the limits are forgotten, in seconds: for `Retry-After`. */
export const guessesForgottenS = within / 1000;

export interface GuessPorts {
  readonly database: Database;
  readonly clock: Clock;
  readonly key: OfficeKey;
}

/** One try to sign in. */
export interface Guess {
  readonly isAllowed: boolean;
  /** It was right: it is not counted. */
  takeBack(): Promise<void>;
}

/**
 * Slows guessing down without letting anybody lock somebody else out: a browser that has signed in to an account
 * before keeps a note that proves it, and is counted alone; strangers to the account are counted together, and by
 * their address (OWASP, "Slow Down Online Guessing Attacks with Device Cookies"). All processes count together.
 */
export class Guesses {
  readonly #ports: GuessPorts;
  readonly #door: string;

  /** @param door where it is guessed: what is tried at one door counts at no other */
  constructor(ports: GuessPorts, door: "sign-in" | "own-account") {
    this.#ports = ports;
    this.#door = door;
  }

  /** Counts a try from the moment it begins, so that tries side by side gain nothing. */
  async begin(email: string, address: string, note: string | undefined): Promise<Guess> {
    const { database, clock } = this.#ports;
    const isKnown = note !== undefined && this.knows(note, email);
    const counts = isKnown
      ? [this.#counted("browser", note, perBrowser)]
      : [
          this.#counted("account", email, perAccount),
          this.#counted("address", address, perAddress),
        ];
    return {
      isAllowed: await countTry(database, counts, { now: clock.now(), within }),
      takeBack: () => takeTryBack(database, counts),
    };
  }

  /** Signed, so that nobody reads from the table whose account was tried. */
  #counted(kind: string, whose: string, max: number): Counted {
    return { counted: this.#ports.key.sign("tries", this.#door, kind, whose), max };
  }

  /** What a browser keeps to show that it has signed in to this account. @param id another one each time */
  note(email: string, id: string): string {
    return `${id}~${this.#ports.key.sign("browser", email, id)}`;
  }

  /** Whether head office gave this note to a browser for this account. */
  knows(note: string, email: string): boolean {
    const [id = "", signature = ""] = note.split("~");
    const [offered, expected] = [
      Buffer.from(signature),
      Buffer.from(this.#ports.key.sign("browser", email, id)),
    ];
    return offered.length === expected.length && timingSafeEqual(offered, expected);
  }
}
