/** Between the 8 characters of NIST SP 800-63B-4 (3.1.1.2) beside a second factor and its 15 for a password alone. */
const charactersLeast = 12;
/** `aaaaaaaaaaaa` and `121212121212` are the first guesses. */
const differentLeast = 5;

/** Why a password cannot be taken; undefined when it can. No rule asks for digits or signs: length is what counts. */
export type PasswordFault = "too-short" | "too-simple" | "names-you";

/** @param about what everybody knows of its owner: the e-mail address and the names */
export function passwordFault(
  password: string,
  about: readonly string[],
): PasswordFault | undefined {
  const text = samePassword(password);
  if (Array.from(text).length < charactersLeast) return "too-short";
  if (new Set(text.toLowerCase()).size < differentLeast) return "too-simple";
  const words = about.flatMap((each) => each.toLowerCase().split(/[@.\s]+/)).filter(isTelling);
  const rest = words.reduce((left, word) => left.replaceAll(word, ""), text.toLowerCase());
  return rest.length < charactersLeast / 2 ? "names-you" : undefined;
}

const isTelling = (word: string): boolean => word.length >= 3;

/** The same password typed on another keyboard is the same (NIST SP 800-63B-4, 3.1.1.2: NFKC). */
export const samePassword = (password: string): string => password.normalize("NFKC");
