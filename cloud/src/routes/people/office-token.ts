import type { Clock } from "@gatehouse/shared/ports/clock";
import { refuse } from "@gatehouse/shared/refusal";
import { minutes } from "@gatehouse/shared/time";
import { isOneOf, sha256 } from "../../domain/secret.ts";
import type { Database } from "../../store/database.ts";
import { hasAdmin } from "../../store/people/admins.ts";
import { problems } from "../problems.ts";
import { RateLimit } from "../rate-limit.ts";

/** So many wrong tokens within `triesWithin` from one address, then it waits: that slows guessing down. */
const triesMax = 10;
const triesWithin = minutes(1);

/**
 * Head office's first token. It may everything until the first admin can sign in; after that it opens nothing, unless
 * head office is told to keep it.
 */
export class OfficeToken {
  readonly text: string;
  readonly #database: Database;
  readonly #stays: boolean;
  readonly #sha256: string;
  readonly #guesses: RateLimit;

  /** @param settings `stays`: it is kept, also when there is an admin */
  constructor(
    database: Database,
    clock: Clock,
    settings: { readonly text: string; readonly stays: boolean },
  ) {
    this.text = settings.text;
    this.#database = database;
    this.#stays = settings.stays;
    this.#sha256 = sha256(settings.text);
    this.#guesses = new RateLimit(clock, triesMax, triesWithin);
  }

  /** Whether it opens nothing any more. */
  async isRetired(): Promise<boolean> {
    return !this.#stays && (await hasAdmin(this.#database));
  }

  /** @returns undefined when the token is right and still opens */
  async refusalOf(address: string, token: string): Promise<Response | undefined> {
    if (!this.mayGuess(address)) return this.tooMany();
    if (!isOneOf(token, [this.#sha256])) {
      this.countGuess(address);
      return refuse(problems.wrongToken);
    }
    return (await this.isRetired()) ? refuse(problems.tokenRetired) : undefined;
  }

  /** Tokens of every kind are guessed from one budget for each address; only wrong ones count. */
  mayGuess(address: string): boolean {
    return this.#guesses.allows(address);
  }

  countGuess(address: string): void {
    this.#guesses.begin(address);
  }

  tooMany(): Response {
    return refuse(problems.tooManyTries, { "retry-after": String(triesWithin / 1000) });
  }
}
