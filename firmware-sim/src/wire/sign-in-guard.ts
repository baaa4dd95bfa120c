import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";

export interface SignInGuardOptions {
  /** Missing: nobody has to sign in. */
  readonly account?: { readonly user: string; readonly password: string };
  readonly scheme?: "digest" | "basic";
  /** Requests that one nonce serves; then it is stale. */
  readonly usesOfNonce?: number;
}

/** After so many wrong sign-ins in a row a camera locks the account until it is restarted. */
const refusalsMax = 5;
const realm = "IP Camera";

/** The sign-in of a camera's HTTP server (RFC 7616 with MD5 and `auth`, or Basic), with the account lock that cameras have. */
export class SignInGuard {
  /** Requests that signed in wrongly, and those that came while the account was locked. */
  readonly counters = { refused: 0, while_locked: 0 };
  /** `nc` of the requests let in, in order. */
  readonly admittedCounts: string[] = [];
  readonly #options: SignInGuardOptions;
  #nonce = 0;
  #uses = 0;
  #wrongInARow = 0;

  constructor(options: SignInGuardOptions) {
    this.#options = options;
  }

  get isLocked(): boolean {
    return this.#wrongInARow >= refusalsMax;
  }

  /** Every nonce given so far is stale: as after a restart, which unlocks the account as well. */
  restart(): void {
    this.#nonce += 1;
    this.#uses = 0;
    this.#wrongInARow = 0;
  }

  /** @returns the `WWW-Authenticate` to answer 401 with; undefined lets the request in */
  challengeFor({ method = "", url = "", headers }: IncomingMessage): string | undefined {
    const { account, scheme = "digest", usesOfNonce = Number.POSITIVE_INFINITY } = this.#options;
    if (account === undefined) return undefined;
    const header = headers.authorization ?? "";
    if (this.isLocked) {
      this.counters.while_locked += 1;
      return this.#challenge(false);
    }
    if (scheme === "basic") {
      const right = `Basic ${Buffer.from(`${account.user}:${account.password}`).toString("base64")}`;
      return header === right ? this.#admit("") : this.#refuse(header !== "", false);
    }
    const field = (key: string): string =>
      new RegExp(`\\b${key}="?([^",]*)`).exec(header)?.[1] ?? "";
    const [nonce, count, target] = [field("nonce"), field("nc"), field("uri")];
    const secret = md5(`${account.user}:${realm}:${account.password}`);
    const asked = md5(`${method}:${url}`);
    const answer = md5([secret, nonce, count, field("cnonce"), "auth", asked].join(":"));
    const isRight = answer === field("response") && target === url;
    if (!isRight) return this.#refuse(header !== "", false);
    const isFresh = nonce === this.#name && this.#uses < usesOfNonce;
    if (!isFresh || Number.parseInt(count, 16) !== this.#uses + 1) return this.#refuse(false, true);
    return this.#admit(count);
  }

  #admit(count: string): undefined {
    this.#uses += 1;
    this.#wrongInARow = 0;
    this.admittedCounts.push(count);
    return undefined;
  }

  /** @param isWrong whether somebody signed in with something that is not ours */
  #refuse(isWrong: boolean, isStale: boolean): string {
    if (isWrong) {
      this.counters.refused += 1;
      this.#wrongInARow += 1;
    }
    return this.#challenge(isStale);
  }

  #challenge(isStale: boolean): string {
    if (this.#options.scheme === "basic") return `Basic realm="${realm}"`;
    this.#nonce += 1;
    this.#uses = 0;
    const stale = isStale ? ", stale=TRUE" : "";
    return `Digest qop="auth", realm="${realm}", nonce="${this.#name}"${stale}`;
  }

  get #name(): string {
    return `nonce-${this.#nonce}`;
  }
}

const md5 = (text: string): string => createHash("md5").update(text).digest("hex");
