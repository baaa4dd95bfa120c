import { sha256 } from "./secret.ts";

/** A facility and the token that opens it. */
export interface Enrolment {
  readonly facilityId: string;
  /** Its secret; only the SHA-256 is kept. */
  readonly token: string;
}

/** Crockford's base 32: no letter that is taken for a digit. */
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/** 80 bits: nobody guesses it in a day, and a person can still type it. */
const signs = 16;
const group = 4;

/**
 * A new code for a facility, as it is read out: `north-7KQ4-M2XP-9TRC-0ZB8`.
 *
 * @param secret at least 16 bytes that nobody can guess
 */
export function newCode(facilityId: string, secret: Uint8Array): string {
  const letters = [...secret.subarray(0, signs)].map((byte) =>
    alphabet.charAt(byte % alphabet.length),
  );
  const groups = Array.from({ length: signs / group }, (_, index) =>
    letters.slice(index * group, (index + 1) * group).join(""),
  );
  return [facilityId, ...groups].join("-");
}

/**
 * Whose code it is, and the SHA-256 under which it is kept. Small letters, spaces and the letters that look like digits
 * are forgiven.
 *
 * @returns undefined when it is no code at all
 */
export function readCode(
  text: string,
): { readonly facilityId: string; readonly codeSha256: string } | undefined {
  const found = /^(.+?)-([0-9A-Za-z]{4}(?:[- ]?[0-9A-Za-z]{4}){3})$/.exec(text.trim());
  const [, facilityId = "", code = ""] = found ?? [];
  if (found === null) return undefined;
  const plain = code.toUpperCase().replaceAll(/[- ]/g, "");
  const meant = plain.replaceAll("O", "0").replaceAll(/[IL]/g, "1");
  return { facilityId, codeSha256: sha256(`${facilityId} ${meant}`) };
}
