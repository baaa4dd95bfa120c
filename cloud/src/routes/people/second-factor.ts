import { refuse } from "@gatehouse/shared/refusal";
import type { UserId } from "../../domain/people/person.ts";
import type { OfficeKey } from "../../domain/people/office-key.ts";
import { base32, stepOfCode } from "../../domain/people/totp.ts";
import type { Database } from "../../store/database.ts";
import type { Asking } from "../../store/people/audited.ts";
import { useRecoveryCode, useTotpStep } from "../../store/people/credentials.ts";
import type { User } from "../../store/people/user-rows.ts";
import { problems } from "../problems.ts";

const recoveryCodesMade = 10;
/** Five bits each: 60 bits a code. */
const recoveryLetters = 12;

/** Codes of an authenticator app, and the recovery codes for whoever has lost it. */
export class SecondFactor {
  readonly #database: Database;
  readonly #key: OfficeKey;

  constructor({ database, key }: { readonly database: Database; readonly key: OfficeKey }) {
    this.#database = database;
    this.#key = key;
  }

  /** @returns undefined when no code is needed, or it was right and is used up now */
  async refusalOf(
    user: User,
    code: string | undefined,
    asking: Asking,
  ): Promise<Response | undefined> {
    if (user.totpSince === null) return undefined;
    if (code === undefined || code === "") return refuse(problems.codeNeeded);
    const typed = code.replaceAll(/[\s-]/g, "").toUpperCase();
    if (typed.length === recoveryLetters) {
      const hash = this.#recoveryHash(user, typed);
      const isRight = await useRecoveryCode(this.#database, idOf(user), hash, asking);
      return isRight ? undefined : refuse(problems.wrongCode);
    }
    const step = this.stepOf(user, typed, asking);
    if (step === "unreadable") return refuse(problems.totpUnreadable);
    const isRight = step !== undefined && (await useTotpStep(this.#database, idOf(user), step));
    return isRight ? undefined : refuse(problems.wrongCode);
  }

  /** The step that a code belongs to; undefined when it is wrong or was used. */
  stepOf(
    user: User,
    code: string,
    { now }: Pick<Asking, "now">,
  ): number | undefined | "unreadable" {
    const secret = this.#key.open(user.totpSealed ?? "", sealName(user));
    if (secret === undefined) return "unreadable";
    return stepOfCode(secret, code, now, user.totpStep);
  }

  /** Seals a secret for its owner. */
  seal(user: UserId, secret: Uint8Array, nonce: Uint8Array): string {
    return this.#key.seal(secret, sealName(user), nonce);
  }

  /** The same codes for the same request, so that a lost answer can be asked for again; only their hashes are kept. */
  recoveryCodes(user: UserId, requestId: string): { shown: string[]; hashes: string[] } {
    const plain = Array.from({ length: recoveryCodesMade }, (_, index) => {
      const words = [user.organisationId, user.userId, requestId, String(index)];
      const bytes = Buffer.from(this.#key.sign("recovery", ...words), "base64url");
      return base32(bytes).slice(0, recoveryLetters);
    });
    return {
      shown: plain.map((code) => (code.match(/.{4}/g) ?? []).join("-").toLowerCase()),
      hashes: plain.map((code) => this.#recoveryHash(user, code)),
    };
  }

  #recoveryHash({ organisationId, userId }: UserId, code: string): string {
    return this.#key.sign("recovery-code", organisationId, userId, code);
  }
}

const sealName = ({ organisationId, userId }: UserId): string => `totp ${organisationId}/${userId}`;
const idOf = ({ organisationId, userId }: User): UserId => ({ organisationId, userId });
